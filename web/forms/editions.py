"""The form that brings people into an edition from a file."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired


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
