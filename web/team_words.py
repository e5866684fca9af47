"""What is said of the forming of teams: how far it is, why there is none, what would help."""

from collections.abc import Mapping

from flask_babel import lazy_gettext

from matchmaking.consortium_result import NoTeam, TeamChange
from web.rule_words import RULES

_ = lazy_gettext

CHANGES = {
    "drop-lock": _("Let %(person)s go."),
    "more-members": _("Allow %(number)s members."),
    "fewer-members": _("Be content with %(number)s members."),
    "without-mirror": _("Do without two halves of about equal size."),
    "without-rule": _("Do without the rule: %(rule)s."),
}
STAGES = {
    "": _("Waiting for the worker"),
    "compare": _("Comparing people with the roles"),
    "search": _("Looking for good teams"),
    "bound": _("Ruling people out"),
    "proof": _("Proving that there is none better"),
}
FAILURES = {
    "not-found": _(
        "Somebody who is to be in every team may no longer be shown, or you have left the draft."
    ),
    "not-allowed": _("Your seat in this consortium no longer lets you change the draft."),
    "consortium-closed": _("The draft was closed meanwhile."),
    "no-place-left": _(
        "Partners who are not compared fill the places: allow more members, or take some out."
    ),
    "bad-input": _("The size or the number of roles is out of range."),
}
ERROR = _("The work stopped on an error in the program; it is in the log.")
SIZE = _("The number of members")
MIRROR = _("Two halves of about equal size")
LOCK = _("%(person)s in the team")


def clashing(none: NoTeam, names: Mapping[int, str]) -> list[str]:
    """Name what cannot hold together.

    Parameters
    ----------
    names
        What to call people, by profile id.
    """
    said = [str(RULES.get(rule, rule)) for rule in none.rules]
    said += [str(LOCK) % {"person": names.get(one, "")} for one in none.locks]
    said += [str(SIZE)] if none.size else []
    said += [str(MIRROR)] if none.mirror else []
    return said


def change(found: TeamChange, names: Mapping[int, str]) -> str:
    """Say what to ask otherwise."""
    rule = str(RULES.get(found.rule, found.rule))
    values = {"person": names.get(found.person, ""), "number": found.number, "rule": rule}
    return str(CHANGES[found.code]) % values
