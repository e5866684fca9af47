"""The form that asks for the list of participants."""

from collections.abc import Sequence
from typing import Self

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice


class RegistrantListForm(FlaskForm):
    """Of whom, in which format, with addresses or without."""

    who = RadioField(
        _("Who stands in it"),
        default="",
        description=_(
            "A list of people from one file can be corrected and brought in again as that file. "
            "Who has confirmed their profile keeps it themselves, and is not in it."
        ),
    )
    kind = RadioField(
        _("Format"),
        default="csv",
        choices=[
            SelectChoice("csv", _("CSV, for any spreadsheet")),
            SelectChoice("xlsx", _("XLSX, for Excel")),
        ],
    )
    addresses = BooleanField(
        _("With mail addresses"),
        description=_(
            "Of people who agreed to it, and of those whom you brought. It is written down who "
            "took them, and when."
        ),
    )

    def for_sources(self, sources: Sequence[str]) -> Self:
        """Offer everybody, and the people of each file who have not confirmed yet."""
        files = [
            SelectChoice(one, _("From the file “%(source)s”, not confirmed yet", source=one))
            for one in sources
        ]
        self.who.choices = [SelectChoice("", _("Everybody who takes part")), *files]
        return self
