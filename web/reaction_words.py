"""Reactions in words: what was done, and the reasons for which somebody is not for the reader."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from services.reactions import INTERESTED, PASS, SAVED, Said

PASS_REASON_NAMES: dict[str, Any] = {
    "too-far": _l("Too far from my work"),
    "known": _l("We know each other already"),
    "not-now": _l("Not what I need now"),
    "other": _l("Another reason"),
}


@dataclass(frozen=True)
class Decided:
    """What is said after a reaction. ``asks_why``: a reason may be added."""

    text: str
    both: bool = False
    asks_why: bool = False


def decided(name: str, said: Said | None, *, both: bool = False) -> Decided:
    """Say what was done, and what comes of it."""
    if both:
        text = _(
            "You and %(name)s are both interested. Each of you now sees how to reach the other.",
            name=name,
        )
        return Decided(text, both=True)
    if said is None:
        return Decided(_("Taken back. %(name)s may stand in your list again.", name=name))
    if said.kind == PASS and said.reason:
        return Decided(_("Noted. Your later suggestions take the reason into account."))
    words = {
        INTERESTED: _(
            "You are interested in %(name)s. If they are interested too, you both get a mail. "
            "Until then they learn nothing.",
            name=name,
        ),
        PASS: _("%(name)s leaves your list, and is not told.", name=name),
        SAVED: _("%(name)s is saved for later.", name=name),
    }
    return Decided(words[said.kind], asks_why=said.kind == PASS)
