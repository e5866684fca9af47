"""The states and steps of an edition, in words."""

from flask import Flask
from flask_babel import lazy_gettext as _

STATES = {
    "draft": _("Draft, seen by organisers only"),
    "open": _("Open for registration"),
    "closed": _("Registration has closed"),
    "matched": _("Matched, nothing published yet"),
    "published": _("Published"),
    "over": _("Over"),
}
BUTTONS = {
    "opened": _("Open it"),
    "back-to-draft": _("Take it back to a draft"),
    "closed": _("Close registration now"),
    "reopened": _("Open registration again"),
    "matched": _("The pairs stand: mark it as matched"),
    "back-to-closed": _("Take back that the pairs stand"),
    "over": _("End the edition"),
}
_TAKEN = {
    "opened": _(
        "The edition is open: everybody sees it, and people join from its opening date on."
    ),
    "back-to-draft": _("The edition is a draft again; only organisers see it."),
    "closed": _("Registration is closed: nobody joins or leaves by themselves any more."),
    "reopened": _("Registration is open again, until its closing date."),
    "matched": _("The edition is matched. Publish a round to show people their partners."),
    "back-to-closed": _("The edition is closed and waits for a round."),
    "over": _("The edition is over."),
}
_MEANINGS = {
    "opened": _("Everybody sees it, and people join between its opening and its closing date."),
    "back-to-draft": _("Only organisers see it then. Who takes part stays in."),
    "closed": _("Nobody joins or leaves by themselves after it."),
    "reopened": _("People join and leave again, until the closing date."),
    "matched": _("Says that the pairs are as you want them, before anybody sees them."),
    "back-to-closed": _("Another round is to be run first."),
    "over": _("Nothing is changed after it; the outcome is still asked for."),
}
_REASONS = {
    "no-name": _("It has no English name."),
    "dates-out-of-order": _(
        "Its dates are out of order: opening, closing, beginning and end follow each other."
    ),
    "closing-passed": _("Its closing date has passed: choose a later one first."),
    "side-empty": _("Both sides need at least one country."),
    "no-fields": _("It has no field of research."),
    "still-open": _("Registration is still open: close it first."),
    "not-from-here": _("The edition stands elsewhere meanwhile; look again."),
    "no-finished-round": _("No round is finished yet."),
    "no-published-round": _("No round is published."),
    "not-ended": _("The forum has not ended yet."),
}


def state_name(state: str) -> str:
    """Name a state."""
    return str(STATES[state])


def reason(code: str) -> str:
    """Say what keeps an edition from a step."""
    return str(_REASONS.get(code, _("This cannot be done now.")))


def taken(act: str) -> str:
    """Say what a step did."""
    return str(_TAKEN.get(act, ""))


def meaning(act: str) -> str:
    """Say what a step means, before it is taken."""
    return str(_MEANINGS[act])


def step_button(act: str) -> str:
    """Label the button of a step."""
    return str(BUTTONS[act])


def init_app(app: Flask) -> None:
    """Give templates the words."""
    app.jinja_env.filters["edition_state"] = state_name
    app.jinja_env.filters["step_reason"] = reason
    app.jinja_env.filters["step_meaning"] = meaning
    app.jinja_env.filters["step_button"] = step_button
