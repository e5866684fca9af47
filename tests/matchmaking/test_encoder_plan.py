import pytest

from matchmaking.encoder_plan import DEFAULT_PLAN, EncoderPlan
from matchmaking.errors import BadInput
from matchmaking.passages import passages_of
from matchmaking.profile import Person

ENGLISH, KOREAN = (passages_of(Person("p", research=text))[0] for text in ("chip", "칩 설계"))


def test_an_english_passage_is_read_by_both_encoders_and_as_words() -> None:
    assert DEFAULT_PLAN.encoders_of(ENGLISH) == ("minilm", "use-multilingual", "words")


def test_a_passage_with_hangul_is_read_by_the_multilingual_encoder_only() -> None:
    assert DEFAULT_PLAN.encoders_of(KOREAN) == ("use-multilingual",)


def test_two_english_passages_are_compared_in_the_english_encoder_and_by_words() -> None:
    assert DEFAULT_PLAN.for_english_pairs == ("minilm", "words")


def test_one_encoder_may_read_every_language() -> None:
    plan = EncoderPlan(english="", every="some/model")
    assert plan.names == plan.encoders_of(ENGLISH) == ("some/model", "words")
    assert plan.encoders_of(KOREAN) == ("some/model",)
    assert plan.for_english_pairs == ("some/model", "words")


@pytest.mark.parametrize(
    ("english", "every"), [("minilm", ""), ("same", "same"), ("words", "x"), ("x", "words")]
)
def test_a_plan_that_leaves_a_language_out_is_refused(english: str, every: str) -> None:
    with pytest.raises(BadInput, match="name an encoder"):
        EncoderPlan(english, every)
