"""What two people share by name, and what is new."""

from matchmaking.differences import Common, in_common
from matchmaking.profile import Person, Work


def _rare(_word: str) -> float:
    return 1.0


def _person(**given: object) -> Person:
    values: dict[str, object] = {
        "key": "1",
        "country": "DE",
        "organisation": "",
        "fields": (),
        "topics": (),
        "research": "",
        "publications": (),
        "offers": (),
        "needs": (),
    }
    return Person(**values | given)  # type: ignore[arg-type] # the fields of a person


def test_fields_and_topics_of_both_are_common_and_the_others_are_new() -> None:
    mine = _person(fields=("memory", "quantum"), topics=("Spin qubits",))
    theirs = _person(fields=("quantum", "photonics"), topics=("spin qubit", "Ring resonators"))
    assert in_common(mine, theirs, _rare) == Common(
        fields=("quantum",),
        topics=("spin qubit",),
        new_fields=("photonics",),
        new_topics=("Ring resonators",),
    )


def test_a_topic_that_stands_in_ones_own_text_is_not_new() -> None:
    mine = _person(research="We build ring resonators on silicon.")
    theirs = _person(topics=("Ring resonator", "Cryogenics"))
    assert in_common(mine, theirs, _rare).new_topics == ("Cryogenics",)


def test_korean_particles_make_no_difference() -> None:
    mine = _person(research="강유전체를 연구합니다.")
    assert in_common(mine, _person(topics=("강유전체", "광자")), _rare).new_topics == ("광자",)


def test_two_people_who_name_nothing_have_nothing_to_compare() -> None:
    assert not in_common(_person(), _person(), _rare).anything
    assert in_common(_person(), _person(topics=("a topic",)), _rare).anything


def test_the_words_of_every_text_of_theirs_that_are_not_ones_own_are_new() -> None:
    mine = _person(research="We grow epitaxial layers.", topics=("Wafer bonding",))
    theirs = _person(
        research="Epitaxial layers; bonding.",
        offers=("a cryostat",),
        needs=("Wafer",),
        publications=(Work("Qubits", abstract="Spectroscopy of wafer layers."),),
    )
    assert set(in_common(mine, theirs, _rare).new_terms) == {"cryostat", "qubits", "spectroscopy"}


def test_new_words_alone_are_worth_telling() -> None:
    mine, theirs = _person(research="Lasers"), _person(research="Cryostat")
    assert in_common(mine, theirs, _rare).anything
