"""The form that says what the columns of a foreign file mean: one choice for each."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectField

from services.imports_rows import LEFT_OUT
from services.likely_columns import likely_columns

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
