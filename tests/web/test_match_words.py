import pytest
from flask import Flask

from services.suggestions import Evidence, Reason, Suggestion
from web.match_words import best_reason, evidence_sides, worth_reading


def _evidence(similarity: float, mine: str = "mine", theirs: str = "theirs") -> Evidence:
    return Evidence("research", mine, "research", theirs, similarity)


def _suggestion(*reasons: Reason) -> Suggestion:
    return Suggestion(1, 0.5, "good", reasons)


@pytest.mark.parametrize(
    ("code", "of_idea", "begins"),
    [
        ("similar-work", False, "Close to your work: "),
        ("offers-what-you-need", False, "Offers what you need: "),
        ("needs-what-you-offer", False, "Needs what you offer: "),
        ("similar-work", True, "Close to your idea: "),
        ("offers-what-you-need", True, "Offers for your idea: "),
    ],
)
def test_the_best_reason_is_a_sentence_with_the_others_words(
    app: Flask, code: str, of_idea: bool, begins: str
) -> None:
    found = _evidence(0.5, "spin qubits", "We cool things. We measure spin qubits.")
    reason = Reason(code, 0.5, (found,))  # type: ignore[arg-type] # one of the codes
    with app.test_request_context():
        said = best_reason(_suggestion(reason), of_idea=of_idea)
    assert said == f"{begins}We measure spin qubits."


def test_a_reason_without_evidence_is_passed_over(app: Flask) -> None:
    empty = Reason("similar-work", 0.9, ())
    told = Reason("offers-what-you-need", 0.5, (_evidence(0.5),))
    with app.test_request_context():
        assert best_reason(_suggestion(empty, told)) == "Offers what you need: theirs"
        assert best_reason(_suggestion(empty)) == ""


def test_weak_reasons_and_far_fetched_evidence_are_not_shown() -> None:
    strong = Reason("similar-work", 0.6, (_evidence(0.5), _evidence(0.4), _evidence(0.2)))
    weak = Reason("offers-what-you-need", 0.1, (_evidence(0.1),))
    shown = worth_reading(_suggestion(strong, weak))
    assert [(reason.code, [one.similarity for one in found]) for reason, found in shown] == [
        ("similar-work", [0.5, 0.4])
    ]


def test_of_weak_reasons_alone_the_strongest_is_shown() -> None:
    first = Reason("similar-work", 0.2, (_evidence(0.2),))
    second = Reason("offers-what-you-need", 0.1, (_evidence(0.1),))
    assert [reason for reason, _ in worth_reading(_suggestion(first, second))] == [first]
    assert worth_reading(_suggestion()) == []


def test_both_passages_say_whose_they_are_and_which_words_they_share(app: Flask) -> None:
    found = Evidence("need", "cold chips", "offer", "차가운 chip", 0.5)
    with app.test_request_context():
        mine, theirs = evidence_sides(found, "Kim", "left", "right")
    assert (mine.side, mine.who, mine.lang) == ("left", "You need", "")
    assert (theirs.side, theirs.who, theirs.lang) == ("right", "Kim offers", "ko")
    assert mine.parts == [("cold ", False), ("chips", True)]


def test_the_best_evidence_is_shown_even_of_texts_that_have_nothing_in_common() -> None:
    far, farther = _evidence(-0.02), _evidence(-0.5)
    reason = Reason("similar-work", 0.1, (far, farther))
    assert worth_reading(_suggestion(reason)) == [(reason, [far])]
