"""Mailings in words: both languages in one plain mail, the reader's first, and how to end them."""

from flask import current_app
from flask_babel import gettext as _
from flask_babel import ngettext

from models import Edition, Mailing
from services.address_keys import ACCOUNT, PROFILE
from services.mail import Letter, Write, Written
from services.mailing_text import fill
from web.address_keys import unsubscribe_path
from web.edition_words import both_clocks, edition_name
from web.letters import SIGNED, link_base
from web.locale import LANGUAGES, page_language, speaking

LINKS = {
    "edition": "editions.show",
    "profile": "profile.edit",
    "suggestions": "suggestions.index",
    "matches": "my_matches.index",
    "meetings": "meetings.index",
    "outcomes": "meetings.outcomes",
}
"""Where the link of a mailing can lead, by ``models.mailing.MAILING_LINKS``."""

_BETWEEN = "* * *"


def mailing_writer(edition: Edition, mailing: Mailing) -> Write:
    """Make what turns a letter of a mailing into words."""

    def write(letter: Letter) -> Written:
        languages = sorted(LANGUAGES, key=lambda language: language != letter.language)
        parts = [_in_language(edition, mailing, letter, language) for language in languages]
        ends = link_base() + _ending_path(letter)
        texts = f"\n\n{_BETWEEN}\n\n".join(part.body for part in parts)
        why = "\n".join(_why(edition, language) for language in languages)
        body = f"{texts}\n\n{SIGNED}\n\n{why}\n{ends}\n"
        return Written(parts[0].subject, body, unsubscribe_link=ends)

    return write


def _ending_path(letter: Letter) -> str:
    # A trial goes to an organiser, whose own mails its link ends.
    if letter.profile_id is None:
        return unsubscribe_path(ACCOUNT, letter.account_id or 0, letter.recipient)
    return unsubscribe_path(PROFILE, letter.profile_id, letter.recipient)


def _in_language(edition: Edition, mailing: Mailing, letter: Letter, language: str) -> Written:
    with speaking(language):
        values = _values(edition, mailing, letter)
        subject = fill(getattr(mailing, f"subject_{language}"), values)
        body = fill(getattr(mailing, f"body_{language}"), values)
    return Written(subject, body.strip().replace("\r\n", "\n"))


def _values(edition: Edition, mailing: Mailing, letter: Letter) -> dict[str, str]:
    facts = letter.facts
    partners, meetings = int(facts.get("partners", "0")), int(facts.get("meetings", "0"))
    return {
        "name": _name(facts),
        "edition": edition_name(edition),
        "partners": ngettext("%(num)s partner", "%(num)s partners", partners),
        "meetings": ngettext("%(num)s meeting", "%(num)s meetings", meetings),
        "deadline": _deadline(edition, facts.get("side", "left")),
        "link": link_base() + _path(edition, mailing),
    }


def _name(facts: dict[str, str]) -> str:
    native = facts.get("name_native", "") if page_language() == "ko" else ""
    return native or facts.get("name", "") or _("participant")


def _deadline(edition: Edition, side: str) -> str:
    clock = next(one for one in both_clocks(edition, edition.closes_at) if one.side == side)
    return str(
        _("%(date)s, %(time)s in %(place)s", date=clock.date, time=clock.time, place=clock.place)
    )


def _path(edition: Edition, mailing: Mailing) -> str:
    endpoint = LINKS[mailing.leads_to]
    values = {"slug": edition.slug} if mailing.leads_to == "edition" else {}
    return str(current_app.url_map.bind("").build(endpoint, values))


def _why(edition: Edition, language: str) -> str:
    with speaking(language):
        said: str = _(
            "You get this because you take part in %(edition)s. No more of these:",
            edition=edition_name(edition),
        )
    return said
