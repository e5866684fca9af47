"""Mailings to begin from, written in both languages for the organiser to change."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import current_app
from flask_babel import lazy_gettext as _

from services.mailings import MailingDraft
from web.locale import LANGUAGES, speaking


@dataclass(frozen=True, slots=True)
class ReadyMailing:
    """One to begin from: what it is called, for whom it is, and where its link leads."""

    name: str
    audience: str
    leads_to: str


READY: Mapping[str, ReadyMailing] = {
    "registration-open": ReadyMailing(_("Registration is open"), "everybody", "edition"),
    "complete-profile": ReadyMailing(_("Please complete your profile"), "everybody", "profile"),
    "matches-published": ReadyMailing(_("Your matches are published"), "published", "matches"),
    "schedule-changed": ReadyMailing(_("The schedule has changed"), "meeting", "meetings"),
    "thanks": ReadyMailing(_("Thank you, and a few questions"), "meeting", "outcomes"),
}
"""By the name of their texts in ``templates/mailings/ready``."""


def ready_draft(kind: str) -> MailingDraft:
    """Give the draft of a kind, an empty one for a kind that is not known."""
    if kind not in READY:
        return MailingDraft("", "", "", "")
    texts: dict[str, str] = {}
    for language in LANGUAGES:
        with speaking(language):
            template = current_app.jinja_env.get_template(f"mailings/ready/{kind}.txt")
            module = template.make_module({})
        texts[f"subject_{language}"] = str(getattr(module, "subject"))  # noqa: B009 - set there
        texts[f"body_{language}"] = str(module).strip()
    chosen = READY[kind]
    return MailingDraft(**texts, audience=chosen.audience, leads_to=chosen.leads_to)
