"""A round from its input to its result: the best pairs, within bounds, all or nothing."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import Exclusion, Pairing, Profile, Round
from models.database import SessionMaker, make_sessions
from services.errors import ServiceError
from services.round_input import SideIsEmpty, read_input
from services.round_parameters import RoundParameters
from services.round_run import RoundCancelled, run_round
from services.rounds import cancel_round, claim, pairings_of, request_round, unmet_of
from tests.factories import Factory
from tests.services.round_example import forum, known, run


@pytest.fixture
def sessions(engine: Engine) -> SessionMaker:
    return make_sessions(engine)


def keys(session: Session, row: Round) -> set[tuple[str, str]]:
    """Name a round's pairs by the senders' ids."""
    names = {one.id: one.source_key for one in session.exec(select(Profile)).all()}
    return {(names[pair.left_id], names[pair.right_id]) for pair in pairings_of(session, row)}


def exclude(session: Session, one: Profile, other: Profile, now: datetime) -> None:
    session.add(Exclusion(profile_id=one.id, other_id=other.id, created_at=now))
    session.commit()


def test_the_pairs_have_the_largest_total_and_the_proof(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    edition, _, _ = forum(make)
    row = run(session, sessions, edition, now)
    assert row.state == "done"
    # 0.8 + 0.7 + 0.4; greedily it would be 0.9 + 0.5 + 0.3.
    assert keys(session, row) == {("eu-0", "kr-1"), ("eu-1", "kr-0"), ("eu-2", "kr-2")}
    assert row.total == pytest.approx(1.9)
    assert row.bound == pytest.approx(1.9, abs=1e-5)
    assert row.gap is not None
    assert row.gap <= 1e-6
    assert row.worst_left == pytest.approx(0.4)
    assert row.worst_right == pytest.approx(0.4)


def test_each_pair_keeps_its_score_grade_and_reasons(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    edition, _, _ = forum(make)
    best = max(pairings_of(session, run(session, sessions, edition, now)), key=lambda p: p.score)
    assert best.score == pytest.approx(0.8)
    assert (best.grade, best.reasons) == ("tenths-8", [{"code": "known"}])


def test_an_excluded_pair_is_never_made_whoever_asked(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    edition, left, right = forum(make)
    exclude(session, left[0], right[1], now)
    exclude(session, right[0], left[1], now)
    found = keys(session, run(session, sessions, edition, now))
    assert len(found) == 3
    assert not found & {("eu-0", "kr-1"), ("eu-1", "kr-0")}


def test_a_person_s_own_bounds_go_before_the_edition_s(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    edition, left, _ = forum(make)
    left[0].least_partners, left[0].most_partners = 3, 3
    session.add(left[0])
    session.commit()
    found = keys(session, run(session, sessions, edition, now, most=2))
    assert {pair for pair in found if pair[0] == "eu-0"} == {
        ("eu-0", "kr-0"),
        ("eu-0", "kr-1"),
        ("eu-0", "kr-2"),
    }


def test_only_participants_of_this_edition_are_paired(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    edition, _, _ = forum(make)
    make.profile(make.edition(), country="KR", source_key="elsewhere")
    make.profile(country="DE", source_key="nowhere")
    found = keys(session, run(session, sessions, edition, now))
    assert {name for pair in found for name in pair} == {
        f"{side}-{n}" for side in ("eu", "kr") for n in range(3)
    }


def test_imported_people_who_have_not_confirmed_are_paired_too(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    edition = make.edition()
    make.profile(edition, country="DE", confirmed_at=None, published_at=None)
    make.profile(edition, country="KR", confirmed_at=None, published_at=None)
    assert len(keys(session, run(session, sessions, edition, now))) == 1


def test_who_cannot_be_served_is_named_with_the_reason(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    edition, left, right = forum(make)
    for other in right:
        exclude(session, left[0], other, now)
    row = run(session, sessions, edition, now, least=1, most=2)
    (unmet,) = unmet_of(session, row)
    assert (unmet.profile_id, unmet.missing, unmet.why) == (left[0].id, 1, "no-allowed-partner")


def test_a_private_exclusion_is_never_proposed_for_lifting(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    edition, left, right = forum(make)
    for other in right:
        exclude(session, left[0], other, now)
    unmet = unmet_of(session, run(session, sessions, edition, now))
    assert {left[0].id} < {row.profile_id for row in unmet}
    assert all(row.change is None or row.change["lifts"] == [] for row in unmet)


def test_a_side_without_people_fails_and_says_what_to_do(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    edition = make.edition()
    make.profile(edition, country="DE")
    row = request_round(session, edition, RoundParameters(1, 1), now)
    claim(session, row.id, now)
    session.commit()
    with pytest.raises(SideIsEmpty, match="Nobody takes part for Korea"):
        run_round(sessions, row.id, lambda: now, known)
    session.refresh(row)
    assert (row.state, row.failure) == (
        "failed",
        "Nobody takes part for Korea: import people or open registration.",
    )


def test_a_round_that_is_cancelled_on_the_way_leaves_no_pairs(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    edition, _, _ = forum(make)
    row = request_round(session, edition, RoundParameters(1, 1), now)
    claim(session, row.id, now)
    cancel_round(session, row, now)
    session.commit()
    with pytest.raises(RoundCancelled):
        run_round(sessions, row.id, lambda: now, known)
    session.refresh(row)
    assert row.state == "cancelled"
    assert session.exec(select(Pairing)).all() == []


def test_an_error_of_the_program_fails_the_round_and_is_not_swallowed(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    edition, _, _ = forum(make)
    row = request_round(session, edition, RoundParameters(1, 1), now)
    claim(session, row.id, now)
    session.commit()

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run_round(sessions, row.id, lambda: now, broken)  # type: ignore[arg-type] # on purpose
    session.refresh(row)
    assert row.state == "failed"


def test_the_same_input_gives_the_same_hash_and_pairs(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    edition, _, _ = forum(make)
    first, second = (run(session, sessions, edition, now) for _ in range(2))
    assert first.input_hash == second.input_hash
    assert keys(session, first) == keys(session, second)


def test_another_exclusion_gives_another_hash(
    make: Factory, session: Session, now: datetime
) -> None:
    edition, left, right = forum(make)
    parameters = RoundParameters(1, 1)
    before = read_input(session, edition, parameters, known).hash
    exclude(session, left[0], right[0], now)
    assert read_input(session, edition, parameters, known).hash != before


def test_progress_is_written_while_the_round_runs(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    edition, _, _ = forum(make)
    row = request_round(session, edition, RoundParameters(1, 1), now)
    claim(session, row.id, now)
    session.commit()
    seconds: Iterator[int] = iter(range(10_000))
    stages = []
    run_round(
        sessions,
        row.id,
        lambda: now + timedelta(seconds=next(seconds)),
        known,
        report=lambda step: stages.append(step.stage),
    )
    session.refresh(row)
    assert row.stage in stages
    assert row.alive_at is not None
    assert row.alive_at > now
    assert row.seconds is not None
    assert row.seconds > 0


def test_every_failure_is_one_a_person_can_read() -> None:
    assert issubclass(SideIsEmpty, ServiceError)
    assert issubclass(RoundCancelled, ServiceError)
