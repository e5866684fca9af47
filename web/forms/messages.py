"""The forms of messages: writing one, and reporting one."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import InputRequired

from services import profile_values as values
from services.message_reports import REASON_LIMIT
from services.messages import TEXT_LIMIT
from web.forms.clean import Clean


class MessageForm(FlaskForm):
    """A message."""

    text = TextAreaField(
        _("Your message"),
        description=_("Plain text. Addresses of pages are not turned into links."),
        validators=[
            InputRequired(_("Write a message.")),
            Clean(lambda text: values.plain_text(text.replace("\r\n", "\n"), TEXT_LIMIT)),
        ],
    )


class ReportForm(FlaskForm):
    """Why somebody brings a message before the organisers."""

    reason = TextAreaField(
        _("What is wrong with it?"),
        validators=[Clean(lambda text: values.plain_text(text, REASON_LIMIT))],
    )
