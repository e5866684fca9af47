"""The forms for an edition's countries and fields."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from models import Edition
from services.edition_editing import PARTS
from services.edition_writing import Values
from web.country_list import read_countries, write_countries
from web.edition_words import side_name
from web.forms.clean import options
from web.forms.edition_part import PartForm


class SidesForm(PartForm):
    """The two lists of countries of an edition, by name or code."""

    PART = "sides"

    left = TextAreaField(validators=[InputRequired(_("Name at least one country."))])
    right = TextAreaField(validators=[InputRequired(_("Name at least one country."))])

    def prepare(self, edition: Edition) -> None:
        """Name the fields as the sides are."""
        for side in ("left", "right"):
            self[side].label.text = side_name(edition, side)

    def shown(self, name: str, value: Any) -> str:  # noqa: ANN401 - as in the parent
        """Write the countries by name."""
        del name
        return write_countries(value)

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - as in the parent
        """Refuse what is no country."""
        good: bool = super().validate(extra_validators)
        for field in (self.left, self.right):
            unknown = ", ".join(read_countries(field.data or "").unknown)
            if unknown:
                text = _("No country is called %(names)s. Check the spelling.", names=unknown)
                field.errors = [*field.errors, text]
                good = False
        return good

    def wish(self, edition: Edition) -> Values:
        """Return both lists of codes."""
        del edition
        return {side: sorted(read_countries(self[side].data).codes) for side in PARTS["sides"]}


class FieldsForm(PartForm):
    """The fields of research that an edition is about."""

    PART = "fields"

    fields = SelectMultipleField(
        _("Fields"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validators=[InputRequired(_("Choose at least one field."))],
    )

    def offer(self, names: Iterable[tuple[str, str]]) -> None:
        """Offer the fields of the installation: (slug, name)."""
        self.fields.choices = options(names)

    def wish(self, edition: Edition) -> Values:
        """Return the chosen fields, in the order in which they are stored."""
        del edition
        return {"fields": sorted(self.fields.data or ())}
