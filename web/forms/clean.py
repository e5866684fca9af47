"""Fields of forms read by the rules of the services, so that a page and a file say the same."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from services.profile_values import BadValue
from web.import_words import sentence

_LINES = re.compile(r"\n+")
_BETWEEN = re.compile(r"[\n,;、]+")


class Clean:
    """Refuses what a rule of services/profile_values.py refuses, in words, beside the field."""

    def __init__(self, read: Callable[[str], object]) -> None:
        self.read = read

    def __call__(self, _form: FlaskForm, field: Field) -> None:
        """Check one field."""
        try:
            self.read(field.data or "")
        except BadValue as error:
            raise ValidationError(sentence(error.code, error.values)) from error


def read(field: Field) -> Any:  # noqa: ANN401 - each rule has its own type
    """Give a valid field's value as the profile takes it: what its rule made of the text."""
    rules = [check for check in field.validators if isinstance(check, Clean)]
    return rules[0].read(field.data or "")


def whole_number(text: str) -> int | None:
    """Read a number of up to nine digits; None for nothing.

    Raises
    ------
    BadValue
    """
    bare = text.strip()
    if not bare:
        return None
    if not (bare.isascii() and bare.isdecimal() and len(bare) < 10):
        raise BadValue("not-whole", value=bare[:40])
    return int(bare)


def options(names: Iterable[tuple[str, Any]], empty: Any = None) -> list[SelectChoice]:  # noqa: ANN401 - a label may be lazy
    """Make the options of a list from (value, label); ``empty`` labels the choice of none."""
    first = [] if empty is None else [SelectChoice("", empty)]
    return first + [SelectChoice(value, label) for value, label in names]


def lines(text: str) -> list[str]:
    """Split a text into its lines."""
    return _LINES.split(text.replace("\r", "\n"))


def words(text: str) -> list[str]:
    """Split a text at commas, semicolons and line ends."""
    return _BETWEEN.split(text.replace("\r", "\n"))
