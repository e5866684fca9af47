"""A partner on one page, as a PDF that is whole, tagged and says no more than the page."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlmodel import Session

from models import Account, Profile, Publication
from tests.factories import Factory
from tests.services.meeting_example import MeetingExample, meeting_example
from web import sheet_pdf
from web.partner_sheets import shortened

SignIn = Callable[[Account], FlaskClient]
KOREAN = "저희는 강유전체 하프늄 산화막을 성장시키고 시냅스 트랜지스터를 만듭니다. 꿰뚫는 뷁"


@pytest.fixture
def example(make: Factory) -> MeetingExample:
    return meeting_example(make)


@pytest.fixture
def kim(session: Session, example: MeetingExample) -> Profile:
    person = example.person(
        "KR",
        name="Kim Na-rae",
        name_native="김나래",
        organisation_name="한국과학기술원",
        research=KOREAN,
        offers=["a clean room", "측정 장비"],
        needs=["Šťastná's chip <b>"],
        phone="+82 10 1234",
    )
    for title, key in (("An ordinary paper", False), ("뉴로모픽 소자", True)):
        session.add(Publication(profile_id=person.id, title=title, year=2025, key_work=key))
    session.commit()
    return person


def read(client: FlaskClient, profile_id: int) -> tuple[PdfReader, str]:
    answer = client.get(f"/people/{profile_id}/sheet.pdf")
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert "attachment" in answer.headers["Content-Disposition"]
    pdf = PdfReader(io.BytesIO(answer.data))
    text = " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)
    return pdf, text


def me(session: Session, example: MeetingExample, sign_in: SignIn) -> tuple[Profile, FlaskClient]:
    reader = example.person("DE")
    return reader, sign_in(session.get_one(Account, reader.account_id))


def test_a_sheet_has_one_page_with_everything_whole_in_both_scripts(
    session: Session, example: MeetingExample, kim: Profile, sign_in: SignIn
) -> None:
    pdf, text = read(me(session, example, sign_in)[1], kim.id)

    assert len(pdf.pages) == 1
    for part in (
        "Kim Na-rae",
        "김나래",
        "한국과학기술원",
        KOREAN,
        "측정 장비",
        "뉴로모픽 소자 (2025)",
    ):
        assert part in text
    assert "Šťastná's chip <b>" in text
    assert "An ordinary paper" not in text


def test_a_sheet_is_tagged_and_tells_its_title_and_language(
    session: Session, example: MeetingExample, kim: Profile, sign_in: SignIn
) -> None:
    pdf, _text = read(me(session, example, sign_in)[1], kim.id)

    root: Any = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert "/StructTreeRoot" in root
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata is not None
    assert str(pdf.metadata.title).startswith("Kim Na-rae")
    fonts: Any = pdf.pages[0]["/Resources"]
    names = {str(font.get_object()["/BaseFont"]) for font in fonts["/Font"].values()}
    assert all("source-sans-3" in name or "noto-sans-kr" in name for name in names)


def test_contact_stands_on_it_only_when_both_are_interested(
    session: Session, example: MeetingExample, kim: Profile, sign_in: SignIn
) -> None:
    reader, client = me(session, example, sign_in)
    assert kim.email not in read(client, kim.id)[1]

    example.interest(reader, kim)

    text = read(client, kim.id)[1]
    assert kim.email in text
    assert "+82 10 1234" in text


def test_ones_own_sheet_has_ones_own_contact(
    session: Session, kim: Profile, sign_in: SignIn
) -> None:
    assert kim.email in read(sign_in(session.get_one(Account, kim.account_id)), kim.id)[1]


def test_who_may_not_be_seen_has_no_sheet(
    session: Session, example: MeetingExample, kim: Profile, sign_in: SignIn
) -> None:
    kim.visibility = "nobody"
    session.commit()
    assert me(session, example, sign_in)[1].get(f"/people/{kim.id}/sheet.pdf").status_code == 404


def test_a_very_long_profile_still_has_one_page(
    session: Session, example: MeetingExample, sign_in: SignIn
) -> None:
    long = example.person("KR", research=KOREAN * 300, offers=["clean room " * 40] * 20)
    pdf, _text = read(me(session, example, sign_in)[1], long.id)
    assert len(pdf.pages) == 1


def test_without_the_systems_library_the_page_says_what_to_install(
    session: Session,
    example: MeetingExample,
    kim: Profile,
    sign_in: SignIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing(*_given: object) -> bytes:
        raise sheet_pdf.PdfToolMissing

    monkeypatch.setattr("web.partner_sheets.one_page_pdf", missing)
    answer = me(session, example, sign_in)[1].get(f"/people/{kim.id}/sheet.pdf")
    assert answer.status_code == 503
    assert "libpango-1.0-0" in answer.text


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("One. Two.", "One. Two."),
        ("One sentence. Another one that goes on", "One sentence."),
        ("a word and another word and one more", "a word and another …"),
    ],
)
def test_long_texts_end_with_a_sentence_or_a_word(text: str, short: str) -> None:
    assert shortened(text, 22) == short
