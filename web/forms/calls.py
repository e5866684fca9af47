"""The form in which a coordinator says whom they look for."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from models import Edition
from services.profile_values import BadValue, texts
from services.wanted_roles import MOST_ROLES
from web.edition_words import side_name
from web.forms.clean import lines
from web.import_words import sentence


class WantedRolesForm(FlaskForm):
    """Roles, one on each line, and where they are to be taken."""

    roles = TextAreaField(
        _("Roles"),
        description=_(
            "One on each line, up to %(most)s, such as: hybrid bonding of chiplets below 200 °C. "
            "Nothing here takes your search back.",
            most=MOST_ROLES,
        ),
    )
    side = RadioField(_("Where"), default="")

    def offer(self, edition: Edition) -> None:
        """Name the two sides."""
        self.side.choices = [
            SelectChoice("", _("On either side")),
            SelectChoice("left", side_name(edition, "left")),
            SelectChoice("right", side_name(edition, "right")),
        ]

    def validate_roles(self, field: TextAreaField) -> None:
        """Refuse what the service refuses, beside the field."""
        try:
            found = texts(lines(field.data or ""))
        except BadValue as error:
            raise ValidationError(sentence(error.code, error.values)) from error
        if len(found) > MOST_ROLES:
            values = {"limit": MOST_ROLES, "length": len(found)}
            raise ValidationError(sentence("too-many-items", values))
