import pytest

from matchmaking.affinity_parts import split
from matchmaking.affinity_side import PackedSide, encode_people, pack_side
from matchmaking.encoder_plan import DEFAULT_PLAN
from matchmaking.profile import Person
from services.people_index import PeopleIndex
from tests.word_encoder import WordEncoder


def _people(*people: Person) -> tuple[PackedSide, ...]:
    encoders = {name: WordEncoder(name) for name in DEFAULT_PLAN.names}
    return split(pack_side(encode_people(people, DEFAULT_PLAN, encoders), DEFAULT_PLAN))


@pytest.fixture
def index() -> PeopleIndex:
    made = PeopleIndex()
    people = _people(
        Person("0", research="quantum photon"),
        Person("1", research="turbine noise", offers=("cold chip",)),
        Person("2", research="양자 광자"),
        Person("3", research="turbine noise", needs=("laser source",)),
    )
    for number, person in enumerate(people):
        made.put(number, person)
    return made


EVERYBODY = (0, 1, 2, 3)


def test_work_is_near_in_either_language(index: PeopleIndex) -> None:
    asker = _people(Person("a", research="quantum photon"))[0]
    assert index.near(asker, EVERYBODY, 2) >= {0, 2}


def test_what_one_needs_is_near_what_the_other_offers(index: PeopleIndex) -> None:
    asker = _people(Person("a", needs=("cold chip",), offers=("laser source",)))[0]
    assert index.near(asker, EVERYBODY, 1) == {1, 3}


def test_only_the_allowed_are_near(index: PeopleIndex) -> None:
    asker = _people(Person("a", research="quantum photon"))[0]
    assert index.near(asker, (1, 3), 1) <= {1, 3}
    assert index.near(asker, (), 3) == set()


def test_whoever_is_dropped_or_has_no_text_any_more_is_not_near(index: PeopleIndex) -> None:
    asker = _people(Person("a", research="quantum photon"))[0]
    index.drop(0)
    index.put(2, _people(Person("2"))[0])
    index.drop(99)
    assert index.near(asker, EVERYBODY, 4) == {1, 3}


def test_somebody_who_says_nothing_is_near_nobody(index: PeopleIndex) -> None:
    assert index.near(_people(Person("a"))[0], EVERYBODY, 2) == set()
    assert PeopleIndex().near(_people(Person("a", research="x"))[0], EVERYBODY, 2) == set()
