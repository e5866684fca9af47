"""A consortium in a file: {members: [{organisation, country, type, …}], letters_of_intent?}."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matchmaking.eligibility_consortium import Consortium, Partner, entities_of
from matchmaking.eligibility_preset import TEAMS
from matchmaking.errors import BadInput
from services.countries import country_code
from services.errors import ServiceError
from services.profile_values import BadValue, organisation_type, pic, plain_text

MOST_MEMBERS = 100
_NAME_LIMIT = 300
_TEAM_NAMES = {"left": "left", "eu": "left", "right": "right", "kr": "right"}


@dataclass(frozen=True, slots=True)
class ConsortiumProblem:
    """What is wrong, and where: members[2].country is the third member's country."""

    field: str
    problem: str


class BadConsortium(ServiceError):
    """A file that describes no consortium; ``problems`` says where and why."""

    code = "bad-consortium"

    def __init__(self, problems: list[ConsortiumProblem]) -> None:
        super().__init__("The consortium cannot be checked: mend the file first.")
        self.problems = tuple(problems)


def read_consortium(path: Path) -> Consortium:
    """Read a consortium.

    Raises
    ------
    BadConsortium
        With everything that is wrong.
    """
    problems: list[ConsortiumProblem] = []
    data = _json(path)
    partners = tuple(_partners(data, problems))
    letters = _letters(data.get("letters_of_intent"), problems)
    if not problems:
        try:
            entities_of(partners)
        except BadInput as error:
            problems.append(ConsortiumProblem("members", str(error)))
    if problems:
        raise BadConsortium(problems)
    return Consortium(partners, letters)


def _json(path: Path) -> Mapping[str, Any]:
    try:
        data = json.loads(path.read_text("utf-8-sig"))
    except (UnicodeDecodeError, RecursionError, ValueError) as error:
        raise BadConsortium([ConsortiumProblem(path.name, f"no JSON in UTF-8: {error}")]) from error
    if not isinstance(data, dict) or not isinstance(data.get("members"), list):
        problem = 'write one object {"members": [...]}'
        raise BadConsortium([ConsortiumProblem(path.name, problem)])
    if len(data["members"]) > MOST_MEMBERS:
        problem = f"{len(data['members'])} members: check at most {MOST_MEMBERS}"
        raise BadConsortium([ConsortiumProblem("members", problem)])
    return data


def _partners(data: Mapping[str, Any], problems: list[ConsortiumProblem]) -> Iterator[Partner]:
    for number, member in enumerate(data["members"]):
        where = f"members[{number}]"
        if not isinstance(member, dict):
            problems.append(ConsortiumProblem(where, 'write an object {"organisation": …}'))
            continue
        read = _Member(member, where, problems)
        organisation = read.text("organisation")
        if not organisation:
            read.wrong("organisation", "it is missing: name the legal entity")
        yield Partner(
            organisation=organisation,
            country=read.country(),
            type=read.kind(),
            pic=read.pic(),
            same_entity_as=read.text("same_entity_as"),
            coordinator=read.flag("coordinator"),
        )


@dataclass(frozen=True, slots=True)
class _Member:
    """Reads one member's values; what is wrong is noted, and an empty value stands for it."""

    values: Mapping[str, Any]
    where: str
    problems: list[ConsortiumProblem]

    def text(self, name: str) -> str:
        value = self.values.get(name)
        if value is None:
            return ""
        if not isinstance(value, (str, int)) or isinstance(value, bool):
            self.wrong(name, "this is no text")
            return ""
        try:
            return plain_text(str(value), _NAME_LIMIT)
        except BadValue:
            self.wrong(name, f"use at most {_NAME_LIMIT} characters of plain text")
            return ""

    def country(self) -> str:
        text = self.text("country")
        code = country_code(text)
        if text and code is None:
            self.wrong("country", f"{text[:40]!r} is no country's code: write DE or KR, say")
        return code or ""

    def kind(self) -> str:
        text = self.text("type")
        try:
            return organisation_type(text) or "other"
        except BadValue:
            known = "university, rto, company, public, other"
            self.wrong("type", f"{text[:40]!r} is no type: write one of {known}")
            return "other"

    def pic(self) -> str:
        text = self.text("pic")
        try:
            return pic(text) or ""
        except BadValue:
            self.wrong("pic", f"{text[:40]!r} is no PIC: write its 9 digits")
            return ""

    def flag(self, name: str) -> bool:
        value = self.values.get(name) or False
        if not isinstance(value, bool):
            self.wrong(name, "write true or false")
        return value is True

    def wrong(self, name: str, problem: str) -> None:
        self.problems.append(ConsortiumProblem(f"{self.where}.{name}", problem))


def _letters(value: Any, problems: list[ConsortiumProblem]) -> dict[str, bool]:  # noqa: ANN401 - JSON
    """Read which team's letter is there: true or false for both, or an object or list by team."""
    if value is None:
        return {}
    if isinstance(value, bool):
        return dict.fromkeys(TEAMS, value)
    if isinstance(value, list):
        value = {name: True for name in value if isinstance(name, str)}
    if isinstance(value, dict) and all(
        str(name).lower() in _TEAM_NAMES and (letter is None or isinstance(letter, bool))
        for name, letter in value.items()
    ):
        return {
            _TEAM_NAMES[name.lower()]: letter
            for name, letter in value.items()
            if letter is not None
        }
    problem = 'write true, or {"left": true, "right": false}'
    problems.append(ConsortiumProblem("letters_of_intent", problem))
    return {}
