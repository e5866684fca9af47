"""What the forms of an edition's parts share; services/edition_editing.py keeps the parts."""

from typing import Any, ClassVar

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField
from wtforms.validators import Length

from models import Edition
from services.edition_editing import PARTS, mark
from services.edition_writing import Values


def short(limit: int) -> Length:
    """Refuse what is longer."""
    return Length(max=limit, message=_("Use at most %(max)d characters."))


class PartForm(FlaskForm):
    """A part of an edition, and a mark of what it was when the page was made."""

    PART: ClassVar[str] = ""

    seen = HiddenField()

    def prepare(self, edition: Edition) -> None:
        """Offer what this edition has to choose from."""

    def fill(self, edition: Edition, values: Values) -> None:
        """Show what is stored."""
        del edition
        for name in PARTS[self.PART]:
            self[name].data = self.shown(name, values[name])
        self.keep_mark(values)

    def keep_mark(self, values: Values) -> None:
        """Take what is stored now for what the organiser has seen."""
        self.seen.data = mark(values)

    def shown(self, name: str, value: Any) -> Any:  # noqa: ANN401 - each field has its own type
        """Return a stored value as its field shows it."""
        del name
        return value

    def wish(self, edition: Edition) -> Values:
        """Return the values of a valid form, as the edition takes them."""
        del edition
        return {name: self[name].data for name in PARTS[self.PART]}
