"""Forms of the consortia: beginning one, its frame, roles, and who wants to be asked."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from models import Call, Edition
from services import profile_values as values
from services.consortia import IDEA_LIMIT, TITLE_LIMIT
from services.profile_values import ITEM_LIMIT
from web.edition_words import in_language, side_name
from web.forms.call_values import between
from web.forms.clean import Clean, options
from web.forms.profile import TYPES
from web.rule_words import preset_name


def _text(limit: int) -> Clean:
    return Clean(lambda text: values.plain_text(text, limit))


class NewConsortiumForm(FlaskForm):
    """A call, an idea, or both."""

    title = StringField(
        _("Working title"),
        validators=[InputRequired(_("Give it a working title.")), _text(TITLE_LIMIT)],
    )
    call = SelectField(_("Call"), default="")
    preset = SelectField(
        _("Rules, where there is no call"),
        description=_("With a call, its own rules hold."),
        default="none",
    )
    idea = TextAreaField(
        _("The idea"),
        description=_(
            "A few paragraphs, in English or Korean. Only the team reads it; people are compared "
            "with the roles."
        ),
        validators=[_text(IDEA_LIMIT)],
    )
    split = BooleanField(_("Propose roles from the call or the idea"), default=True)

    def offer(self, calls: list[Call], presets: list[str]) -> None:
        """Offer the edition's calls and rules."""
        names = [(str(call.id), in_language(call, "title")) for call in calls]
        self.call.choices = options(names, _("No call yet"))
        self.preset.choices = options((name, preset_name(name)) for name in presets)


class FrameForm(FlaskForm):
    """What the consortium is about."""

    title = StringField(
        _("Working title"),
        validators=[InputRequired(_("Give it a working title.")), _text(TITLE_LIMIT)],
    )
    idea = TextAreaField(_("The idea"), validators=[_text(IDEA_LIMIT)])
    size_least = StringField(
        _("Members at least"),
        validators=[InputRequired(_("Give a whole number, such as 5.")), between(2, 12)],
    )
    size_most = StringField(
        _("Members at most"),
        validators=[InputRequired(_("Give a whole number, such as 8.")), between(2, 12)],
    )
    listed = BooleanField(
        _("Others who build for this call may know of us"),
        description=_("They see the working title and who coordinates, nothing else."),
    )


class RoleForm(FlaskForm):
    """A part that is to be filled."""

    text = StringField(
        _("What is needed"),
        validators=[InputRequired(_("Say what is needed.")), _text(ITEM_LIMIT)],
    )
    weight = SelectField(
        _("How much it counts"),
        choices=options(
            (
                ("5", _("Nothing works without it")),
                ("4", _("Very much")),
                ("3", _("Much")),
                ("2", _("Somewhat")),
                ("1", _("A little")),
            )
        ),
        default="3",
    )
    side = SelectField(_("Where"), default="")
    organisation_type = SelectField(
        _("Kind of organisation"), choices=options(TYPES.items(), _("Any")), default=""
    )

    def offer(self, edition: Edition) -> None:
        """Name the two sides."""
        names = [(side, side_name(edition, side)) for side in ("left", "right")]
        self.side.choices = options(names, _("On either side"))


class RequestsForm(FlaskForm):
    """Whether one wants to be asked into consortia."""

    seeks_team = BooleanField(
        _("I look for a consortium"),
        description=_("Coordinators whom you fit see it beside your name."),
    )
    most_waiting = StringField(
        _("Requests that may wait for my answer at once"),
        description=_("0 for none; empty for as many as the edition lets wait."),
        validators=[Optional(), between(0, 20)],
    )
