"""The form of who sees which part of a profile."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField

from services.visibility_parts import PARTS
from web.forms.clean import options

_AS_THE_WHOLE = _("Everybody who sees my profile")
_LEVELS: dict[str, Any] = {
    "participants": _("Participants of my editions"),
    "matches": _("My matches"),
    "organisers": _("Organisers only"),
}
_NOBODY = {"nobody": _("Nobody")}

GENDERS: dict[str, Any] = {
    "female": _("Woman"),
    "male": _("Man"),
    "other": _("Neither, or I describe it otherwise"),
}


def _part(label: Any, levels: dict[str, Any], hint: Any = "") -> SelectField:  # noqa: ANN401 - lazy texts
    return SelectField(
        label, choices=options(levels.items(), _AS_THE_WHOLE), default="", description=hint
    )


class PartsForm(FlaskForm):
    """One choice for each part; no choice means that it is seen like the whole profile."""

    identity = _part(
        _("Name and organisation"),
        _LEVELS,
        _("Hidden names hide your publications too. Your country is always shown."),
    )
    research = _part(_("Research"), _LEVELS | _NOBODY)
    publications = _part(_("Publications"), _LEVELS | _NOBODY)
    exchange = _part(_("Offers and needs"), _LEVELS | _NOBODY)
    topics = _part(_("Fields and topics"), _LEVELS | _NOBODY)
    career = _part(_("Career stage and languages"), _LEVELS | _NOBODY)

    @property
    def levels(self) -> dict[str, str]:
        """The levels that were chosen, by part."""
        return {part: self[part].data for part in PARTS if self[part].data}
