import dataclasses

import pytest

from matchmaking.errors import BadInput
from matchmaking.profile import Person, Work


def test_a_person_needs_no_more_than_a_key() -> None:
    person = Person("p1")
    assert person.publications == ()
    assert person.research == ""


def test_people_are_values_that_compare_and_cannot_be_changed() -> None:
    person = Person("p1", publications=(Work("A title"),))
    assert person == Person("p1", publications=(Work("A title"),))
    assert hash(person) == hash(Person("p1", publications=(Work("A title"),)))
    with pytest.raises(dataclasses.FrozenInstanceError):
        person.key = "p2"  # type: ignore[misc]  # the very thing that must fail


@pytest.mark.parametrize("weight", [0.0, -1.0, float("inf"), float("nan")])
def test_a_publication_without_a_sensible_weight_is_refused(weight: float) -> None:
    with pytest.raises(BadInput, match="weight of 'Spikes'"):
        Work("Spikes", weight=weight)
