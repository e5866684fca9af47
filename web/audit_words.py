"""The audit log in words: acts, subjects, and the values before and after.

An act or a value without a word of its own is shown as it is written down.
"""

from dataclasses import dataclass

from flask import Flask
from flask_babel import lazy_gettext as _

from models import AuditEntry, Edition
from services.audit_reading import AuditPage
from web.audit_names import ACTS, NAMES, OF_SUBJECTS, SUBJECTS
from web.audit_values import person, shown
from web.consortium_words import ACTS as IN_CONSORTIA


@dataclass(frozen=True)
class Line:
    """One value that changed: what it is, before and after; empty where there was none."""

    name: str
    before: str
    after: str


def act_name(act: str) -> str:
    """Name what was done."""
    return str(ACTS.get(act) or IN_CONSORTIA.get(act, act.replace("-", " ")))


def subject_name(subject: str) -> str:
    """Name what it was done to."""
    return str(SUBJECTS[subject])


def value_name(subject: str, name: str) -> str:
    """Name a value of a subject."""
    known = OF_SUBJECTS.get((subject, name)) or NAMES.get(name)
    return str(known or name.replace("_", " "))


def lines_of(entry: AuditEntry, page: AuditPage, edition: Edition) -> list[Line]:
    """Lay out what changed, value by value, people by the names of today."""
    names = list(dict.fromkeys([*entry.before, *entry.after]))
    return [
        Line(
            value_name(entry.subject, name),
            shown(name, entry.before.get(name), page, edition),
            shown(name, entry.after.get(name), page, edition),
        )
        for name in names
    ]


def who(entry: AuditEntry, page: AuditPage) -> str:
    """Tell who did it."""
    if entry.actor_id is not None and entry.actor_id in page.actors:
        return page.actors[entry.actor_id] or str(_("somebody without a name"))
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
