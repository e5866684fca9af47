"""From an idea in Korean to an eligible mirrored team, by three people in two languages."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import Account, Mail, Profile
from models.database import make_sessions
from services.call_texts import every_text
from services.text_vectors import encode_texts
from tests.e2e.accessibility import violations
from tests.e2e.conftest import OpenAs
from tests.word_encoder import word_encoders

pytestmark = [pytest.mark.browser]
IDEA = (
    "저온에서 하이브리드 본딩으로 칩렛을 잇고 스파이킹 프로세서를 얹습니다. "
    "한국과 유럽의 팀이 시험 칩을 함께 설계하고 측정합니다."
)
CALL = "뉴로모픽 컴퓨팅과 이종집적: 한-EU 공동연구 (데모)"
REASON = "We need your devices beside our bonding line."


def _profile_id(session: Session, walker: str) -> int:
    query = select(Profile.id).join(Account).where(Account.email.startswith(walker))
    found = session.exec(query).one()
    session.commit()
    return found


def _begin(page: Page) -> None:
    page.goto("/consortia/")
    page.get_by_role("link", name="컨소시엄 시작하기").click()
    page.get_by_label("가제").fill("저온 칩렛")
    page.get_by_label("과제 공모", exact=True).select_option(label=CALL)
    page.get_by_label("아이디어", exact=False).first.fill(IDEA)
    page.get_by_role("main").get_by_role("button", name="컨소시엄 시작하기").click()
    expect(page.get_by_text("컨소시엄을 시작했습니다.")).to_be_visible()


def _plan(page: Page, url: str, session: Session, walker: str) -> None:
    """Write somebody into the draft by the form of the bench, whoever stands on it now."""
    button = page.locator("#people form.post button").first
    form = button.locator("xpath=..")
    form.locator("[name=who]").evaluate(
        "(field, id) => { field.value = id }", str(_profile_id(session, walker))
    )
    button.click()
    expect(page.get_by_text("초안에 올렸습니다.")).to_be_visible()


def _ask(page: Page, url: str) -> None:
    page.goto(url)
    page.locator("#team").get_by_role("link", name="초대하기").first.click()
    page.get_by_label("이 사람을 초대하는 이유").fill(REASON)
    page.get_by_role("button", name="초대 보내기").click()
    expect(page.get_by_text("초대를 보냈습니다.")).to_be_visible()


def _add_outside(page: Page, url: str, organisation: str, country: str) -> None:
    page.goto(f"{url}/members/new")
    page.get_by_label("기관", exact=False).first.fill(organisation)
    page.locator("[name=country]").select_option(country)
    page.get_by_role("button", name="저장").click()


@pytest.mark.usefixtures("forum")
def test_from_a_korean_idea_to_an_eligible_team_with_every_invitation_answered(
    open_as: OpenAs, session: Session, engine: Engine
) -> None:
    lead = open_as("coordinator", "ko")
    _begin(lead)
    url = lead.url.split("?")[0].split("#")[0]
    encode_texts(make_sessions(engine), word_encoders()[0], every_text)
    lead.reload()
    for walker in ("researcher-kr", "researcher-eu"):
        _plan(lead, url, session, walker)
        lead.goto(url)
    for _ in range(2):
        _ask(lead, url)
    # KAIST is the house of one who joins: it counts once.
    outside = (
        ("KAIST", "KR"),
        ("ETRI", "KR"),
        ("POSTECH", "KR"),
        ("CEA-Leti", "FR"),
        ("Imec", "BE"),
    )
    for organisation, country in outside:
        _add_outside(lead, url, organisation, country)

    asked = session.exec(select(Mail.body).where(Mail.event.startswith("team-invitation"))).all()
    session.commit()
    assert len(asked) == 2
    assert not any(REASON in body for body in asked)
    for walker, language, join in (
        ("researcher-kr", "ko", "참가"),
        ("researcher-eu", "en", "Join"),
    ):
        guest = open_as(walker, language)
        guest.goto("/consortia/")
        guest.locator("main a[href^='/team-invitations/']").first.click()
        expect(guest.get_by_text(REASON)).to_be_visible()
        assert violations(guest) == []
        guest.get_by_role("button", name=join).click()
        expect(guest.get_by_role("heading", name="저온 칩렛")).to_be_visible()

    lead.goto(f"{url}/work")
    for side in ("left", "right"):
        lead.locator(f"#letter-{side}-received").check()
    lead.get_by_role("button", name="참여의향서 저장").click()
    lead.goto(url)
    expect(lead.get_by_text("이 규칙에 따라 신청할 수 있습니다.")).to_be_visible()
    expect(lead.get_by_text("초대함, 답 없음")).to_have_count(0)
    assert violations(lead) == []
