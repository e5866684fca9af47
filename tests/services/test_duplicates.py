"""Finding who is in twice, telling two people apart, and making two records one."""

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import (
    AuditEntry,
    Duplicate,
    Edition,
    Exclusion,
    Mail,
    MergedKey,
    Pairing,
    Participation,
    Passage,
    Profile,
    Round,
    WaitingPlace,
)
from models.database import make_sessions
from services.duplicates import decline, find_proposal, proposals
from services.duplicates_search import look_for_duplicates
from services.errors import NotFound
from services.mail import Letter, Written
from services.profiles_merging import Merge, merge
from services.profiles_merging_rules import BothHaveAccounts, OnOtherSides, TakesPartElsewhere
from tests.conftest import NOW
from tests.factories import Factory
from tests.people_rows import counts, take


def write(letter: Letter) -> Written:
    return Written(letter.kind, "")


@pytest.fixture
def edition(make: Factory) -> Edition:
    return make.edition(slug="forum")


def record(make: Factory, edition: Edition | None, **given: object) -> Profile:
    values: dict[str, object] = {"source": "forum", "country": "KR", "email": "kim@example.org"}
    return make.profile(edition, **{**values, "confirmed_at": None, **given})


def pair(make: Factory, edition: Edition) -> tuple[Profile, Profile]:
    return record(make, edition), record(make, edition)


def look(engine: Engine) -> int:
    return look_for_duplicates(make_sessions(engine), NOW)


def test_the_worker_looks_again_only_when_people_changed(
    session: Session, engine: Engine, make: Factory, edition: Edition
) -> None:
    one, other = pair(make, edition)

    assert [look(engine), look(engine)] == [1, 0]
    found, total = proposals(session, edition.id)
    assert (total, found[0].row.reason) == (1, "mail")
    session.commit()

    record(make, edition, email="")
    assert look(engine) == 1
    assert {found[0].one.id, found[0].other.id} == {one.id, other.id}


def test_what_is_mended_is_no_longer_proposed(
    session: Session, engine: Engine, make: Factory, edition: Edition
) -> None:
    _one, other = pair(make, edition)
    look(engine)
    other.email, other.updated_at = "lee@example.org", NOW.replace(year=2027)
    session.commit()

    look(engine)

    assert proposals(session, edition.id) == ([], 0)


def test_two_people_are_not_proposed_again_in_no_edition(
    session: Session, engine: Engine, make: Factory, edition: Edition
) -> None:
    one, other = pair(make, edition)
    look(engine)
    proposal = proposals(session, edition.id)[0][0]
    decline(session, proposal, NOW, actor_id=None)
    later = make.edition()
    for person in (one, other):
        make.participation(later, person)

    look(engine)

    assert proposals(session, edition.id)[1] == proposals(session, later.id)[1] == 0
    assert session.exec(select(AuditEntry.act)).all() == ["told-apart"]
    with pytest.raises(NotFound):
        find_proposal(session, edition.id, proposal.row.id)


def join(session: Session, edition: Edition, kept: Profile, gone: Profile) -> Profile:
    return merge(session, Merge(edition.id, kept, gone), write, NOW)


def test_the_kept_one_stays_as_it_is_and_its_gaps_are_filled(
    session: Session, make: Factory, edition: Edition
) -> None:
    kept = record(make, edition, name="Kim", edited_fields=["phone", "topics"])
    gone = record(
        make, edition, name="Kim S.", research="Memory.", topics=["spin"], publications=["One"]
    )

    merged = join(session, edition, kept, gone)

    assert (merged.id, merged.name, merged.research, merged.topics) == (
        kept.id,
        "Kim",
        "Memory.",
        [],
    )
    assert session.exec(select(Profile.id)).all() == [kept.id]
    assert {p.profile_id for p in session.exec(select(Passage))} == {kept.id}


def test_the_account_stays_whichever_was_pressed_and_keeps_its_own_address(
    session: Session, make: Factory, edition: Edition
) -> None:
    mine = make.profile(edition, account_id=make.account().id, country="KR", email="")
    imported = record(make, edition, gender="f")

    merged = join(session, edition, imported, mine)

    assert (merged.id, merged.email, merged.gender) == (mine.id, "", None)


