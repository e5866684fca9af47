"""Mailings in words: for whom they are, where their link leads, and what became of a mail."""

from collections.abc import Mapping

from flask import Flask
from flask_babel import lazy_gettext as _

from models import Edition, Mailing
from web.edition_words import edition_name
from web.locale import page_language

GROUPS: Mapping[str, str] = {
    "everybody": _("All participants"),
    "unconfirmed": _("Imported people who have not confirmed their profile"),
    "unagreed": _("People who have not agreed to what lists and rounds need"),
    "published": _("People with partners in the published round"),
    "unpaired": _("People without a partner in the published round"),
    "meeting": _("People with an agreed meeting"),
    "no-meeting": _("People without any meeting, agreed or proposed"),
    "unplaced": _("People with a published partner and no meeting with them yet"),
    "checked-in": _("People who were checked in at the event"),
    "no-show": _("People who did not come"),
    "waiting": _("People who wait for a place"),
}

LINKS: Mapping[str, str] = {
    "edition": _("The page of the edition"),
    "profile": _("The reader's own profile"),
    "suggestions": _("The reader's suggestions"),
    "matches": _("The reader's matches, once they are published"),
    "meetings": _("The reader's meetings"),
    "outcomes": _("The questions on what came of meetings"),
}

STATES: Mapping[str, str] = {
    "draft": _("draft"),
    "queued": _("being written"),
    "sending": _("on its way"),
    "done": _("done"),
    "cancelled": _("cancelled"),
}

OUTCOMES: Mapping[str, str] = {
    "waiting": _("waits"),
    "sent": _("sent"),
    "refused": _("refused by the server"),
    "interrupted": _("interrupted at the very end; it has probably arrived"),
    "mail-bounced": _("came back later"),
    "no-address": _("left out: no mail address"),
    "no-consent": _("left out: has not agreed to mails"),
    "unsubscribed": _("left out: unsubscribed"),
    "bounced": _("left out: mails to this address came back"),
    "same-address": _("left out: the address got it for somebody else"),
    "cancelled": _("left out: the mailing was cancelled"),
}
"""By ``services.mailing_progress``: what became of a mail, or why there is none."""


def mailing_title(mailing: Mailing, edition: Edition) -> str:
    """Call a mailing by its subject, as the page's reader reads it."""
    subject: str = getattr(mailing, f"subject_{page_language()}") or mailing.subject_en
    return subject.replace("{edition}", edition_name(edition))


def init_app(app: Flask) -> None:
    """Give templates the words."""
    app.jinja_env.filters["mailing_title"] = mailing_title
    for name, words in (
        ("mailing_group", GROUPS),
        ("mailing_link", LINKS),
        ("mailing_state", STATES),
        ("mailing_outcome", OUTCOMES),
    ):
        app.jinja_env.filters[name] = words.__getitem__
