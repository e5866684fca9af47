"""The best people for a part of a proposal that is to be filled, and why."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from models import Organisation, Profile
from services.call_texts import part_text
from services.candidates import OTHER_SIDE, Place, candidate_ids
from services.consortium_access import Workspace
from services.edition_calibration import calibration_of, weighing_of
from services.exclusions_between import apart_from_any
from services.idea_search import search_words
from services.matcher_cache import MatcherCache
from services.ranking import Ranking
from services.suggestions import Asker, Span, Suggestion, explained
from services.text_vectors import encoded_texts
from services.visibility import Viewer

SIDES = ("left", "right")
_LOOKED_AT = 60


@dataclass(frozen=True, slots=True)
class Part:
    """A part that is to be filled, as a search asks for it."""

    id: int
    text: str
    side: str | None = None
    organisation_type: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody for a part: how well they fit and why; or the words that were found."""

    profile_id: int
    side: str
    score: float = 0.0
    fit: Suggestion | None = None
    words: tuple[str, ...] = field(default=())


def part_asker(session: Session, at: Workspace, part: Part) -> Asker:
    """Read a part as the one who asks; without a passage until the worker has read it."""
    text = part_text(part.id, part.text)
    [encoded] = encoded_texts(session, calibration_of(at.edition).plan, [text])
    texts = {item.passage.id: ("idea", part.text) for item in encoded.passages}
    return Asker(encoded, texts, idea=True)


def best_people(
    session: Session,
    cache: MatcherCache,
    at: Workspace,
    viewer: Viewer,
    part: Part,
    team: Sequence[int],
    count: int,
) -> tuple[Found, ...]:
    """List who fits a part best, on its side or on both.

    Whoever is in the draft, or kept from one of the team by a private choice, is left out; whoever
    hides the work that a search looks at is not found.

    Parameters
    ----------
    team
        Profile ids of everybody in the draft, whatever became of them.
    """
    asker = part_asker(session, at, part)
    found: list[Found] = []
    for side in SIDES if part.side is None else (part.side,):
        place = Place(at.edition, OTHER_SIDE[side], at.profile_id)
        if asker.encoded.passages:
            found += _by_meaning(session, cache, place, viewer, asker)
        else:
            found += _by_words(session, place, viewer, part)
    apart = apart_from_any(session, team, [one.profile_id for one in found])
    allowed = [one for one in found if one.profile_id not in {*team, *apart}]
    if part.organisation_type:
        kinds = _kinds(session, [one.profile_id for one in allowed])
        allowed = [one for one in allowed if kinds[one.profile_id] == part.organisation_type]
    return tuple(sorted(allowed, key=lambda one: (-one.score, one.profile_id))[:count])


def _by_meaning(
    session: Session,
    cache: MatcherCache,
    place: Place,
    viewer: Viewer,
    asker: Asker,
) -> list[Found]:
    calibration = calibration_of(place.edition)
    weighing = weighing_of(place.edition)
    side = cache.side(place.edition.id, place.other_side, calibration, weighing)
    allowed = candidate_ids(session, place, viewer, searched=True)
    people = side.nearest(session, asker.encoded, allowed)
    if not len(people.keys):
        return []
    ranking = Ranking(asker.encoded, people, place.side, calibration)
    ranked = ranking.part(0, _LOOKED_AT)
    items = explained(session, ranking, ranked, asker, viewer)
    return [Found(item.profile_id, place.other_side, item.score, item) for item in items]


def _by_words(session: Session, place: Place, viewer: Viewer, part: Part) -> list[Found]:
    found = search_words(session, place, viewer, part.text, span=Span(0, _LOOKED_AT))
    return [
        Found(item.profile_id, place.other_side, len(item.words) / 100, words=item.words)
        for item in found.items
    ]


def _kinds(session: Session, profile_ids: Sequence[int]) -> dict[int, str]:
    query = (
        select(Profile.id, Organisation.type, Profile.organisation_type)
        .join(Organisation, isouter=True)
        .where(col(Profile.id).in_(profile_ids))
    )
    return {one: entity or said or "other" for one, entity, said in session.exec(query)}
