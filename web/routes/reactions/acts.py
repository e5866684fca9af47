"""What a button beside somebody does: say something of them, hide them, or take either back.

Every act gives the sentence to show and the hidden values of the form that undoes it. The door
commits.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from flask import abort, request
from flask_babel import gettext as _

from services.candidates import Place
from services.errors import NotFound
from services.exclusions import exclude_person, show_person
from services.exclusions_organisations import (
    NoOrganisation,
    hide_organisation_of,
    show_organisation,
)
from services.mutual_news import tell_both
from services.people import PersonLine, person_lines
from services.profiles import touch
from services.reactions import Said, UnknownReaction, react, standing, take_back
from web.clock import now
from web.database import session
from web.letters import write
from web.reaction_words import Decided, decided
from web.routes.profile.base import own
from web.routes.reactions.base import viewer

NOTHING = "nothing"
_LIST = "exclude"


@dataclass(frozen=True)
class Done:
    """What an act did: in words, and how it is undone. ``again``: the person may be shown again."""

    words: Decided
    undo: dict[str, str] = field(default_factory=dict)
    again: bool = False


Act = Callable[[Place, int], Done]


def act(place: Place, profile_id: int) -> Done:
    """Do what the form's button says."""
    kind = request.form.get("kind", "")
    return _ACTS.get(kind, _say)(place, profile_id)


def _say(place: Place, profile_id: int) -> Done:
    try:
        said = Said(request.form.get("kind", ""), request.form.get("reason") or None)
    except UnknownReaction:
        abort(400)
    outcome = react(session(), place, viewer(), profile_id, said, now())
    if outcome.both:
        pair = place.profile_id, profile_id
        tell_both(session(), write, place.edition.id, pair, now())
    words = decided(_name(profile_id), said, both=outcome.both)
    return Done(words, said_before(outcome.before))


def _say_nothing(place: Place, profile_id: int) -> Done:
    before = take_back(session(), place, profile_id)
    if before is None:
        return Done(Decided(_("There was nothing to take back.")), again=True)
    return Done(decided(_name(profile_id), None), said_before(before), again=True)


def _hide(place: Place, profile_id: int) -> Done:
    _may_be_hidden(place, profile_id)
    exclude_person(session(), own(), profile_id, now())
    touch(own(), {_LIST}, now())
    text = _(
        "You and %(name)s no longer see each other here. They are not told.",
        name=_name(profile_id),
    )
    return Done(Decided(text), {"kind": "show"})


def _show(_place: Place, profile_id: int) -> Done:
    show_person(session(), own(), profile_id)
    touch(own(), {_LIST}, now())
    return Done(Decided(_("Taken off the list.")), again=True)


def _hide_organisation(place: Place, profile_id: int) -> Done:
    _may_be_hidden(place, profile_id)
    try:
        if not _line(profile_id).organisation:
            # Whoever keeps it to themselves must not be asked for it this way.
            raise NoOrganisation("this organisation is not shown")
        hidden = hide_organisation_of(session(), own(), profile_id, now())
    except NoOrganisation:
        text = _("This person names no organisation. Hide the person instead.")
        return Done(Decided(text), again=True)
    text = _(
        "You and everybody of %(organisation)s no longer see each other here. They are not told.",
        organisation=hidden.label,
    )
    return Done(Decided(text), {"kind": "show-organisation", "hidden": str(hidden.id)})


def _show_organisation(_place: Place, _profile_id: int) -> Done:
    show_organisation(session(), own(), request.form.get("hidden", 0, int))
    return Done(Decided(_("Taken off the list.")), again=True)


def said_before(before: Said | None) -> dict[str, str]:
    """Give the hidden values of a form that says again what was said before."""
    if before is None:
        return {"kind": NOTHING}
    return {"kind": before.kind, "reason": before.reason or ""}


def _may_be_hidden(place: Place, profile_id: int) -> None:
    """Refuse to hide somebody whom the reader may not be shown: there is nobody like that."""
    if standing(session(), viewer(), profile_id, place.edition.slug) is None:
        raise NotFound(f"There is nobody {profile_id} to hide.")


def _name(profile_id: int) -> str:
    return _line(profile_id).name or _("A researcher")


def _line(profile_id: int) -> PersonLine:
    return person_lines(session(), [profile_id], viewer())[profile_id]


_ACTS: dict[str, Act] = {
    NOTHING: _say_nothing,
    "hide": _hide,
    "show": _show,
    "hide-organisation": _hide_organisation,
    "show-organisation": _show_organisation,
}
