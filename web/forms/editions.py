"""The form that brings people into an edition from a file."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import StringField
from wtforms.validators import Length


class PeopleFileForm(FlaskForm):
    """A file of profiles. Its ids are the edition's, so that no other edition's people change."""

    file = FileField(
        _("File of profiles"),
        description=_(
            "JSON Lines, CSV or Excel (.xlsx), up to 30 MB. First it is only checked. "
            "The same id again is the same person."
        ),
        validators=[FileRequired(_("Choose a file."))],
    )
    listed_as = StringField(
        _("Name of the list"),
        description=_(
            "Only if you have several lists whose ids may be the same, such as one of each side: "
            "then give each its own name, and always the same."
        ),
        validators=[Length(max=20, message=_("Use at most 20 characters."))],
    )
