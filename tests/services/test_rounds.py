"""Rounds: asked for, claimed, cancelled, picked up again."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session

from models import Round
from services.errors import NotFound
from services.round_parameters import BoundsCross, RoundParameters
from services.rounds import (
    ALIVE_EVERY,
    EditionOver,
    RoundUnderWay,
    cancel_round,
    claim,
    find_round,
    queued_rounds,
    request_round,
    rounds_of,
)
from tests.factories import Factory

PARAMETERS = RoundParameters(least=2, most=5)


def finished(session: Session, row: Round) -> Round:
    row.state = "done"
    session.commit()
    return row


def test_rounds_are_numbered_within_their_edition(
    make: Factory, session: Session, now: datetime
) -> None:
    first, other = make.edition(), make.edition()
    assert finished(session, request_round(session, first, PARAMETERS, now)).number == 1
    assert finished(session, request_round(session, first, PARAMETERS, now)).number == 2
    assert request_round(session, other, PARAMETERS, now).number == 1


def test_a_second_round_waits_for_the_first(make: Factory, session: Session, now: datetime) -> None:
    edition = make.edition()
    request_round(session, edition, PARAMETERS, now)
    with pytest.raises(RoundUnderWay, match="Round 1 is still under way") as busy:
        request_round(session, edition, PARAMETERS, now)
    assert busy.value.number == 1


def test_an_edition_pairs_people_until_its_forum_has_ended(
    make: Factory, session: Session, now: datetime
) -> None:
    edition = make.edition()
    last = edition.ends_at - timedelta(microseconds=1)
    finished(session, request_round(session, edition, PARAMETERS, last))
    with pytest.raises(EditionOver, match="clone it for the next forum"):
        request_round(session, edition, PARAMETERS, edition.ends_at)


def test_least_above_most_is_refused() -> None:
    with pytest.raises(BoundsCross, match="Least is 3 and most is 2"):
        RoundParameters(least=3, most=2)


def test_a_round_is_claimed_once(make: Factory, session: Session, now: datetime) -> None:
    row = request_round(session, make.edition(), PARAMETERS, now)
    assert claim(session, row.id, now)
    assert not claim(session, row.id, now)


def test_a_waiting_round_is_cancelled_at_once(
    make: Factory, session: Session, now: datetime
) -> None:
    row = request_round(session, make.edition(), PARAMETERS, now)
    cancel_round(session, row, now)
    assert (row.state, row.finished_at) == ("cancelled", now)
    assert not claim(session, row.id, now)


def test_a_running_round_is_asked_to_stop(make: Factory, session: Session, now: datetime) -> None:
    row = request_round(session, make.edition(), PARAMETERS, now)
    claim(session, row.id, now)
    cancel_round(session, row, now)
    assert (row.state, row.cancel_requested) == ("running", True)


def test_a_finished_round_cannot_be_cancelled(
    make: Factory, session: Session, now: datetime
) -> None:
    row = finished(session, request_round(session, make.edition(), PARAMETERS, now))
    cancel_round(session, row, now)
    assert (row.state, row.cancel_requested) == ("done", False)


def test_a_round_of_a_worker_that_died_is_queued_again(
    make: Factory, session: Session, now: datetime
) -> None:
    row = request_round(session, make.edition(), PARAMETERS, now)
    claim(session, row.id, now)
    session.commit()
    assert queued_rounds(session, now + ALIVE_EVERY) == []
    assert queued_rounds(session, now + 2 * ALIVE_EVERY + timedelta(seconds=1)) == [row.id]
    session.refresh(row)
    assert row.state == "queued"


def test_rounds_are_listed_newest_first(make: Factory, session: Session, now: datetime) -> None:
    edition = make.edition()
    for _ in range(3):
        finished(session, request_round(session, edition, PARAMETERS, now))
    assert [row.number for row in rounds_of(session, edition)] == [3, 2, 1]


def test_the_newest_finished_round_is_found_without_a_number(
    make: Factory, session: Session, now: datetime
) -> None:
    edition = make.edition()
    finished(session, request_round(session, edition, PARAMETERS, now))
    request_round(session, edition, PARAMETERS, now)
    assert find_round(session, edition).number == 1
    assert find_round(session, edition, 2).state == "queued"


def test_an_edition_without_a_finished_round_says_so(make: Factory, session: Session) -> None:
    edition = make.edition(slug="jeju")
    with pytest.raises(NotFound, match="Edition jeju has no finished round: run one first"):
        find_round(session, edition)
    with pytest.raises(NotFound, match="no round 7"):
        find_round(session, edition, 7)
