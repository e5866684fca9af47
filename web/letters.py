"""Letters in words: every language of the site in one short plain mail, with one link."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import current_app, has_request_context, request

from services.address_keys import ACCOUNT
from services.consents import is_notice
from services.mail import Letter, Written
from web.address_keys import unsubscribe_path
from web.config import settings
from web.locale import LANGUAGES, speaking
from web.meeting_words import as_calendar

# Where a mail's one link leads; those with a token carry it in the address.
_LINKS = {
    "confirm": "accounts.confirm",
    "orcid-confirm": "accounts.orcid_confirm",
    "orcid-linked": "accounts.settings",
    "already": "accounts.forgotten",
    "reset": "accounts.reset",
    "password-changed": "accounts.forgotten",
    "move": "accounts.move",
    "move-taken": "accounts.forgotten",
    "coordinator-granted": "front.index",
    "coordinator-declined": "accounts.settings",
    "both-interested": "reactions.partners",
    "meeting-proposed": "meetings.show",
    "meeting-from-round": "meetings.show",
    "meeting-another-time": "meetings.show",
    "meeting-agreed": "meetings.show",
    "meeting-declined": "meetings.show",
    "meeting-time-kept": "meetings.show",
    "meeting-cancelled": "meetings.show",
    "meeting-moved": "meetings.show",
    "meeting-removed": "meetings.show",
    "meeting-gone": "meetings.index",
    "meeting-reminder": "meetings.show",
    "meeting-review": "meetings.index",
    "meeting-outcome": "meetings.outcomes",
    "session-place": "sessions.show",
    "session-changed": "sessions.show",
    "session-cancelled": "sessions.show",
    "session-reminder": "sessions.show",
    "message": "messages.index",
    "round-published": "my_matches.index",
    "round-changed": "my_matches.index",
    "team-invitation": "team_invitations.show",
    "team-answered": "consortia.show",
    "team-ended": "consortia.index",
    "place-given": "editions.show",
    "invitation": "invitations.show",
    "removed": "editions.show",
    "round-withdrawn": "editions.show",
}


def write(letter: Letter) -> Written:
    """Write a letter: the subject in the reader's language, the text in that one first.

    Where nobody knows what the reader speaks, the subject has every language too.
    """
    languages = sorted(LANGUAGES, key=lambda language: language != letter.language)
    parts = [_in_language(letter, language) for language in languages]
    endpoint = _LINKS.get(letter.kind)
    link = _link(endpoint, letter) if endpoint else ""
    known = 1 if letter.language in LANGUAGES else len(parts)
    subject = " / ".join(part.subject for part in parts[:known])
    body = "\n\n".join([*(part.body for part in parts), *([link] if link else []), SIGNED])
    return Written(subject, body + "\n", _calendar(letter, languages[0]), _end_of_such(letter))


def link_base() -> str:
    """Give the address that links in mails begin with, without a slash at the end.

    The Host header of a request is believed only if it was checked against TRUSTED_HOSTS or names
    this very machine: whoever asks for somebody else's reset link could send any other.
    """
    chosen = settings()
    if chosen.public_url:
        return chosen.public_url.rstrip("/")
    if has_request_context() and (chosen.trusted_hosts or _is_this_machine(request.host_url)):
        return request.url_root.rstrip("/")
    return f"http://{chosen.host}:{chosen.port}"


SIGNED = "-- \nIeum 이음\nJoint EU – Republic of Korea Semiconductors Researchers Forum"


def _in_language(letter: Letter, language: str) -> Written:
    with speaking(language):
        template = current_app.jinja_env.get_template(f"email/{letter.kind}.txt")
        module = template.make_module(dict(letter.facts))
    return Written(str(getattr(module, "subject")).strip(), str(module).strip())  # noqa: B009 - set in the template


def _link(endpoint: str, letter: Letter) -> str:
    values: dict[str, str | int] = {"token": letter.token} if letter.token else {}
    path = current_app.url_map.bind("").build(endpoint, values | letter.place)
    return link_base() + path


def _end_of_such(letter: Letter) -> str:
    """Make the link that a mail program's own button to unsubscribe leads to, where one may."""
    if letter.account_id is None or not is_notice(letter.event):
        return ""
    return link_base() + unsubscribe_path(ACCOUNT, letter.account_id, letter.recipient)


def _calendar(letter: Letter, language: str) -> str:
    if letter.meeting is None:
        return ""
    with speaking(language):
        return as_calendar([letter.meeting], link_base())


def _is_this_machine(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
