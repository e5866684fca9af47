"""An imported profile is shown to its person only, and becomes theirs only if they say so."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from models import (
    Account,
    Exclusion,
    Pairing,
    Participation,
    Profile,
    ProfileVectorState,
    Round,
)
from services.errors import NotFound
from services.profile_content import contents
from services.profiles_claims import claimable, discard, take_over
from tests.conftest import NOW
from tests.factories import Factory

LATER = NOW + timedelta(hours=1)


def imported(make: Factory, **given: Any) -> Profile:
    values: dict[str, Any] = {
        "email": "kim@example.org",
        "source": "list",
        "confirmed_at": None,
        "published_at": None,
        "visibility": "organisers",
    }
    return make.profile(**values | given)


@pytest.fixture
def kim(make: Factory) -> Account:
    return make.account(email="kim@example.org")


def test_only_the_owner_of_the_confirmed_address_is_shown_it(
    session: Session, make: Factory, kim: Account
) -> None:
    found = imported(make)
    imported(make, email="lee@example.org")
    imported(make, confirmed_at=NOW)

    assert list(claimable(session, kim)) == [found]
    assert claimable(session, make.account(email="park@example.org")) == []


def test_an_address_that_is_not_confirmed_shows_nothing(session: Session, make: Factory) -> None:
    imported(make)

    assert claimable(session, make.account(email="kim@example.org", confirmed_at=None)) == []


def test_taking_over_makes_it_ones_own_and_still_shows_it_to_nobody(
    session: Session, make: Factory, kim: Account
) -> None:
    found = imported(make)

    assert take_over(session, kim, found.id, LATER) is found
    assert (found.account_id, found.confirmed_at) == (kim.id, LATER)
    assert (found.published_at, found.visibility) == (None, "participants")
    assert found.edited_fields == []


@pytest.mark.parametrize("has_own", [False, True])
def test_a_gender_from_an_organisers_file_is_not_taken_over(
    session: Session, make: Factory, kim: Account, has_own: bool
) -> None:
    found = imported(make, gender="female")
    if has_own:
        make.profile(account_id=kim.id)

    assert take_over(session, kim, found.id, LATER).gender is None


def test_nobody_takes_what_is_not_theirs(session: Session, make: Factory, kim: Account) -> None:
    other = imported(make, email="lee@example.org")

    with pytest.raises(NotFound):
        take_over(session, kim, other.id, NOW)
    with pytest.raises(NotFound):
        discard(session, kim, other.id)


def test_discarding_deletes_the_profile_and_tells_the_index(
    session: Session, make: Factory, kim: Account
) -> None:
    found = imported(make, edition=make.edition())
    gone = found.id

    discard(session, kim, gone)

    assert session.exec(select(Profile)).all() == []
    assert session.exec(select(Participation)).all() == []
    assert session.get_one(ProfileVectorState, gone).gone


def test_beside_an_own_profile_what_both_say_is_replaced_and_the_rest_kept(
    session: Session, make: Factory, kim: Account
) -> None:
    own = make.profile(account_id=kim.id, research="Mine.", career_stage="postdoc", offers=["x"])
    found = imported(make, research="Theirs.", needs=["y"], source_key="k1")

    assert take_over(session, kim, found.id, LATER) is own

    said = contents(session, [own])[own.id]
    assert (said["research"], said["career_stage"]) == ("Theirs.", "postdoc")
    assert (said["offers"], said["needs"]) == (("x",), ("y",))
    assert (own.source, own.source_key) == ("list", "k1")
    assert own.published_at == NOW
    assert session.exec(select(Profile)).all() == [own]


def test_places_pairs_and_exclusions_come_along_once(
    session: Session, make: Factory, kim: Account
) -> None:
    edition, both = make.edition(), make.edition()
    own = make.profile(both, account_id=kim.id, country="KR")
    found, ana, bo = imported(make, country="KR"), make.profile(), make.profile()
    make.participation(edition, found)
    make.participation(both, found)
    rows = [Exclusion(profile_id=found.id, other_key="z", created_at=NOW)]
    rows += [
        Exclusion(profile_id=one, other_id=ana.id, created_at=NOW) for one in (own.id, found.id)
    ]
    rows += [Exclusion(profile_id=bo.id, other_id=found.id, created_at=NOW)]
    rows += [Exclusion(profile_id=own.id, other_id=found.id, created_at=NOW)]
    run = Round(edition_id=both.id, number=1, created_at=NOW)
    session.add_all([*rows, run])
    session.flush()
    for left, right in ((ana, own), (ana, found), (bo, found)):
        values: dict[str, Any] = {"left_id": left.id, "right_id": right.id, "round_id": run.id}
        session.add(Pairing(score=0.5, grade="good", **values))
    session.flush()

    take_over(session, kim, found.id, LATER)

    joined = session.exec(select(Participation.edition_id)).all()
    assert sorted(joined) == sorted([edition.id, both.id])
    pairs = session.exec(select(Pairing.left_id, Pairing.right_id)).all()
    assert sorted(pairs) == sorted([(ana.id, own.id), (bo.id, own.id)])
    kept = session.exec(select(Exclusion.profile_id, Exclusion.other_id, Exclusion.other_key))
    assert set(kept) == {(own.id, None, "z"), (own.id, ana.id, None), (bo.id, own.id, None)}
