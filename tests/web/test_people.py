from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session

from models import Account, Edition, Organisation, Profile, Publication
from tests.factories import Factory
from tests.web.page_text import apart_from_tokens
from tests.word_encoder import encode_everybody

SignIn = Callable[[Account], FlaskClient]


@pytest.fixture
def edition(make: Factory) -> Edition:
    return make.edition(name_en="First forum")


@pytest.fixture
def reader(make: Factory, edition: Edition, sign_in: SignIn) -> FlaskClient:
    account = make.account()
    make.profile(
        edition,
        account_id=account.id,
        research="Our quantum photon source.",
        needs=["cold chip"],
        offers=["laser"],
    )
    return sign_in(account)


@pytest.fixture
def kim(session: Session, make: Factory, edition: Edition) -> Profile:
    make.field("quantum", name_en="Quantum technologies")
    snu = Organisation(name="Seoul National University", country="KR")
    session.add(snu)
    session.flush()
    profile = make.profile(
        edition,
        country="KR",
        name="Kim Na-rae",
        name_native="김나래",
        organisation_id=snu.id,
        career_stage="postdoc",
        fields=["quantum"],
        topics=["spin"],
        languages=["Korean"],
        research="양자 광자 <b>칩</b>. Quantum photon detectors.",
        offers=["cold chip"],
        needs=["laser"],
        email="secret@snu.example",
        phone="+82 10 1234",
    )
    session.add(Publication(profile_id=profile.id, title="A paper", year=2025, doi="10.1/a#b"))
    session.commit()
    encode_everybody(session)
    return profile


def test_a_page_shows_what_its_owner_says_and_never_how_to_reach_them(
    reader: FlaskClient, kim: Profile
) -> None:
    page = reader.get(f"/people/{kim.id}").text
    for text in (
        "Kim Na-rae",
        "김나래",
        "Seoul National University, South Korea",
        "Postdoctoral researcher",
        "Quantum technologies",
        "spin",
        "Korean",
        "A paper",
        "(2025)",
        "https://doi.org/10.1/a%23b",
    ):
        assert text in page, text
    assert "secret@snu.example" not in page
    assert "+82 10 1234" not in page
    assert "<b>칩</b>" not in page


def test_evidence_stands_side_by_side_with_the_shared_words_marked(
    reader: FlaskClient, kim: Profile
) -> None:
    page = reader.get(f"/people/{kim.id}").text
    assert "Your work is close to theirs" in page
    assert "They may have what you need" in page
    assert "You may have what they need" in page
    assert "Kim Na-rae offers" in page
    assert "<mark>quantum</mark> <mark>photon</mark>" in page
    assert 'lang="ko"' in page
    assert " fit</span>" in page


def test_somebody_on_the_same_side_is_shown_without_a_fit(
    session: Session, reader: FlaskClient, make: Factory, edition: Edition
) -> None:
    other = make.profile(edition, country="FR", name="Amélie", research="quantum")
    encode_everybody(session)
    page = reader.get(f"/people/{other.id}").text
    assert "Amélie" in page
    assert "Why you fit" not in page


def test_a_text_that_was_not_read_yet_is_shown_without_a_fit(
    reader: FlaskClient, make: Factory, edition: Edition
) -> None:
    other = make.profile(edition, country="KR", name="New", research="quantum")
    page = reader.get(f"/people/{other.id}").text
    assert "quantum" in page
    assert "Why you fit" not in page


@pytest.mark.parametrize(
    "given", [{"visibility": "nobody"}, {"published_at": None}, {"confirmed_at": None}]
)
def test_who_may_not_be_seen_and_who_is_not_there_look_alike(
    reader: FlaskClient, make: Factory, edition: Edition, given: dict[str, None]
) -> None:
    hidden = make.profile(edition, country="KR", name="Hidden", **given)
    one, other = reader.get(f"/people/{hidden.id}"), reader.get("/people/99999")
    assert one.status_code == other.status_code == 404
    # The pages name their own address, for the forms that lead back to them, and nothing else.
    first, second = apart_from_tokens(one.text), apart_from_tokens(other.text)
    assert first.replace(f"/people/{hidden.id}", "") == second.replace("/people/99999", "")


def test_an_organiser_reads_an_imported_page_and_is_told_what_it_is(
    make: Factory, edition: Edition, sign_in: SignIn
) -> None:
    imported = make.profile(edition, name="Imported", confirmed_at=None, published_at=None)
    page = sign_in(make.account("organiser")).get(f"/people/{imported.id}").text
    assert "Imported" in page
    assert "has not confirmed" in page


def test_ones_own_page_says_that_it_is_ones_own(
    session: Session, make: Factory, sign_in: SignIn
) -> None:
    account = make.account()
    mine = make.profile(account_id=account.id, published_at=None, research="quantum")
    page = sign_in(account).get(f"/people/{mine.id}").text
    assert "This is your profile as others read it" in page


def test_pages_of_people_are_for_people_who_signed_in(client: FlaskClient, kim: Profile) -> None:
    assert client.get(f"/people/{kim.id}").status_code == 302


def test_the_edition_of_both_is_the_one_in_the_address_or_the_latest(
    session: Session, make: Factory, edition: Edition, sign_in: SignIn
) -> None:
    account = make.account()
    me = make.profile(edition, account_id=account.id, research="quantum")
    kim = make.profile(edition, country="KR", research="quantum")
    later = make.edition(starts_at=edition.ends_at)
    for one in (me, kim):
        make.participation(later, one)
    encode_everybody(session)
    client = sign_in(account)
    assert f"edition={later.slug}" in client.get(f"/people/{kim.id}").text
    address = f"/people/{kim.id}?edition={edition.slug}"
    assert f"edition={edition.slug}" in client.get(address).text
