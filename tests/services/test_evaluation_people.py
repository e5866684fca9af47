import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from matchmaking.errors import BadInput
from matchmaking.profile import Person, Work
from services.evaluation_files import BadEvaluationFile
from services.evaluation_people import read_items, read_people, two_sides


def _sentence(code: str, _values: Mapping[str, str | int]) -> str:
    return code


def _people(tmp_path: Path, *lines: object) -> list[Person]:
    path = tmp_path / "people.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return read_people(path, _sentence)


def test_a_person_is_read_with_texts_and_weights(tmp_path: Path) -> None:
    given = {
        "id": "p-1",
        "country": "kr",
        "research": "양자",
        "offers": ["laser", " "],
        "publications": [
            {"title": "One", "abstract": "About one.", "weight": 0.5},
            {"title": "Left out", "weight": 0},
            {"title": "Two", "weight": None},
        ],
        "career_stage": "unheard of",
    }
    assert _people(tmp_path, given) == [
        Person(
            "p-1",
            "KR",
            research="양자",
            offers=("laser",),
            publications=(Work("One", "About one.", weight=0.5), Work("Two")),
        )
    ]


def test_a_table_of_people_joins_its_lists(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    rows = (
        "id,name,country,needs,publications",
        "1,A,DE,chips; wafers,One;Two",
        '2,B,KR,,"[{""title"": ""X""}]"',
    )
    path.write_text("\n".join(rows), encoding="utf-8")
    first, second = read_people(path, _sentence)
    assert first.needs == ("chips", "wafers")
    assert [work.title for work in first.publications] == ["One", "Two"]
    assert second.publications == (Work("X"),)


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ({"country": "DE"}, "id"),
        ({"id": "a", "research": ["x"]}, "research"),
        ({"id": "a", "offers": [1]}, "offers"),
        ({"id": "a", "publications": "[broken"}, "publications"),
        ({"id": "a", "publications": ["title"]}, "publications"),
        ({"id": "a", "publications": [{"title": "x", "weight": -1}]}, "publications"),
        ({"id": "first"}, "id"),
    ],
)
def test_a_line_that_is_no_person_is_told_with_its_field(
    tmp_path: Path, line: dict[str, object], field: str
) -> None:
    with pytest.raises(BadEvaluationFile) as told:
        _people(tmp_path, {"id": "first"}, line)
    assert [(one.line, one.field) for one in told.value.problems] == [(2, field)]


def test_a_file_that_is_no_list_of_people_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "people.jsonl"
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(BadEvaluationFile) as told:
        read_people(path, _sentence)
    assert told.value.problems[0].problem == "json-array"
    path.write_text("{broken\n", encoding="utf-8")
    with pytest.raises(BadEvaluationFile) as told:
        read_people(path, _sentence)
    assert told.value.problems[0].problem == "bad-json"


def test_items_are_works_and_an_abstract_may_be_missing(tmp_path: Path) -> None:
    path = tmp_path / "items.jsonl"
    path.write_text(
        '{"id": 7, "title": "One", "abstract": "About."}\n\n{"id": "8", "title": "Two"}\n',
        encoding="utf-8",
    )
    assert read_items(path) == [
        Person("7", publications=(Work("One", "About."),)),
        Person("8", publications=(Work("Two"),)),
    ]


@pytest.mark.parametrize("line", ["no json", "[1]", '{"title": "no id"}', '{"id": "7"}'])
def test_an_item_that_is_none_is_told_with_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "items.jsonl"
    path.write_text(f'{{"id": "7", "title": "One"}}\n{line}\n', encoding="utf-8")
    with pytest.raises(BadEvaluationFile, match="line 2"):
        read_items(path)


def _from(**countries: str) -> list[Person]:
    return [Person(key, country) for key, country in countries.items()]


def _keys(sides: tuple[list[Person], list[Person]]) -> list[list[str]]:
    return [[person.key for person in side] for side in sides]


def test_sides_are_what_the_pairs_show_and_a_new_country_joins_the_larger_one() -> None:
    people = _from(a="DE", b="KR", c="FR", d="KR", e="IT")
    assert _keys(two_sides(people, [("a", "b"), ("c", "d")])) == [["a", "c", "e"], ["b", "d"]]
    assert _keys(two_sides(people, [("b", "a"), ("b", "c")])) == [["b", "d"], ["a", "c", "e"]]
    assert _keys(two_sides(people, [("a", "b")])) == [["a", "c", "e"], ["b", "d"]]


def test_a_country_on_both_sides_of_the_pairs_is_refused() -> None:
    with pytest.raises(BadInput, match="KR"):
        two_sides(_from(a="DE", b="KR"), [("a", "b"), ("b", "a")])


def test_a_pair_of_somebody_unknown_is_refused() -> None:
    with pytest.raises(BadInput, match="'x'"):
        two_sides(_from(a="DE"), [("a", "x")])
