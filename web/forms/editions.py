"""The form that brings people into an edition from a file."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import StringField

from services import profile_values as values
from web.forms.clean import Clean

SOURCE_LIMIT = 60


class PeopleFileForm(FlaskForm):
    """A file of profiles, and whose ids it uses."""

    file = FileField(
        _("File of profiles"),
        description=_("JSON Lines, CSV or Excel (.xlsx), up to 30 MB. First it is only checked."),
        validators=[FileRequired(_("Choose a file."))],
    )
    source = StringField(
        _("Name of the source"),
        description=_(
            "Whose ids stand in the file. The same id from the same source is the same person."
        ),
        validators=[Clean(lambda text: values.plain_text(text, SOURCE_LIMIT))],
    )
