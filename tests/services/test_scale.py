"""A renewed scale is worked out, read, and then used: only then do grades change."""

import json

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from matchmaking.calibration import Grade, default_calibration
from models import Edition, MatcherRun
from models.database import SessionMaker, make_sessions
from services.edition_calibration import calibration_of
from services.errors import ServiceError
from services.index_version import index_version
from services.matcher_runs import request_run
from services.scale import (
    GRADE_MEANINGS,
    NobodyToCompare,
    ScaleUnfit,
    grade_changes,
    scale_in_use,
    use_worked_out,
    work_out_scale,
)
from tests.factories import Factory
from tests.word_encoder import encode_everybody, word_encoders


@pytest.fixture
def sessions(engine: Engine) -> SessionMaker:
    return make_sessions(engine)


@pytest.fixture
def edition(make: Factory) -> Edition:
    return make.edition()


@pytest.fixture
def run(make: Factory, session: Session, sessions: SessionMaker, edition: Edition) -> MatcherRun:
    """Work out a scale of 24 people a side, who have 576 pairs."""
    words = ("quantum", "photon", "laser", "chip", "turbine", "noise")
    for country in ("DE", "KR"):
        for i in range(24):
            text = f"{words[i % 6]} {words[i // 6]} own{i}"
            make.profile(edition, country=country, research=text, offers=[text], needs=[text])
    encode_everybody(session)
    row = request_run(session, edition, "calibration", make.now, actor_id=None)
    session.commit()
    told: list[tuple[int, int]] = []
    result = work_out_scale(
        sessions, edition.id, word_encoders()[0], lambda done, of: told.append((done, of))
    )
    assert told[-1] == (3, 3)
    row.state, row.result = "done", json.loads(json.dumps(result))
    session.add(row)
    session.commit()
    return row


def test_a_grade_says_which_share_of_pairs_it_stands_above() -> None:
    meanings = {one.grade: (one.least, one.most) for one in GRADE_MEANINGS}
    assert meanings == {
        "excellent": (0.99, 1.0),
        "strong": (0.95, 0.99),
        "good": (0.80, 0.95),
        "fair": (0.50, 0.80),
        "weak": (0.0, 0.50),
    }


def test_what_would_change_is_told_before_anything_does(
    session: Session, edition: Edition, run: MatcherRun
) -> None:
    changes = grade_changes(run)
    assert [one.grade for one in changes] == [grade.value for grade in Grade]
    assert sum(one.now for one in changes) == sum(one.then for one in changes) == 576
    # by the scale made of them, the shares are what the grades say
    assert sum(one.then for one in changes[:3]) == pytest.approx(0.2 * 576, rel=0.1)
    assert calibration_of(edition) == default_calibration()
    assert scale_in_use(session, edition) is None


def test_a_used_scale_is_the_edition_s_and_is_known_by_who_used_it(
    make: Factory, session: Session, edition: Edition, run: MatcherRun
) -> None:
    before, organiser = index_version(session), make.account("organiser")
    use_worked_out(session, edition, run, make.now, organiser.id)
    session.commit()

    assert calibration_of(edition) != default_calibration()
    assert index_version(session) > before
    found = scale_in_use(session, edition)
    assert found is not None
    assert found.result is not None
    assert (found.result["used_at"], found.result["used_by"]) == (
        make.now.isoformat(),
        organiser.id,
    )


def test_a_scale_that_was_not_finished_or_is_for_other_encoders_is_not_used(
    make: Factory, session: Session, edition: Edition, run: MatcherRun
) -> None:
    other = json.loads(json.dumps(run.result))
    other["scale"]["every"] = "another"
    run.result = other
    with pytest.raises(ScaleUnfit):
        use_worked_out(session, edition, run, make.now, None)
    run.state = "failed"
    with pytest.raises(ServiceError):
        use_worked_out(session, edition, run, make.now, None)
    assert calibration_of(edition) == default_calibration()


def test_without_people_on_both_sides_there_is_no_scale_to_make(
    make: Factory, session: Session, sessions: SessionMaker, edition: Edition
) -> None:
    make.profile(edition, research="quantum")
    edition_id = edition.id
    session.commit()
    with pytest.raises(NobodyToCompare):
        work_out_scale(sessions, edition_id, word_encoders()[0], lambda _done, _of: None)
