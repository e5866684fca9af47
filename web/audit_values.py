"""Values of the audit log as a reader sees them: moments on a clock, people by name, countries."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _

from models import Edition
from services.audit_reading import AuditPage, ids_of_people
from web.audit_names import PROGRAMME
from web.edition_state_words import STATES
from web.edition_words import in_short
from web.forms.edition_partners import LISTINGS
from web.locale import country_name

_LONGEST = 300
_MOMENTS = ("sign_up_until",)


def person(profile_id: int, page: AuditPage) -> str:
    """Name somebody as they are called today; who is gone has no name any more."""
    return page.people.get(profile_id) or str(_("somebody who left"))


def shown(name: str, value: Any, page: AuditPage, edition: Edition) -> str:  # noqa: ANN401
    """Tell a value; empty where there is none."""
    if value is None or value == "":
        return ""
    people = ids_of_people(name, value)
    if people:
        return ", ".join(person(one, page) for one in people)
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if name == "state" and value in STATES:
        return str(STATES[value])
    if name == "list_visibility":
        return str(LISTINGS.get(value, value))
    return _plainly(name, value, edition)[:_LONGEST]


def _plainly(name: str, value: Any, edition: Edition) -> str:  # noqa: ANN401 - as JSON holds it
    if isinstance(value, str) and (name.endswith("_at") or name in _MOMENTS):
        return in_short(datetime.fromisoformat(value), edition.left_zone)
    if isinstance(value, list) and name in ("left", "right"):
        return ", ".join(sorted(country_name(code) for code in value))
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    if name == "programme" and isinstance(value, dict):
        return _programme(value, edition)
    if isinstance(value, dict):
        return ", ".join(f"{key}: {one}" for key, one in value.items())
    return str(value)


def _programme(value: dict[str, Any], edition: Edition) -> str:
    parts = []
    for key, label in PROGRAMME.items():
        one = value.get(key)
        if key == "half_days":
            spans = [[datetime.fromisoformat(moment) for moment in half] for half in one or ()]
            one = "; ".join(
                " – ".join(in_short(moment, edition.left_zone) for moment in span) for span in spans
            )
        if key == "links":
            one = len(one or ())
        if one:
            parts.append(f"{label}: {one}")
    return ", ".join(parts)
