"""Suggestions: whom the reader fits on the other side, or who fits an idea of theirs."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from models import Profile
from services.candidates import Place, options, places_of
from services.completeness import progress
from services.consents_owed import owed_edition
from services.consents_reading import consents_of
from services.edition_calibration import calibration_of, weighing_of
from services.encoding import people_waiting
from services.idea_search import WordMatches, search_words
from services.learning import wishes_of
from services.people import person_lines
from services.suggestions import Asker, Span, Suggestions, asker_of, suggest
from services.visibility import Viewer
from web.access import signed_in
from web.clock import now
from web.database import session
from web.forms.suggestions import OrderForm, SuggestionsForm
from web.limits import limiter
from web.login import account_id
from web.matcher import cache, idea
from web.person_cards import Card, cards
from web.routes.editions.joining import ASKED_TO_JOIN
from web.routes.profile.base import find_own, reading

blueprint = Blueprint("suggestions", __name__, url_prefix="/suggestions")
PAGE = 20
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_VISIT = timedelta(hours=12)


@dataclass(frozen=True)
class Found:
    """A page of the list.

    Parameters
    ----------
    by_words
        Nobody could encode the idea.
    preparing
        Whether somebody on the other side is still to be read, so that the list will be longer.
    """

    cards: list[Card]
    total: int
    page: int
    by_words: bool = False
    preparing: bool = False

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, ceil(self.total / PAGE))


@blueprint.get("/")
@signed_in
@limiter.limit("60 per minute", exempt_when=lambda: not request.args.get("idea"))
def index() -> ResponseReturnValue:
    """Show the list; what it is of, and which part, stands in the address."""
    profile = find_own()
    places = places_of(session(), profile.id, compared=True) if profile else []
    if profile is None or profile.published_at is None or not places:
        return _nothing(profile)
    place = _chosen(places)
    form = SuggestionsForm(request.args)
    form.edition.data = place.edition.slug
    form.offer(options(session(), place, viewer()))
    return render_template(
        "suggestions/index.html",
        place=place,
        places=places,
        form=form,
        order=_order(place),
        idea=_idea(form),
        found=_find(place, form) if form.validate() else None,
        reading=reading(profile),
        progress=progress(session(), profile, place, viewer()),
        address=_address(form),
        since=_microseconds(_as_of() or now()),
    )


def _nothing(profile: Profile | None) -> str:
    """Say what is missing: a profile, an agreement, publication, or an edition."""
    owed = owed_edition(session(), profile.id, now()) if profile else None
    given = consents_of(session(), account_id()) if owed else {}
    return render_template(
        "suggestions/none.html",
        profile=profile,
        owed=owed,
        asked=[purpose for purpose in ASKED_TO_JOIN if purpose not in given],
    )


def viewer() -> Viewer:
    """Give who is looking."""
    return Viewer(current_user.profile_id, current_user.permissions)


def _order(place: Place) -> OrderForm:
    """Make the form of the list's own order, as it is set."""
    wishes = wishes_of(session(), place)
    return OrderForm(None, mix=wishes.mix.value, learns=wishes.learns)


def _chosen(places: list[Place]) -> Place:
    slug = request.args.get("edition")
    return next((place for place in places if place.edition.slug == slug), places[0])


def _idea(form: SuggestionsForm) -> str:
    return (form.idea.data or "").strip()


def _address(form: SuggestionsForm) -> dict[str, Any]:
    """Give the values of the address without the page, empty ones left out."""
    return {name: value for name, value in form.data.items() if value}


def _page() -> int:
    return max(1, request.args.get("page", 1, int))


def _as_of() -> datetime | None:
    """Give when the reader opened the first page, of which this is a further one.

    The first page is always as of now; so is every page of a visit that was long ago.
    """
    since = request.args.get("since", 0, int)
    if _page() == 1 or not 0 < _microseconds(now()) - since < _VISIT // timedelta(microseconds=1):
        return None
    return _EPOCH + timedelta(microseconds=since)


def _microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


def _find(place: Place, form: SuggestionsForm) -> Found:
    page = _page()
    span = Span((page - 1) * PAGE, PAGE, _as_of())
    text = _idea(form)
    asker = idea(text) if text else asker_of(session(), place)
    if asker is None:
        words = search_words(session(), place, viewer(), text, form.filters, span)
        return _found_words(words, page)
    return _found(place, _suggest(place, asker, form, span), page, of_idea=bool(text))


def _suggest(place: Place, asker: Asker, form: SuggestionsForm, span: Span) -> Suggestions:
    if not asker.encoded.passages:
        return Suggestions((), 0)
    return suggest(session(), cache(), place, viewer(), asker, form.filters, span)


def _found(place: Place, part: Suggestions, page: int, *, of_idea: bool) -> Found:
    made = cards(session(), viewer(), part.items, place, of_idea=of_idea)
    return Found(made, part.total, page, preparing=_is_preparing(place, bool(made)))


def _is_preparing(place: Place, anybody: bool) -> bool:
    """Tell whether people are still to be read: into memory, or, of an empty list, by encoders."""
    calibration = calibration_of(place.edition)
    weighing = weighing_of(place.edition)
    side = cache().side(place.edition.id, place.other_side, calibration, weighing)
    if anybody or side.is_being_read:
        return side.is_being_read
    waiting = people_waiting(session(), calibration.plan, place.edition.id, place.other_side)
    return waiting > 0


def _found_words(part: WordMatches, page: int) -> Found:
    people = person_lines(session(), [item.profile_id for item in part.items], viewer())
    made = [Card(people[item.profile_id], words=item.words) for item in part.items]
    return Found(made, part.total, page, by_words=True)
