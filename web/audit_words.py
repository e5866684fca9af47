"""The audit log in words: acts, subjects, and the values before and after.

An act or a value without a word of its own is shown as it is written down.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Flask
from flask_babel import lazy_gettext as _

from models import AuditEntry, Edition
from services.audit_reading import AuditPage, ids_of_people
from web.edition_state_words import STATES
from web.edition_words import in_short
from web.forms.edition_parts import LISTINGS
from web.locale import country_name

SUBJECTS = {
    "edition": _("Edition"),
    "registrant": _("Registrant"),
    "round": _("Round"),
    "pair": _("Pair"),
    "session": _("Session"),
    "meeting": _("Meeting"),
    "mailing": _("Mailing"),
    "call": _("Call"),
    "preset": _("Preset of rules"),
    "consortium": _("Consortium"),
}
ACTS = {
    "created": _("created"),
    "cloned": _("made after an earlier edition"),
    "opened": _("opened"),
    "back-to-draft": _("taken back to a draft"),
    "closed": _("registration closed"),
    "reopened": _("registration opened again"),
    "matched": _("marked as matched"),
    "back-to-closed": _("taken back to closed"),
    "published": _("published"),
    "withdrawn": _("withdrawn"),
    "over": _("ended"),
    "changed-texts": _("names or texts changed"),
    "changed-dates": _("dates changed"),
    "changed-sides": _("countries changed"),
    "changed-fields": _("fields changed"),
    "changed-partners": _("numbers of partners changed"),
    "changed-programme": _("programme changed"),
    "changed-listing": _("who sees the list changed"),
    "changed": _("changed"),
    "added": _("added"),
    "removed": _("removed"),
}
_NAMES = {
    "state": _("State"),
    "slug": _("Short name"),
    "source": _("After"),
    "name_en": _("Name in English"),
    "name_ko": _("Name in Korean"),
    "text_en": _("Text in English"),
    "text_ko": _("Text in Korean"),
    "left_name_en": _("First side, in English"),
    "left_name_ko": _("First side, in Korean"),
    "left_zone": _("First side's clock"),
    "right_name_en": _("Second side, in English"),
    "right_name_ko": _("Second side, in Korean"),
    "right_zone": _("Second side's clock"),
    "opens_at": _("Registration opens"),
    "closes_at": _("Registration closes"),
    "starts_at": _("The forum begins"),
    "ends_at": _("The forum ends"),
    "left": _("First side"),
    "right": _("Second side"),
    "fields": _("Fields"),
    "least_partners": _("Least partners"),
    "most_partners": _("Most partners"),
    "least_early_career": _("Least partners early in a career"),
    "least_newcomers": _("Least partners of people who are here for the first time"),
    "capacity_left": _("Places on the first side"),
    "capacity_right": _("Places on the second side"),
    "programme": _("Programme"),
    "list_visibility": _("Who may read the list of participants"),
    "published": _("Published"),
    "published_at": _("Published"),
    "meet_again": _("May people meet again"),
}
_PROGRAMME = {
    "slot_minutes": _("minutes a slot"),
    "tables": _("tables"),
    "half_days": _("hours"),
    "links": _("rooms"),
}
_LONGEST = 300


@dataclass(frozen=True)
class Line:
    """One value that changed: what it is, before and after; empty where there was none."""

    name: str
    before: str
    after: str


def act_name(act: str) -> str:
    """Name what was done."""
    return str(ACTS.get(act, act.replace("-", " ")))


def subject_name(subject: str) -> str:
    """Name what it was done to."""
    return str(SUBJECTS[subject])


def lines_of(entry: AuditEntry, page: AuditPage, edition: Edition) -> list[Line]:
    """Lay out what changed, value by value, people by the names of today."""
    names = list(dict.fromkeys([*entry.before, *entry.after]))
    return [
        Line(
            str(_NAMES.get(name, name.replace("_", " "))),
            _shown(name, entry.before.get(name), page, edition),
            _shown(name, entry.after.get(name), page, edition),
        )
        for name in names
    ]


def _shown(name: str, value: Any, page: AuditPage, edition: Edition) -> str:  # noqa: ANN401
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
    if isinstance(value, str) and name.endswith("_at"):
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
    for key, label in _PROGRAMME.items():
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


def person(profile_id: int, page: AuditPage) -> str:
    """Name somebody as they are called today; who is gone has no name any more."""
    return page.people.get(profile_id) or str(_("somebody who left"))


def who(entry: AuditEntry, page: AuditPage) -> str:
    """Tell who did it."""
    if entry.actor_id is not None and entry.actor_id in page.actors:
        return page.actors[entry.actor_id]
    return str(_("somebody who left") if entry.by_person else _("the worker or a command"))


def about(entry: AuditEntry, page: AuditPage) -> str:
    """Tell which one it was done to, beside its kind: a person's name, or nothing."""
    if entry.subject == "registrant" and entry.subject_id is not None:
        return person(entry.subject_id, page)
    return ""


def init_app(app: Flask) -> None:
    """Give templates the words."""
    app.jinja_env.filters["audit_act"] = act_name
    app.jinja_env.filters["audit_subject"] = subject_name
    app.jinja_env.globals.update(audit_who=who, audit_about=about, audit_subjects=SUBJECTS)
