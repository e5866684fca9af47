"""What came of a forum as tables: who is counted where, and who is not told."""

from typing import Any

from matchmaking.outcome import answer_table, meeting_table, people_table
from matchmaking.outcome_values import (
    MEETING_COLUMNS,
    OTHER,
    PEOPLE_COLUMNS,
    AnswerFact,
    MeetingFact,
    PersonFact,
)

EVERYTHING = frozenset(PEOPLE_COLUMNS)


def people(count: int, start: int = 0, **given: Any) -> list[PersonFact]:
    values: dict[str, Any] = {
        "side": "left",
        "country": "DE",
        "career_stage": "postdoc",
        "fields": ("quantum",),
    }
    values |= {"reached": EVERYTHING, **given}
    return [PersonFact(id=start + n, **values) for n in range(count)]


def meetings(count: int, left: str, *reached: str, start: int = 0) -> list[MeetingFact]:
    steps = frozenset(reached)
    return [MeetingFact(start + n, 1000 + start + n, (left, "KR"), steps) for n in range(count)]


def test_everybody_is_counted_once_in_the_whole_and_once_in_each_kind_of_group() -> None:
    table = people_table([*people(10), *people(12, 100, side="right", country="KR")])
    assert table.whole.cells["registered"] == 22
    assert [(row.key, row.cells["met"]) for row in table.of("side")] == [
        (("left",), 10),
        (("right",), 12),
    ]
    assert [row.key for row in table.of("country")] == [("left", "DE"), ("right", "KR")]
    assert [(row.key, row.cells["funded"]) for row in table.of("career")] == [(("postdoc",), 22)]
    assert not table.hides


def test_countries_of_few_people_stand_together() -> None:
    few = [*people(3, 100, country="FR"), *people(4, 200, country="CZ")]
    table = people_table([*people(10), *few])
    rows = {row.key: row.cells["registered"] for row in table.of("country")}
    assert rows == {("left", "DE"): 10, ("left", OTHER): 7}


def test_a_person_in_two_fields_is_counted_in_both_and_one_in_none_is_not_lost() -> None:
    table = people_table([*people(6, fields=("6g", "quantum")), *people(7, 100, fields=())])
    rows = {row.key[0]: row.cells["registered"] for row in table.of("field")}
    assert rows == {"6g": 6, "quantum": 6, "": 7}
    assert table.of("sum") == ()


def test_a_small_group_is_not_told_nor_is_what_would_give_it_away() -> None:
    early = people(3, 100, career_stage="student")
    table = people_table([*people(20), *people(9, 200, career_stage="doctoral"), *early])
    rows = {row.key[0]: row.cells["registered"] for row in table.of("career")}
    assert rows == {"postdoc": 20, "doctoral": None, "student": None}
    assert table.hides


def test_a_forum_without_people_has_an_empty_table() -> None:
    table = people_table([])
    assert set(table.whole.cells.values()) == {0}
    assert len(table.rows) == 1


def test_meetings_are_counted_by_the_two_countries() -> None:
    table = meeting_table(
        [
            *meetings(9, "DE", "agreed", "held"),
            *meetings(8, "FR", "agreed", start=100),
            *meetings(9, "DE", "pairs"),
        ]
    )
    assert [(row.key, row.cells["agreed"]) for row in table.of("countries")] == [
        (("DE", "KR"), 9),
        (("FR", "KR"), 8),
    ]
    assert (table.whole.cells["pairs"], table.whole.cells["held"]) == (9, 9)
    assert list(table.columns) == list(MEETING_COLUMNS)


def test_many_meetings_of_one_person_are_still_few_people() -> None:
    lonely = [MeetingFact(1, 1000 + n, ("LU", "KR"), frozenset({"agreed"})) for n in range(12)]
    table = meeting_table([*lonely, *meetings(30, "DE", "agreed", start=2000)])
    rows = {row.key: row.cells["agreed"] for row in table.of("countries")}
    assert rows[("LU", "KR")] is None
    assert rows[("DE", "KR")] is None


def test_answers_of_few_people_are_not_told() -> None:
    def answers(group: str, count: int, start: int) -> list[AnswerFact]:
        reached = frozenset({"answered"})
        return [AnswerFact(start + n, group, reached) for n in range(count)]

    said = [*answers("4", 20, 0), *answers("3", 9, 100), *answers("2", 2, 200)]
    table = answer_table(said, {"answered": ""}, ("1", "2", "3", "4"))
    rows = {row.key[0]: row.cells["answered"] for row in table.of("group")}
    assert (table.whole.cells["answered"], rows["4"], rows["2"]) == (31, 20, None)
    assert (rows["3"], rows["1"]) == (None, 0)
