"""What a match list says, in words: names of columns, and what all its formats say alike."""

from flask import Flask
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _

from matchmaking.export import ListedMeeting, ListedPerson
from models import Edition
from web.locale import country_name
from web.meeting_words import zone_place

_NAMES = {
    "id": _("Your own key (id)"),
    "name": _("Name"),
    "name_native": _("Name as written at home"),
    "organisation": _("Organisation"),
    "country": _("Country"),
    "organisation_type": _("Kind of organisation"),
    "career_stage": _("Career stage"),
    "fields": _("Fields"),
    "topics": _("Topics"),
    "languages": _("Languages"),
    "email": _("Mail address"),
    "score": _("Affinity"),
    "grade": _("Fit in a word"),
    "meeting_state": _("Whether the meeting is agreed"),
    "meeting_table": _("Table"),
}


def column_name(key: str, edition: Edition) -> str:
    """Name a column for a person who chooses."""
    if key.startswith("meeting_start_"):
        zone = edition.left_zone if key.endswith("left") else edition.right_zone
        return str(gettext("Start of the meeting in %(city)s", city=zone_place(zone)))
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
    return str(gettext("proposed, not agreed yet") if waits else gettext("agreed"))


def country_of(person: ListedPerson) -> str:
    """Name somebody's country."""
    return country_name(person.who.country) if person.who.country else ""


def init_app(app: Flask) -> None:
    """Give templates the words."""
    app.jinja_env.filters["left_out_sentence"] = left_out_sentence
