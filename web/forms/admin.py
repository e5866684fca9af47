"""The administrator's forms."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

ROLE_NAMES = {
    "coordinator": _("Coordinator"),
    "organiser": _("Organiser"),
    "administrator": _("Administrator"),
}
_EVERY_EDITION = ""


class RoleForm(FlaskForm):
    """A role for an account; an organiser's for one edition or for all."""

    role = SelectField(_("Role"), choices=[SelectChoice(*pair) for pair in ROLE_NAMES.items()])
    edition = SelectField(
        _("Edition"),
        description=_("For organisers only."),
        choices=[SelectChoice(_EVERY_EDITION, _("All editions, also later ones"))],
    )

    def offer_editions(self, names: dict[str, str]) -> None:
        """Offer the editions: their names by slug."""
        self.edition.choices = [
            *self.edition.choices,
            *(SelectChoice(*pair) for pair in names.items()),
        ]


class NewFieldForm(FlaskForm):
    """A new field of research."""

    slug = StringField(
        _("Short name"),
        description=_("For files and addresses, such as power-electronics. It stays as it is."),
        validators=[
            InputRequired(_("Write a short name.")),
            Length(max=60, message=_("Use at most %(max)d characters.")),
        ],
    )
    name_en = StringField(
        _("Name in English"),
        validators=[
            InputRequired(_("Write the name in English.")),
            Length(max=120, message=_("Use at most %(max)d characters.")),
        ],
    )
    name_ko = StringField(
        _("Name in Korean"),
        validators=[Length(max=120, message=_("Use at most %(max)d characters."))],
    )


class FieldNamesForm(NewFieldForm):
    """Other names for a field; the short name stays."""

    slug = None


class TopicForm(FieldNamesForm):
    """The names of a topic that the forum proposes."""
