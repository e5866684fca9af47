"""The states of registrants, and what can be done with a choice of them, in words."""

from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _

from models import Edition
from services.registrants_query import STATES, RegistrantFilters
from web.edition_words import side_name

STATE_WORDS: dict[str, Any] = {
    "placed": _("with a place"),
    "waiting": _("on the waiting list"),
    "uninvited": _("not invited yet"),
    "invited": _("invited, no answer yet"),
    "confirmed": _("with an account"),
    "not-agreed": _("not agreed yet"),
    "checked-in": _("checked in"),
    "no-show": _("did not come"),
    "duplicate": _("perhaps in twice"),
}
"""Each state as a filter names it."""


def done_words(act: str, count: int) -> str:
    """Say what an act on some registrants did; nothing is said kindly, too."""
    words = {
        "invite": ngettext("%(num)s letter goes out now.", "%(num)s letters go out now.", count),
        "admit": ngettext(
            "%(num)s person has a place now.", "%(num)s people have a place now.", count
        ),
        "check-in": ngettext(
            "%(num)s person is checked in.", "%(num)s people are checked in.", count
        ),
        "no-show": ngettext("%(num)s person did not come.", "%(num)s people did not come.", count),
        "unmark": ngettext("%(num)s mark is taken back.", "%(num)s marks are taken back.", count),
        "remove": ngettext("%(num)s person is taken out.", "%(num)s people are taken out.", count),
    }
    return str(words[act]) if count else gettext("For these people there was nothing to do.")


def filters_of(args: Any) -> RegistrantFilters:  # noqa: ANN401 - werkzeug's own mapping
    """Read the filters of an address; what is not known is no filter."""
    side, state = args.get("side", ""), args.get("state", "")
    return RegistrantFilters(
        text=args.get("q", "")[:100],
        side=side if side in ("left", "right") else "",
        state=state if state in STATES else "",
    )


def address_of(filters: RegistrantFilters, **changed: str) -> dict[str, Any]:
    """Give the values of an address with these filters, some of them changed."""
    values = {"q": filters.text, "side": filters.side, "state": filters.state, **changed}
    return {name: value for name, value in values.items() if value}


def filter_words(edition: Edition, filters: RegistrantFilters) -> list[tuple[str, str]]:
    """Say which filters are in force, each with the address without it."""
    words = []
    if filters.text:
        words.append((f"“{filters.text}”", "q"))
    if filters.side:
        words.append((side_name(edition, filters.side), "side"))
    if filters.state:
        words.append((str(STATE_WORDS[filters.state]), "state"))

    def without(name: str) -> str:
        values = address_of(filters, **{name: ""})
        return url_for("editions.people", slug=edition.slug, **values)

    return [(text, without(name)) for text, name in words]