def test_everything_that_hangs_on_the_other_is_moved(
    session: Session, make: Factory, edition: Edition
) -> None:
    elsewhere = make.edition()
    kept, gone = record(make, edition), record(make, elsewhere)
    partner, enemy = make.profile(edition), make.profile(edition)
    make.exclusion(gone, enemy)
    make.exclusion(enemy, gone)
    make.exclusion(gone, kept)
    run = Round(edition_id=elsewhere.id, number=1, created_at=NOW)
    session.add(run)
    session.flush()
    session.add(
        Pairing(round_id=run.id, left_id=partner.id, right_id=gone.id, score=1, grade="good")
    )
    session.add(WaitingPlace(edition_id=make.edition().id, profile_id=gone.id, since=NOW))
    session.commit()

    join(session, edition, kept, gone)

    assert session.exec(select(Pairing.right_id)).one() == kept.id
    assert session.exec(select(WaitingPlace.profile_id)).one() == kept.id
    places = session.exec(
        select(Participation.edition_id).where(Participation.profile_id == kept.id)
    ).all()
    assert set(places) == {edition.id, elsewhere.id}
    hidden = {(row.profile_id, row.other_id) for row in session.exec(select(Exclusion))}
    assert hidden == {(kept.id, enemy.id), (enemy.id, kept.id)}


def test_a_place_takes_what_happened_to_the_other_and_ends_the_waiting(
    session: Session, make: Factory, edition: Edition
) -> None:
    kept, gone = pair(make, edition)
    place = session.exec(select(Participation).where(Participation.profile_id == gone.id)).one()
    place.checked_in_at = place.invited_at = NOW
    third = make.edition()
    session.add(WaitingPlace(edition_id=third.id, profile_id=kept.id, since=NOW))
    session.add(Participation(edition_id=third.id, profile_id=gone.id, joined_at=NOW))
    session.commit()

    join(session, edition, kept, gone)

    here = session.exec(select(Participation).where(Participation.edition_id == edition.id)).one()
    assert (here.checked_in_at, here.invited_at) == (NOW, NOW)
    assert session.exec(select(WaitingPlace)).all() == []


def test_a_later_file_with_both_ids_adds_nobody_again(
    session: Session, make: Factory, edition: Edition
) -> None:
    rows = [{"id": key, "name": "Kim", "country": "KR"} for key in ("a", "b")]
    take(session, *rows, source="forum", edition=edition)
    one, other = session.exec(select(Profile).order_by(Profile.source_key)).all()

    join(session, edition, one, other)
    session.commit()

    assert counts(take(session, *rows, source="forum", edition=edition)) == (0, 0, 2)
    assert session.exec(select(MergedKey.source_key)).one() == "b"


def test_an_account_takes_over_the_senders_key(
    session: Session, make: Factory, edition: Edition
) -> None:
    take(session, {"id": "a", "name": "Kim", "country": "KR"}, source="forum", edition=edition)
    imported = session.exec(select(Profile)).one()
    mine = make.profile(edition, account_id=make.account().id, country="KR", name="Kim")

    merged = join(session, edition, mine, imported)

    assert (merged.source, merged.source_key) == ("forum", "a")


def test_what_cannot_be_merged_says_why_and_changes_nothing(
    session: Session, make: Factory, edition: Edition
) -> None:
    accounts = [make.profile(edition, account_id=make.account().id) for _ in range(2)]
    with pytest.raises(BothHaveAccounts):
        join(session, edition, *accounts)
    with pytest.raises(OnOtherSides):
        join(session, edition, record(make, edition), record(make, edition, country="DE"))
    kept, gone = record(make, edition), record(make, make.edition())
    wish = Merge(edition.id, kept, gone)
    with pytest.raises(TakesPartElsewhere):
        merge(session, wish, write, NOW, lambda one: one == edition.id)
    assert len(session.exec(select(Profile)).all()) == 6
    assert session.exec(select(AuditEntry)).all() == []
    assert session.exec(select(Mail)).all() == []
    assert session.exec(select(Duplicate)).all() == []
