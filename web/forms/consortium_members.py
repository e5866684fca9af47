"""Forms about members of a consortium: partners from outside, invitations, tasks and notes."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from models import ConsortiumRole
from services import profile_values as values
from services.consortium_entities import Entity
from services.consortium_inviting import MOST_DAYS, REASON_LIMIT, USUAL_DAYS
from services.consortium_work import NOTE_LIMIT
from services.profile_values import ITEM_LIMIT, ORGANISATION_LIMIT
from web.consortium_words import SEATS
from web.country_list import country_choices
from web.forms.call_values import between
from web.forms.clean import Clean, options
from web.forms.profile import TYPES


def _text(limit: int) -> Clean:
    return Clean(lambda text: values.plain_text(text, limit))


class PartnerForm(FlaskForm):
    """A partner from outside, or what is said of a member by hand."""

    organisation = StringField(_("Organisation"), validators=[_text(ORGANISATION_LIMIT)])
    country = SelectField(_("Country"), default="")
    type = SelectField(
        _("Kind of organisation"), choices=options(TYPES.items(), _("Not known")), default=""
    )
    pic = StringField(
        _("PIC"),
        description=_("Nine digits, from the register of participants of the Union."),
        validators=[Clean(values.pic)],
    )
    role = SelectField(_("Role"), default="")
    same_as = SelectField(
        _("One legal entity with"),
        description=_("Such as a university and its cooperation foundation: one partner."),
        default="",
    )

    def offer(self, roles: Iterable[ConsortiumRole], others: Iterable[Entity]) -> None:
        """Offer countries, roles, and the members that it may be one with."""
        self.country.choices = options(country_choices(), _("Not said"))
        self.role.choices = options(((str(one.id), one.text) for one in roles), _("No role yet"))
        names = ((str(one.member.id), one.label) for one in others)
        self.same_as.choices = options(names, _("Nobody: it is independent"))


class InvitationForm(FlaskForm):
    """Why this person, and what they may do in the workspace."""

    reason = TextAreaField(
        _("Why you ask this person"),
        description=_("They read it in the invitation, with the role. Write in their language."),
        validators=[InputRequired(_("Say why you ask.")), _text(REASON_LIMIT)],
    )
    seat = SelectField(
        _("Seat in the workspace"),
        choices=options((name, SEATS[name]) for name in ("member", "co-coordinator", "reader")),
        default="member",
    )
    days = StringField(
        _("Days until it ends"), default=str(USUAL_DAYS), validators=[between(1, MOST_DAYS)]
    )


class AnswerForm(FlaskForm):
    """What somebody who accepts agrees to."""

    shows_contact = BooleanField(
        _("The team may see my mail address, also in its exports"),
        description=_("You can take this back by leaving the consortium."),
    )


class NoteForm(FlaskForm):
    """A note for the team or for oneself."""

    text = TextAreaField(
        _("Note"), validators=[InputRequired(_("Write something.")), _text(NOTE_LIMIT)]
    )
    own = BooleanField(_("For me alone"))


class TaskForm(FlaskForm):
    """Something to do."""

    text = StringField(
        _("What is to be done"),
        validators=[InputRequired(_("Write what is to be done.")), _text(ITEM_LIMIT)],
    )
    due_on = DateField(_("By"), validators=[Optional()])
    member = SelectField(_("Who"), default="")

    def offer(self, members: Iterable[tuple[str, str]]) -> None:
        """Offer the members who may do it."""
        self.member.choices = options(members, _("Nobody yet"))
