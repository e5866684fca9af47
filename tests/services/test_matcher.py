"""The affinity of a round: of everything that its people wrote, or not at all."""

import numpy as np
import pytest
from sqlmodel import Session

from models import Edition, Profile
from services.encoding import write_passages
from services.matcher import NotEncoded, make_judge
from tests.factories import Factory
from tests.word_encoder import encode_everybody


def two_sides(make: Factory) -> tuple[Edition, Profile, list[Profile]]:
    edition = make.edition()
    mine = make.profile(edition, country="DE", research="quantum chip measurement")
    near = make.profile(edition, country="KR", research="quantum chip design")
    far = make.profile(edition, country="KR", research="bread and butter")
    return edition, mine, [near, far]


def test_people_whose_texts_are_not_encoded_are_counted_and_the_remedy_is_named(
    make: Factory, session: Session
) -> None:
    edition, mine, others = two_sides(make)
    encode_everybody(session)
    late = make.profile(edition, country="KR", research="neuromorphic sensors")
    write_passages(session, late)
    session.commit()
    with pytest.raises(NotEncoded, match="texts of 1 participants are not encoded yet"):
        make_judge(session, edition, [mine.id], [one.id for one in (*others, late)])


def test_a_newcomer_of_another_edition_holds_nobody_up(make: Factory, session: Session) -> None:
    edition, mine, others = two_sides(make)
    encode_everybody(session)
    make.profile(make.edition(), country="KR", research="neuromorphic sensors")
    assert make_judge(session, edition, [mine.id], [others[0].id]).shape == (1, 1)


def test_who_writes_of_the_same_scores_higher(make: Factory, session: Session) -> None:
    edition, mine, others = two_sides(make)
    encode_everybody(session)
    judge = make_judge(session, edition, [mine.id], [one.id for one in others])
    near, far = judge.score(np.array([0]), np.array([0, 1]))[0]
    assert near > far


def test_a_pair_is_told_with_its_grade_and_reasons(make: Factory, session: Session) -> None:
    edition, mine, others = two_sides(make)
    encode_everybody(session)
    verdict = make_judge(session, edition, [mine.id], [others[0].id]).judge(0, 0)
    assert verdict.grade in {"excellent", "strong", "good", "fair", "weak"}
    assert verdict.reasons[0]["code"] == "similar-work"


def test_a_person_without_any_text_can_still_be_paired(make: Factory, session: Session) -> None:
    edition, mine, _ = two_sides(make)
    silent = make.profile(edition, country="KR")
    encode_everybody(session)
    score = make_judge(session, edition, [mine.id], [silent.id]).score(np.array([0]), np.array([0]))
    assert 0 < score[0, 0] < 1
