"""The form of one publication."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from models import Publication
from services import profile_values as values
from services.imports_works import ABSTRACT_LIMIT, EARLIEST, LATEST, VENUE_LIMIT, WorkRecord
from services.profile_values import BadValue
from web.forms.clean import Clean, options, read, whole_number, words

WEIGHTS = {"1": _("In full"), "0.5": _("Half"), "0": _("Not at all")}


def _year(text: str) -> int | None:
    year = whole_number(text)
    return None if year is None else values.whole(year, EARLIEST, LATEST)


def _weight(text: str) -> float:
    try:
        return float(text or "1")
    except ValueError:
        raise BadValue("bad-weight", value=text[:40]) from None


class PublicationForm(FlaskForm):
    """A publication by hand."""

    title = StringField(
        _("Title"),
        validators=[
            InputRequired(_("Write the title.")),
            Clean(lambda text: values.plain_text(text, values.TITLE_LIMIT)),
        ],
    )
    abstract = TextAreaField(
        _("Abstract"),
        description=_("Says most about your work: paste it if you have it."),
        validators=[Clean(lambda text: values.plain_text(text, ABSTRACT_LIMIT))],
    )
    authors = StringField(
        _("Authors"),
        description=_("As printed, with commas between."),
        validators=[Clean(lambda text: tuple(values.texts(words(text))))],
    )
    year = StringField(_("Year"), validators=[Clean(_year)])
    venue = StringField(
        _("Journal or conference"),
        validators=[Clean(lambda text: values.plain_text(text, VENUE_LIMIT))],
    )
    doi = StringField(
        _("DOI"), description=_("Such as 10.1000/182."), validators=[Clean(values.doi)]
    )
    weight = SelectField(
        _("Counts for your matches"),
        description=_("Old work that you have moved on from may count less."),
        choices=options(WEIGHTS.items()),
        default="1",
        validators=[Clean(_weight)],
    )

    def fill(self, row: Publication) -> None:
        """Show a stored publication."""
        shown: dict[str, Any] = {
            name: getattr(row, name) for name in ("title", "abstract", "venue")
        }
        shown |= {"authors": ", ".join(row.authors), "doi": row.doi or ""}
        shown |= {"year": str(row.year or ""), "weight": f"{row.weight:g}"}
        for name, value in shown.items():
            self[name].data = value
        if self.weight.data not in WEIGHTS:
            self.keep_weight(self.weight.data)

    def keep_weight(self, weight: str) -> None:
        """Offer a weight that came from a file, so that saving does not change it."""
        self.weight.choices = options((WEIGHTS | {weight: weight}).items())

    def work(self) -> WorkRecord:
        """Return the publication of a valid form."""
        names = ("title", "abstract", "authors", "year", "venue", "doi", "weight")
        return WorkRecord(**{name: read(self[name]) for name in names if name in self})
