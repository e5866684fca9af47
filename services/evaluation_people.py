"""People and items that an evaluation reads, and the sides they stand on.

People come in the profiles' format, read generously: only ids and texts matter here, and the
country where sides do. Nothing here knows a database.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from matchmaking.errors import BadInput
from matchmaking.profile import Person, Work
from services.evaluation_files import (
    BadEvaluationFile,
    FileProblem,
    WrongValue,
    opened,
    read_each,
)
from services.imports_files import profile_rows
from services.imports_report import Problem, UnreadableFile
from services.imports_rows import Row

Sentence = Callable[[str, Mapping[str, str | int]], str]


def read_people(path: Path, sentence: Sentence) -> list[Person]:
    """Read people with their texts, in the order of the file.

    Parameters
    ----------
    sentence
        Says an import's problem, by its code and values.

    Raises
    ------
    BadEvaluationFile
        When a line is no person, or two have one id.
    """
    seen: set[str] = set()

    def read(row: Row | Problem) -> Person:
        if isinstance(row, Problem):
            raise WrongValue(row.field, sentence(row.code, row.values))
        return _once(_person(row.values), seen)

    try:
        return read_each(path, ((row.line, row) for row in profile_rows(path)), read)
    except UnreadableFile as error:
        found = error.problem
        told = FileProblem(path.name, found.line, "", sentence(found.code, found.values))
        raise BadEvaluationFile([told]) from None


def read_items(path: Path) -> list[Person]:
    """Read items {id, title, abstract}, one JSON object a line, each as somebody's only work.

    Raises
    ------
    BadEvaluationFile
        When a line is no item, or two have one id.
    """
    seen: set[str] = set()

    def read(line: str) -> Person:
        found = _json(line, "")
        if not isinstance(found, dict):
            raise WrongValue("", 'this is no JSON object: begin it with "{"')
        title, abstract = _text(found, "title"), _text(found, "abstract")
        return _once(Person(_key(found), publications=(Work(title or abstract, abstract),)), seen)

    with opened(path) as lines:
        numbered = ((number, line) for number, line in enumerate(lines, 1) if line.strip())
        return read_each(path, numbered, read)


def two_sides(
    people: Sequence[Person], pairs: Sequence[tuple[str, str]]
) -> tuple[list[Person], list[Person]]:
    """Part people into the sides that the pairs show: by country, as an edition does.

    A country that no pair shows is on the side that has more countries.

    Raises
    ------
    BadInput
        When a pair names nobody in the file, or a country is on both sides of the pairs.
    """
    country = {person.key: person.country for person in people}
    unknown = [key for pair in pairs for key in pair if key not in country]
    if unknown:
        raise BadInput(f"Nobody in the file of people has the id {unknown[0]!r}.")
    left, right = ({country[pair[side]] for pair in pairs} for side in (0, 1))
    if both := left & right:
        names = ", ".join(sorted(both)) or "an empty country"
        raise BadInput(f"The pairs have {names} on both sides: a country is on one side only.")
    fewer = right if len(left) >= len(right) else left
    inside = [person for person in people if person.country in fewer]
    others = [person for person in people if person.country not in fewer]
    return (others, inside) if fewer is right else (inside, others)


def _person(values: Mapping[str, object]) -> Person:
    return Person(
        key=_key(values),
        country=_text(values, "country").strip().upper(),
        research=_text(values, "research"),
        publications=tuple(_works(values.get("publications"))),
        offers=_texts(values, "offers"),
        needs=_texts(values, "needs"),
    )


def _once(person: Person, seen: set[str]) -> Person:
    if person.key in seen:
        raise WrongValue("id", f"{person.key!r} stands there twice")
    seen.add(person.key)
    return person


def _key(values: Mapping[str, object]) -> str:
    key = _text(values, "id").strip()
    if not key:
        raise WrongValue("id", "it is missing")
    return key


def _text(values: Mapping[str, object], name: str) -> str:
    value = values.get(name)
    if value is None:
        return ""
    if isinstance(value, (str, int)):
        return str(value)
    raise WrongValue(name, "this is no text")


def _texts(values: Mapping[str, object], name: str) -> tuple[str, ...]:
    value = values.get(name) or []
    items = value.split(";") if isinstance(value, str) else value
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        raise WrongValue(name, "this is no list of texts")
    return tuple(item.strip() for item in items if item.strip())


def _works(value: object) -> Iterator[Work]:
    if isinstance(value, str):
        titles = [{"title": title} for title in value.split(";") if title.strip()]
        value = _json(value, "publications") if value.lstrip().startswith("[") else titles
    found: Any = value or []
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise WrongValue("publications", "this is no list of objects with a title")
    for item in found:
        weight = item.get("weight") if item.get("weight") is not None else 1.0
        if not isinstance(weight, (int, float)) or not 0 <= weight < float("inf"):
            raise WrongValue("publications", "a weight is no number of 0 or more")
        if weight:
            yield Work(_text(item, "title"), _text(item, "abstract"), weight=float(weight))


def _json(text: str, field: str) -> object:
    try:
        found: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise WrongValue(field, f"this is no JSON: {error}") from None
    return found
