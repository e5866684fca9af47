"""The forms of an import: what to read, and each line of what was read."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, Field, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from services import profile_values as values
from services.countries import CODES
from services.pending_lines import ASKED, BY_LINES, FactLine, WorkLine
from web.forms.clean import Clean, lines, options
from web.forms.publication import PublicationForm
from web.locale import country_name

FACTS = {
    "name": _("Name"),
    "name_native": _("Name in your own script"),
    "orcid": _("ORCID iD"),
    "country": _("Country where you work"),
    "organisation": _("Organisation"),
    "topics": _("Topic"),
    "research": _("Your research"),
    "offers": _("You offer"),
    "needs": _("You need"),
}
HINTS = {
    "country": _("It puts you on one of the two sides: partners come from the other."),
    "research": _("What you do, how, and what comes next, in English or Korean."),
    "offers": _("One thing on each line, such as 40 nm test chips."),
    "needs": _("One thing on each line. Whoever offers it has a reason to meet you."),
}
_LIMITS = {
    "name": values.NAME_LIMIT,
    "name_native": values.NAME_LIMIT,
    "organisation": values.ORGANISATION_LIMIT,
    "research": values.RESEARCH_LIMIT,
    **dict.fromkeys(BY_LINES, 20_000),
}
_RULES: dict[str, Callable[[str], object]] = {
    "orcid": values.orcid,
    "country": values.country,
    **dict.fromkeys(BY_LINES, lambda text: values.texts(lines(text))),
}


class SourceForm(FlaskForm):
    """What to read: a pasted text, or a file; the kind is told from its first signs."""

    text = TextAreaField(
        _("Paste it here"),
        description=_("Your ORCID iD, BibTeX, RIS, a list of DOIs, or your author id at OpenAlex."),
        validators=[Optional()],
    )
    file = FileField(
        _("Or choose a file"),
        description=_(
            "Your ORCID record (JSON or XML), BibTeX, RIS, Web of Science, CSL-JSON, or a CV as "
            "PDF, up to 10 MB."
        ),
    )

    def data_given(self) -> bytes:
        """Give what was chosen or pasted, the file first."""
        if self.file.data:
            return bytes(self.file.data.read())
        return (self.text.data or "").encode()


class ReviewForm(FlaskForm):
    """Guards the page on which the lines are looked through; they have forms of their own."""


class _LineForm(FlaskForm):
    class Meta:
        csrf = False  # the page's form has the token

    keep = BooleanField(_("Keep"))


class FactForm(_LineForm):
    """One thing said of the person; its field ``value`` has the rule of its kind."""

    value: Field

    def line(self, before: FactLine) -> FactLine:
        """Give the line as the person wants it; what was asked for counts when it is answered."""
        text = "\n".join(lines(self.value.data or "")).strip()
        keep = bool(text) and (before.state == ASKED or bool(self.keep.data))
        return replace(before, value=text, keep=keep)


class WorkLineForm(_LineForm, PublicationForm):
    """One work."""

    def line(self, before: WorkLine) -> WorkLine:
        """Give the line as the person wants it."""
        work = replace(self.work(), weight=before.work.weight)
        return replace(before, work=work, keep=bool(self.keep.data))

    def fill_line(self, line: WorkLine) -> None:
        """Show a work as it was read."""
        work = line.work
        shown: dict[str, Any] = {"title": work.title, "abstract": work.abstract}
        shown |= {"venue": work.venue, "authors": ", ".join(work.authors), "doi": work.doi or ""}
        shown |= {"year": str(work.year or ""), "keep": line.keep}
        for name, value in shown.items():
            self[name].data = value


def fact_form(line: FactLine, prefix: str) -> FactForm:
    """Make the form of a fact; filled as it was read unless it was sent."""
    shape = type("OneFact", (FactForm,), {"value": _value_field(line.field)})
    made: FactForm = shape(prefix=prefix)
    if not made.is_submitted():
        made.value.data, made.keep.data = line.value, line.keep
    return made


def _value_field(name: str) -> Field:
    label, hint = FACTS[name], HINTS.get(name, "")
    rule = Clean(_RULES.get(name) or (lambda text: values.plain_text(text, _limit(name))))
    given: dict[str, Any] = {"description": hint, "validators": [Optional(), rule]}
    if name == "country":
        names = sorted(((code, country_name(code)) for code in CODES), key=lambda one: one[1])
        return SelectField(label, choices=options(names, _("Choose")), **given)
    long = name in ("research", *BY_LINES)
    return (TextAreaField if long else StringField)(label, **given)


def _limit(name: str) -> int:
    return _LIMITS.get(name, values.ITEM_LIMIT)


def work_form(line: WorkLine, prefix: str) -> WorkLineForm:
    """Make the form of a work; filled unless it was sent."""
    made = WorkLineForm(prefix=prefix)
    del made.weight
    if not made.is_submitted():
        made.fill_line(line)
    return made
