"""The form that says what the columns of a foreign file mean: one choice for each."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectField

from matchmaking.column_names import likely_field
from services.imports_record import COLUMNS
from services.imports_rows import JOINED, LEFT_OUT, column_name

_FIELDS: dict[str, Any] = {
    "id": _("Id: your own key for the person"),
    "name": _("Name"),
    "name_native": _("Name in the person's own script"),
    "email": _("Mail address"),
    "orcid": _("ORCID iD"),
    "country": _("Country, as two letters"),
    "organisation": _("Organisation"),
    "ror": _("ROR id of the organisation"),
    "pic": _("PIC of the organisation"),
    "organisation_type": _("Type of organisation"),
    "career_stage": _("Career stage"),
    "gender": _("Gender"),
    "fields": _("Fields"),
    "topics": _("Topics"),
    "languages": _("Languages"),
    "research": _("Research"),
    "offers": _("What they offer"),
    "needs": _("What they need"),
    "publications": _("Publications"),
    "least_partners": _("Least partners"),
    "most_partners": _("Most partners"),
    "exclude": _("Whom they do not want to meet"),
}


class ColumnsForm(FlaskForm):
    """One choice for each column; made by ``columns_form``."""

    names: tuple[str, ...] = ()

    def chosen(self) -> dict[str, str]:
        """Give what each column was said to mean, by its name in the file."""
        return {name: self[f"c{number}"].data for number, name in enumerate(self.names)}


def field_names() -> Mapping[str, Any]:
    """Name the fields of the formats."""
    return _FIELDS


def columns_form(names: Sequence[str], known: Mapping[str, str]) -> ColumnsForm:
    """Make the form for a file's columns; what is known, or likely, is chosen already."""
    every = {LEFT_OUT: _("Leave this column out"), **_FIELDS}
    choices = [SelectChoice(value, label) for value, label in every.items()]
    likely = likely_columns(names, known)
    fields: dict[str, Any] = {
        f"c{number}": SelectField(name, choices=choices, default=likely[name])
        for number, name in enumerate(names)
    }
    made: type[ColumnsForm] = type("ColumnsForm", (ColumnsForm,), fields)
    form = made()
    form.names = tuple(names)
    return form


def likely_columns(names: Sequence[str], known: Mapping[str, str]) -> dict[str, str]:
    """Say what each column means or most likely means, no field twice that can be there once."""
    found = {name: _certain(name, known) for name in names}
    taken = set(found.values())
    for name in names:
        likely = likely_field(name) if not found[name] else ""
        if likely and (likely not in taken or (likely in JOINED and likely not in _own(names))):
            found[name] = likely
            taken.add(likely)
    if "name" not in taken:
        # A list of Koreans often has one name only, and everybody needs one.
        native = next((name for name in names if found[name] == "name_native"), None)
        if native is not None:
            found[native] = "name"
    return {name: field or LEFT_OUT for name, field in found.items()}


def _certain(name: str, known: Mapping[str, str]) -> str:
    own = column_name(name)
    return known.get(own) or (own if own in COLUMNS else "")


def _own(names: Sequence[str]) -> set[str]:
    return {column_name(name) for name in names}
