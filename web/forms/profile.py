"""The forms of the profile, one for each step, by the rules of services/profile_values.py."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    Field,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from services import profile_values as values
from services.profiles import CHOICES, USUAL_VISIBILITY, check_contact, fingerprint
from web.forms.clean import Clean, lines, options, read, whole_number, words

STAGES = {
    "student": _("Student"),
    "doctoral": _("Doctoral researcher"),
    "postdoc": _("Postdoctoral researcher"),
    "early-career": _("Early career, with a group or project of my own"),
    "established": _("Established"),
}
TYPES = {
    "university": _("University"),
    "rto": _("Research and technology organisation"),
    "company": _("Company"),
    "public": _("Public body"),
    "other": _("Other"),
}
VISIBILITY_NAMES = {
    "participants": _("Signed-in participants of my editions"),
    "signed-in": _("Everybody who has signed in"),
    "matches": _("My matches, and the organisers of my editions"),
    "organisers": _("The organisers of my editions only"),
}


def _text(limit: int) -> Clean:
    return Clean(lambda text: values.plain_text(text, limit))


def _list(split: Any) -> Clean:  # noqa: ANN401 - one of the two ways to split a text
    return Clean(lambda text: tuple(values.texts(split(text))))


def _labels(field: Field, values: list[str]) -> list[str]:
    """Return what a reader sees for values: the labels of options, or the values themselves."""
    known = {option.value: str(option.label) for option in getattr(field, "choices", None) or ()}
    return [known.get(value, value) for value in values]


class StepForm(FlaskForm):
    """One step: some fields of the profile, and a mark of what they were when the page was made."""

    FIELDS: ClassVar[tuple[str, ...]] = ()

    seen = HiddenField()

    def fill(self, content: Mapping[str, Any]) -> None:
        """Show what is stored."""
        for name in self.FIELDS:
            self[name].data = self.shown(name, content[name])
        self.mark(content)

    def mark(self, content: Mapping[str, Any]) -> None:
        """Take what is stored now for what the person has seen."""
        self.seen.data = fingerprint(content, self.FIELDS)

    def shown(self, name: str, value: Any) -> Any:  # noqa: ANN401 - each field has its own type
        """Return a stored value as its field shows it."""
        if isinstance(value, tuple):
            return (", " if name in ("topics", "languages") else "\n").join(value)
        return "" if value is None else str(value)

    def told(self, name: str, value: Any) -> str:  # noqa: ANN401 - each field has its own type
        """Return a stored value in words."""
        shown = self.shown(name, value)
        return ", ".join(_labels(self[name], shown if isinstance(shown, list) else [shown]))

    def wish(self) -> dict[str, Any]:
        """Return the values of a valid form, as a profile takes them."""
        return {name: read(self[name]) for name in self.FIELDS}


class YouForm(StepForm):
    """Step 1: who somebody is."""

    FIELDS = (
        "name",
        "name_native",
        "country",
        "organisation",
        "organisation_type",
        "career_stage",
        "languages",
        "orcid",
        "phone",
    )

    name = StringField(
        _("Name"),
        description=_("In Latin letters, in the order that you use."),
        validators=[InputRequired(_("Write your name.")), _text(values.NAME_LIMIT)],
    )
    name_native = StringField(
        _("Name in your own script"),
        description=_("For example in Hangul."),
        validators=[_text(values.NAME_LIMIT)],
    )
    country = SelectField(
        _("Country where you work"),
        validators=[InputRequired(_("Choose a country.")), Clean(values.country)],
    )
    organisation = StringField(
        _("Organisation"),
        description=_("Type a name or an acronym, in English or Korean. Free text is fine."),
        validators=[_text(values.ORGANISATION_LIMIT)],
    )
    organisation_type = SelectField(
        _("Kind of organisation"),
        choices=options(TYPES.items(), _("Choose")),
        default="",
        validators=[Clean(values.organisation_type)],
    )
    career_stage = SelectField(
        _("Career stage"),
        choices=options(STAGES.items(), _("Choose")),
        default="",
        validators=[Clean(values.career_stage)],
    )
    languages = StringField(
        _("Languages you can work in"),
        description=_("With commas between, such as Korean, English."),
        validators=[_list(words)],
    )
    orcid = StringField(
        _("ORCID iD"),
        description=_("Sixteen signs, such as 0000-0002-1825-0097."),
        validators=[Clean(values.orcid)],
    )
    phone = StringField(
        _("Telephone"),
        description=_("Shown to a partner when both of you have agreed, and to nobody else."),
        validators=[Clean(check_contact)],
    )

    def offer_countries(self, names: Iterable[tuple[str, str]]) -> None:
        """Offer countries as (code, name)."""
        self.country.choices = options(names, _("Choose"))


class WorkForm(StepForm):
    """Step 2: what somebody works on."""

    FIELDS = ("research", "fields", "topics")

    research = TextAreaField(
        _("Your research"),
        description=_("In English or Korean or both. What you do, how, and what comes next."),
        validators=[_text(values.RESEARCH_LIMIT)],
    )
    fields = SelectMultipleField(
        _("Fields"), option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )
    proposed = SelectMultipleField(
        _("Topics"), option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )
    topics = StringField(
        _("Other topics"),
        description=_("A few words of your own, with commas between."),
        validators=[_list(words)],
    )

    def offer_fields(self, names: Iterable[tuple[str, str]]) -> None:
        """Offer fields of research as (slug, name)."""
        self.fields.choices = options(names)

    def offer_topics(self, names: Iterable[tuple[str, str]]) -> None:
        """Offer topics as (text that a profile keeps, name)."""
        self.proposed.choices = options(names)

    def fill(self, content: Mapping[str, Any]) -> None:
        """Show what is stored: the topics of the list as ticks, all others as words."""
        super().fill(content)
        known = {choice.value for choice in self.proposed.choices or ()}
        self.proposed.data = [text for text in content["topics"] if text in known]
        self.topics.data = ", ".join(text for text in content["topics"] if text not in known)

    def shown(self, name: str, value: Any) -> Any:  # noqa: ANN401 - each field has its own type
        """Return a stored value as its field shows it; the fields are boxes that are ticked."""
        return list(value) if name == "fields" else super().shown(name, value)

    def wish(self) -> dict[str, Any]:
        """Return the values of a valid form."""
        chosen = tuple(sorted(self.fields.data or ()))
        topics = tuple(dict.fromkeys((*(self.proposed.data or ()), *read(self.topics))))
        return {"research": read(self.research), "topics": topics, "fields": chosen}


class ExchangeForm(StepForm):
    """Step 3: what somebody offers, and what they need."""

    FIELDS = ("offers", "needs")

    offers = TextAreaField(
        _("You offer"), description=_("One thing on each line."), validators=[_list(lines)]
    )
    needs = TextAreaField(
        _("You need"), description=_("One thing on each line."), validators=[_list(lines)]
    )


class MeetingForm(StepForm):
    """Step 5: how many partners, and who sees the profile once it is published."""

    FIELDS = ("least_partners", "most_partners")

    least_partners = StringField(
        _("At least"), validators=[Clean(lambda text: _partners(whole_number(text)))]
    )
    most_partners = StringField(
        _("At most"), validators=[Clean(lambda text: _partners(whole_number(text)))]
    )

    visibility = RadioField(
        _("Who may see it, once it is published"),
        choices=options((code, VISIBILITY_NAMES[code]) for code in CHOICES),
        default=USUAL_VISIBILITY,
        validators=[InputRequired(_("Choose who may see it."))],
    )

    def validate_most_partners(self, field: StringField) -> None:
        """Refuse a most below the least, beside the field."""
        if self.least_partners.errors:
            return
        least = read(self.least_partners)
        Clean(lambda text: values.in_order(least, whole_number(text)))(self, field)


def _partners(number: int | None) -> int | None:
    return None if number is None else values.partners(number)
