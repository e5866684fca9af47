"""What a match list says, in words: names of columns, and what all its formats say alike."""

from flask import Flask
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from matchmaking.export import ListedMeeting, ListedPerson
from models import Edition
from web.locale import country_name
from web.meeting_words import zone_place

_NAMES = {
    "id": lazy_gettext("Your own key (id)"),
    "name": lazy_gettext("Name"),
    "name_native": lazy_gettext("Name as written at home"),
    "organisation": lazy_gettext("Organisation"),
    "country": lazy_gettext("Country"),
    "organisation_type": lazy_gettext("Kind of organisation"),
    "career_stage": lazy_gettext("Career stage"),
    "fields": lazy_gettext("Fields"),
    "topics": lazy_gettext("Topics"),
    "languages": lazy_gettext("Languages"),
    "email": lazy_gettext("Mail address"),
    "score": lazy_gettext("Affinity"),
    "grade": lazy_gettext("Fit in a word"),
    "meeting_state": lazy_gettext("Whether the meeting is agreed"),
    "meeting_table": lazy_gettext("Table"),
}


def column_name(key: str, edition: Edition) -> str:
    """Name a column for a person who chooses."""
    if key.startswith("meeting_start_"):
        zone = edition.left_zone if key.endswith("left") else edition.right_zone
        return str(_("Start of the meeting in %(city)s", city=zone_place(zone)))
    return str(_NAMES[key])


def left_out_sentence(count: int) -> str:
    """Say that pairs are missing, and why."""
    return str(
        ngettext(
            "%(num)s pair is left out, because one of the two left or withdrew a consent.",
            "%(num)s pairs are left out, because one of the two left or withdrew a consent.",
            count,
        )
    )


def meeting_state(meeting: ListedMeeting) -> str:
    """Say whether both agreed."""
    waits = meeting.state == "proposed"
    return str(_("proposed, not agreed yet") if waits else _("agreed"))


def country_of(person: ListedPerson) -> str:
    """Name somebody's country."""
    return country_name(person.who.country) if person.who.country else ""


def init_app(app: Flask) -> None:
    """Give templates the words."""
    app.jinja_env.filters["left_out_sentence"] = left_out_sentence
