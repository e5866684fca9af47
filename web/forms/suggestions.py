"""The idea to search for and the filters of the suggestions; both live in the address."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from matchmaking.mix import Mix
from services.candidates import Filters, Options
from services.idea_search import IDEA_LIMIT
from web.edition_words import in_language
from web.forms.clean import options
from web.forms.profile import STAGES
from web.locale import country_name


class SuggestionsForm(FlaskForm):
    """Nothing is changed by it, so it needs no token."""

    class Meta:
        """Without a token, an address can be kept and shared."""

        csrf = False

    edition = HiddenField()
    idea = TextAreaField(
        _("Search for an idea"),
        description=_("A sentence or a paragraph, in English or Korean."),
        validators=[
            Length(max=IDEA_LIMIT, message=_("An idea may have 2,000 characters at most."))
        ],
    )
    field = SelectField(_("Field"), validate_choice=False)
    country = SelectField(_("Country"), validate_choice=False)
    stage = SelectField(_("Career stage"), validate_choice=False)

    def offer(self, occurring: Options) -> None:
        """Offer what occurs; a value that does not occur is no filter."""
        self.field.choices = _with_any(
            (one.slug, in_language(one, "name")) for one in occurring.fields
        )
        countries = ((code, country_name(code)) for code in occurring.countries)
        self.country.choices = _with_any(sorted(countries, key=lambda item: item[1]))
        self.stage.choices = _with_any((code, STAGES[code]) for code in occurring.career_stages)
        for choice in (self.field, self.country, self.stage):
            if choice.data not in dict(choice.choices):
                choice.data = ""

    @property
    def filters(self) -> Filters:
        """The filters as the services take them."""
        return Filters(self.field.data, self.country.data, self.stage.data)

    def words(self) -> list[tuple[str, Any]]:
        """Name the filters in force: the name of the field, and the label of its choice."""
        return [
            (choice.name, dict(choice.choices)[choice.data])
            for choice in (self.field, self.country, self.stage)
            if choice.data
        ]


class OrderForm(FlaskForm):
    """What somebody wants more of in their own list, and whether the list learns from them."""

    mix = RadioField(
        _("What would you like more of?"),
        choices=options(
            (
                (Mix.SIMILAR.value, _("Similar: work close to mine")),
                (Mix.BALANCED.value, _("Balanced")),
                (Mix.COMPLEMENTARY.value, _("Complementary: what I lack, or they do")),
                (Mix.EXPLORATORY.value, _("Exploratory: far from my work, with a bridge")),
            )
        ),
        validators=[InputRequired(_("Choose one."))],
    )
    learns = BooleanField(_("Learn from what I say of people"))


def _with_any(choices: Iterable[tuple[str, Any]]) -> list[tuple[str, Any]]:
    return [("", _("Any")), *choices]
