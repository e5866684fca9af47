"""The form that says on which pairs the matcher is scored."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from models import Edition
from web.edition_words import edition_name


class GoodPairsForm(FlaskForm):
    """Whose participants, and which of their pairs are known to be good."""

    edition = SelectField(
        _("Edition"),
        description=_("Its participants are the candidates among whom a partner is looked for."),
        validate_choice=True,
    )
    source = RadioField(
        _("Which pairs are good?"),
        choices=[
            SelectChoice("meetings", _("Those whose meeting one of the two found useful")),
            SelectChoice("round", _("Those of the last round")),
            SelectChoice("file", _("Those in a file")),
        ],
        default="meetings",
    )
    file = FileField(
        _("File of pairs"),
        description=_(
            "CSV with the columns left_id and right_id. "
            "People go by the id of their import or by e-mail address."
        ),
    )

    def offer(self, editions: Sequence[Edition]) -> None:
        """Offer the editions that this account organises."""
        self.edition.choices = [SelectChoice(one.slug, edition_name(one)) for one in editions]

    def validate_file(self, field: FileField) -> None:
        """Ask for the file only where the pairs are in one."""
        if self.source.data == "file" and not field.data:
            raise ValidationError(_("Choose a file."))
