"""The board in words: who or what stands in the way of a meeting, and how meetings stand."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Flask
from flask_babel import gettext as _

from models import Edition
from services.board import BoardPerson
from services.board_around import BUSY, GONE, MEETING, SESSION, Block
from web.edition_words import in_language
from web.locale import page_language
from web.meeting_words import day_in_short

People = Mapping[int, BoardPerson]


def block_words(block: Block, people: People) -> str:
    """Say what one thing in the way is, with the names of whom it is about."""
    name = shown_name(people[block.who]) if block.who is not None and block.who in people else ""
    others = [shown_name(people[one]) for one in block.other if one in people]
    if block.what == BUSY:
        return str(_("%(name)s said that they are busy then.", name=name))
    if block.what == GONE:
        return str(_("%(name)s does not take part any more.", name=name))
    if block.what == SESSION and block.session is not None:
        title = in_language(block.session, "title")
        return str(_("%(name)s is at this session then: %(title)s.", name=name, title=title))
    if block.what == MEETING and others:
        return str(_("%(name)s meets %(other)s then.", name=name, other=others[0]))
    if block.what == MEETING:
        return str(_("%(name)s has another meeting then.", name=name))
    if others:
        return str(_("At this table sit: %(names)s.", names=", ".join(others)))
    return str(_("Every table is taken then."))


def blocks_in_words(blocks: Iterable[Block], people: People) -> list[str]:
    """Say everything that stands in the way, each thing once."""
    return list(dict.fromkeys(block_words(block, people) for block in blocks))


def people_in(blocks: Iterable[Block]) -> set[int]:
    """List whose names the words need."""
    found: set[int] = set()
    for block in blocks:
        found |= {*block.other, *([block.who] if block.who else [])}
    return found


def meeting_state(state: str) -> str:
    """Say how a meeting on the board stands."""
    names = {
        "planned": _("Planned"),
        "proposed": _("Proposed"),
        "accepted": _("Agreed"),
        "cancelled": _("Cancelled"),
    }
    return str(names[state])


def moment_day(moment: datetime, edition: Edition) -> str:
    """Tell the day of a moment shortly, on the left side's calendar."""
    return day_in_short(moment.astimezone(ZoneInfo(edition.left_zone)).date())


def shown_name(person: BoardPerson) -> str:
    """Name somebody in a few letters: on a Korean page as Koreans write it."""
    native = person.name_native
    return (
        native if native and page_language() == "ko" and "가" <= native[:1] <= "힣" else person.name
    )


def init_app(app: Flask) -> None:
    """Give templates the words."""
    app.jinja_env.filters["meeting_state"] = meeting_state
    app.jinja_env.filters["blocks_in_words"] = blocks_in_words
    app.jinja_env.filters["moment_day"] = moment_day
    app.jinja_env.filters["shown_name"] = shown_name
