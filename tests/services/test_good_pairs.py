"""The matcher is scored on pairs that are known to be good: a round's, meetings', a file's."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from matchmaking.evaluation import evaluate_pairs
from models import Edition, Meeting, MeetingReview, Profile
from models.database import SessionMaker, make_sessions
from services.errors import NotFound
from services.good_pairs import (
    NoGoodPairs,
    pairs_of_meetings,
    pairs_of_round,
    score_good_pairs,
)
from services.good_pairs_file import BadPairsFile, PairProblem, read_good_pairs
from services.matcher import make_judge
from tests.factories import Factory
from tests.services.test_already_met import pair_up
from tests.word_encoder import encode_everybody

TEXTS = ("quantum photon source", "turbine noise", "laser chip")


@pytest.fixture
def sessions(engine: Engine) -> SessionMaker:
    return make_sessions(engine)


@pytest.fixture
def edition(make: Factory) -> Edition:
    return make.edition()


@pytest.fixture
def people(make: Factory, edition: Edition, session: Session) -> dict[str, list[Profile]]:
    found = {
        side: [
            make.profile(
                edition, country=country, research=text, email=f"{side}{number}@example.org"
            )
            for number, text in enumerate(TEXTS)
        ]
        for side, country in (("left", "DE"), ("right", "KR"))
    }
    encode_everybody(session)
    return found


def score(sessions: SessionMaker, edition: Edition, pairs: list[tuple[int, int]]) -> dict[str, Any]:
    given = {"edition_id": edition.id, "pairs": [list(pair) for pair in pairs]}
    return dict(score_good_pairs(sessions, given, lambda _done, _of: None))


def test_the_right_partners_come_first_and_beside_them_stand_chance_and_word_counts(
    sessions: SessionMaker, edition: Edition, people: dict[str, list[Profile]]
) -> None:
    pairs = [(one.id, other.id) for one, other in zip(people["left"], people["right"], strict=True)]
    found = score(sessions, edition, pairs)
    assert found["affinity"]["mrr"] == 1
    assert found["tfidf"]["hit1"] == 1
    assert found["random"]["hit1"] == pytest.approx(1 / 3)
    assert found["affinity"]["queries"] == 6
    assert (found["people"], found["pairs"]) == ([3, 3], 3)


def test_the_figures_are_those_of_the_whole_matrix(
    session: Session,
    sessions: SessionMaker,
    edition: Edition,
    people: dict[str, list[Profile]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("services.good_pairs._BLOCK", 2)
    left, right = ([one.id for one in people[side]] for side in ("left", "right"))
    judge = make_judge(session, edition, left, right)
    places = [(0, 1), (0, 2), (1, 1), (2, 0)]
    whole = evaluate_pairs(judge.score(np.arange(3), np.arange(3)), places)
    session.commit()
    found = score(sessions, edition, [(left[i], right[j]) for i, j in places])
    assert found["affinity"]["map"] == pytest.approx(whole.map)
    assert found["affinity"]["mrr"] == pytest.approx(whole.mrr)


def test_pairs_of_people_who_left_are_passed_over_and_sides_may_be_exchanged(
    make: Factory, sessions: SessionMaker, edition: Edition, people: dict[str, list[Profile]]
) -> None:
    gone = make.profile()
    one, other = people["left"][0], people["right"][0]
    found = score(sessions, edition, [(other.id, one.id), (one.id, gone.id)])
    assert found["pairs"] == 1
    with pytest.raises(NoGoodPairs):
        score(sessions, edition, [(one.id, gone.id)])


def test_a_round_and_useful_meetings_give_pairs(
    make: Factory, session: Session, edition: Edition, people: dict[str, list[Profile]]
) -> None:
    with pytest.raises(NotFound):
        pairs_of_round(session, edition)
    pair = people["left"][0], people["right"][1]
    pair_up(session, edition, pair)
    assert pairs_of_round(session, edition) == [(pair[0].id, pair[1].id)]

    assert pairs_of_meetings(session, edition) == []
    for number, (useful, other) in enumerate(((4, 0), (2, 1))):
        start = make.now + timedelta(hours=number)
        meeting = Meeting(
            uid=str(number),
            edition_id=edition.id,
            left_id=people["left"][0].id,
            right_id=people["right"][other].id,
            starts_at=start,
            ends_at=start + timedelta(minutes=20),
            state="accepted",
            created_at=make.now,
            changed_at=make.now,
        )
        session.add(meeting)
        session.flush()
        session.add(
            MeetingReview(
                meeting_id=meeting.id,
                profile_id=people["left"][0].id,
                met=True,
                useful=useful,
                changed_at=make.now,
            )
        )
    session.commit()
    assert pairs_of_meetings(session, edition) == [(people["left"][0].id, people["right"][0].id)]


def write(folder: Path, text: str) -> Path:
    path = folder / "pairs.csv"
    path.write_text(text, "utf-8")
    return path


def test_a_file_names_people_by_id_or_address_in_either_column(
    session: Session, tmp_path: Path, edition: Edition, people: dict[str, list[Profile]]
) -> None:
    left, right = people["left"], people["right"]
    text = (
        "Left_ID,right_id,note\n"
        f"{left[0].source_key},{right[0].source_key},fine\n"
        "RIGHT1@example.org,left1@example.org,the other way round\n"
        f"{left[0].source_key},{right[0].source_key},again\n"
    )
    found = read_good_pairs(session, edition, write(tmp_path, text))
    assert found == [(left[0].id, right[0].id), (left[1].id, right[1].id)]


def test_every_wrong_line_is_told(
    session: Session, tmp_path: Path, edition: Edition, people: dict[str, list[Profile]]
) -> None:
    text = (
        "left_id,right_id\nleft0@example.org,nobody\n,right0@example.org\n"
        "left0@example.org,left1@example.org\nleft0@example.org,right0@example.org\n"
    )
    with pytest.raises(BadPairsFile) as refused:
        read_good_pairs(session, edition, write(tmp_path, text))
    assert refused.value.problems == (
        PairProblem(2, "unknown-person", "right_id", "nobody"),
        PairProblem(3, "missing", "left_id"),
        PairProblem(4, "one-side"),
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "missing-column"), ("a,b\n1,2\n", "missing-column"), ("left_id,right_id\n", "empty")],
)
def test_a_file_without_the_columns_or_rows_is_refused(
    session: Session, tmp_path: Path, edition: Edition, text: str, code: str
) -> None:
    with pytest.raises(BadPairsFile) as refused:
        read_good_pairs(session, edition, write(tmp_path, text))
    assert refused.value.problems[0].code == code


def test_a_file_that_is_no_text_is_refused(
    session: Session, tmp_path: Path, edition: Edition
) -> None:
    path = tmp_path / "pairs.csv"
    path.write_bytes(b"left_id,right_id\n\xff\xfe,1\n")
    with pytest.raises(BadPairsFile) as refused:
        read_good_pairs(session, edition, path)
    assert refused.value.problems == (PairProblem(0, "unreadable"),)


def test_two_people_with_one_address_are_ambiguous(
    make: Factory, session: Session, tmp_path: Path, edition: Edition
) -> None:
    for _ in range(2):
        make.profile(edition, email="same@example.org")
    text = "left_id,right_id\nsame@example.org,x\n"
    with pytest.raises(BadPairsFile) as refused:
        read_good_pairs(session, edition, write(tmp_path, text))
    assert refused.value.problems[0].code == "ambiguous"
