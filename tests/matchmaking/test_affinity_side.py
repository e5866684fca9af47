from collections.abc import Sequence

import numpy as np
import pytest

from matchmaking.affinity_side import EncodedPassage, EncodedPerson, encode_people, pack_side
from matchmaking.encoder_plan import DEFAULT_PLAN, EncoderPlan
from matchmaking.encoders import FloatMatrix
from matchmaking.errors import BadInput
from matchmaking.profile import Person, Work
from tests.matchmaking.people import person, side


class LetterCounter:
    """Counts a and b, and remembers what it read."""

    dimension = 2

    def __init__(self, name: str) -> None:
        self.name = name
        self.read: list[str] = []

    def encode(self, texts: Sequence[str]) -> FloatMatrix:
        self.read += texts
        return np.array([[text.count("a") + 1, text.count("b")] for text in texts], np.float32)


PEOPLE = [
    Person("one", research="aab", publications=(Work("가나 a"), Work("b")), offers=("ab",)),
    Person("two", research="aab", needs=("bb", "측정 b")),
]


@pytest.fixture
def encoders() -> dict[str, LetterCounter]:
    return {name: LetterCounter(name) for name in DEFAULT_PLAN.names}


def test_each_encoder_reads_what_the_plan_gives_it_and_each_text_once(
    encoders: dict[str, LetterCounter],
) -> None:
    encode_people(PEOPLE, DEFAULT_PLAN, encoders)
    assert sorted(encoders["minilm"].read) == ["aab", "ab", "b", "bb"]
    assert sorted(encoders["use-multilingual"].read) == ["aab", "ab", "b", "bb", "가나 a", "측정 b"]


def test_passages_stand_on_the_shelf_of_their_kind_and_in_the_view_of_their_language(
    encoders: dict[str, LetterCounter],
) -> None:
    packed = pack_side(encode_people(PEOPLE, DEFAULT_PLAN, encoders), DEFAULT_PLAN)
    assert packed.keys == ("one", "two")
    assert packed.expertise.english.ids == ("research:0:0", "publication:1:0", "research:0:0")
    assert packed.expertise.english_every.starts.tolist() == [0, 2, 3]
    assert packed.expertise.korean.ids == ("publication:0:0",)
    assert packed.offers.english.counts.tolist() == [1, 0]
    assert packed.needs.korean.counts.tolist() == [0, 1]


def test_the_weights_of_a_person_add_up_to_one_in_each_view(
    encoders: dict[str, LetterCounter],
) -> None:
    works = (Work("a", weight=3), Work("b"), Work("가"))
    packed = pack_side(
        encode_people([Person("p", publications=works)], DEFAULT_PLAN, encoders), DEFAULT_PLAN
    )
    assert packed.expertise.english.weights.tolist() == [0.75, 0.25]
    assert packed.expertise.korean.weights.tolist() == [1]


def test_one_encoder_for_every_language_serves_all_views() -> None:
    plan = EncoderPlan(english="", every="x")
    encoders = {"x": LetterCounter("x"), "words": LetterCounter("words")}
    work = pack_side(encode_people(PEOPLE, plan, encoders), plan).expertise
    assert (work.english.vectors[:, :2] == work.english_every.vectors).all()


def test_the_sense_of_english_texts_and_their_words_stand_side_by_side(
    encoders: dict[str, LetterCounter],
) -> None:
    packed = pack_side(encode_people(PEOPLE, DEFAULT_PLAN, encoders), DEFAULT_PLAN)
    assert packed.expertise.english.blocks == (2, 2)
    assert packed.expertise.english.vectors.shape == (3, 4)
    assert packed.expertise.korean.blocks == (2,)


def test_a_passage_that_is_not_encoded_yet_is_left_out() -> None:
    whole = person("p", work=[[1, 0], [0, 1]])
    first, second = whole.passages
    only_sense = {"minilm": second.vectors["minilm"]}
    half = EncodedPerson("p", (first, EncodedPassage(second.passage, only_sense)))
    assert side(half).expertise.english.ids == ("publication:0:0",)


def test_two_people_with_one_key_are_refused() -> None:
    with pytest.raises(BadInput, match="the same key"):
        side(person("p"), person("p"))


def test_a_side_without_people_or_texts_is_a_side() -> None:
    assert len(side()) == 0
    assert side(person("p")).expertise.english.counts.tolist() == [0]
