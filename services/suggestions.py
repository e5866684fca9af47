"""Suggestions: whom a participant fits on the other side, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from matchmaking.affinity_side import EncodedPerson, PackedSide
from models import Passage
from services.already_met import met_by
from services.candidates import Filters, Place, candidate_ids
from services.edition_calibration import calibration_of, weighing_of
from services.encoded_people import encoded_people
from services.hard_facts import leave_out_conflicts
from services.learning import Moved, apply_lessons, lessons_of
from services.matcher_cache import COMPARED, MatcherCache, SideCache
from services.own_order import put_in_own_order
from services.ranking import Ground, GroundCode, Ranked, Ranking
from services.reactions import decided
from services.visibility import Viewer
from services.visibility_parts import OF_KIND, shown_parts

# A list to read ends somewhere: beyond this, a filter helps more than another page.
MOST_SHOWN = 200
_MOSTLY_ENOUGH = COMPARED + COMPARED // 20


@dataclass(frozen=True, slots=True)
class Evidence:
    """Two passages side by side: their kinds, their texts, and how near they are."""

    my_kind: str
    mine: str
    their_kind: str
    theirs: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground for meeting, with its passages."""

    code: GroundCode
    strength: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody on the other side, with score, grade and reasons.

    ``moved`` says why they stand higher or lower in the reader's list than without the reader's own
    experience; None where that makes no difference worth telling.
    """

    profile_id: int
    score: float
    grade: str
    reasons: tuple[Reason, ...]
    moved: Moved | None = None


@dataclass(frozen=True, slots=True)
class Suggestions:
    """A part of a list, and how long the whole list is."""

    items: tuple[Suggestion, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Span:
    """Which part of a list: from which place, counted from 0, and how many.

    ``as_of``: the list as it was then. Whoever was decided on since keeps their place and is not
    shown, so that nobody between two pages is passed over.
    """

    first: int = 0
    count: int = 10
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True)
class Asker:
    """Who or what asks: passages with vectors, and their texts by passage name.

    Parameters
    ----------
    idea
        Whether it is a text that somebody typed in: whoever hides their work or their offers is
        not found by it, or else one could ask again and again until a hidden text is guessed.
    """

    encoded: EncodedPerson
    texts: Mapping[str, tuple[str, str]]
    idea: bool = False


def asker_of(session: Session, place: Place) -> Asker:
    """Read a participant as the one who asks; without any passage while nothing is encoded yet."""
    plan, weighing = calibration_of(place.edition).plan, weighing_of(place.edition)
    encoded = encoded_people(session, plan, [place.profile_id], weighing)[place.profile_id]
    return Asker(encoded, passage_texts(session, [place.profile_id])[place.profile_id])


def suggest(
    session: Session,
    cache: MatcherCache,
    place: Place,
    viewer: Viewer,
    asker: Asker,
    filters: Filters | None = None,
    span: Span | None = None,
) -> Suggestions:
    """Rank whom a participant may be shown on the other side.

    A participant's own list is in their own order (``services.own_order``); people who fit an idea
    are in the order of their scores. The number of queries does not depend on the number of people
    (up to 500).

    Parameters
    ----------
    asker
        The participant, or an idea of theirs.
    """
    span = span or Span()
    calibration = calibration_of(place.edition)
    side = cache.side(place.edition.id, place.other_side, calibration, weighing_of(place.edition))
    lessons = () if asker.idea else lessons_of(session, place, viewer, as_of=span.as_of)
    about = [lesson.profile_id for lesson in lessons]
    people = _compared(session, side, place, viewer, asker, filters, about)
    ranking = Ranking(asker.encoded, people, place.side, calibration)
    moved: Mapping[int, Moved] = {}
    if not asker.idea:
        learned = apply_lessons(lessons, side.beside(about), people, ranking, calibration)
        put_in_own_order(session, cache.attention, place, viewer, ranking, learned.shift)
        moved = learned.moved
    # After the ranking: most askers of a side are compared with the same people, kept ready.
    said = decided(session, place, only_put_aside=asker.idea)
    before = said
    if span.as_of:
        before = decided(session, place, only_put_aside=asker.idea, as_of=span.as_of)
    ranking.leave_out(before | met_by(session, place.edition, place.profile_id))
    last = min(span.first + span.count, MOST_SHOWN)
    leave_out_conflicts(session, place.profile_id, ranking, last)
    total = min(len(ranking), MOST_SHOWN)
    part = ranking.part(span.first, max(0, min(span.count, total - span.first)))
    left = [ranked for ranked in part if ranked.profile_id not in said]
    items = explained(session, ranking, left, asker, viewer)
    told = tuple(replace(item, moved=moved.get(item.profile_id)) for item in items)
    return Suggestions(told, total)


def _compared(
    session: Session,
    side: SideCache,
    place: Place,
    viewer: Viewer,
    asker: Asker,
    filters: Filters | None,
    about: Sequence[int],
) -> PackedSide:
    """Find whom to compare the asker with: of those who may be shown, all or the nearest.

    Of a large side the nearest are found first, and the tables are asked about these alone; when
    too few of them may be shown, about everybody.
    """
    first = side.first(session, asker.encoded, place.edition.id, place.other_side)
    allowed: set[int] = set()
    # Mostly everybody may be shown, and a few more than needed are enough.
    for some in filter(None, (first[:_MOSTLY_ENOUGH], first[_MOSTLY_ENOUGH:])):
        allowed |= set(
            candidate_ids(session, place, viewer, filters, searched=asker.idea, among=some)
        )
        people = side.compared(allowed, first)
        if people is not None:
            return people
    everybody = candidate_ids(session, place, viewer, filters, searched=asker.idea)
    return side.nearest(session, asker.encoded, everybody, about)


def explained(
    session: Session,
    ranking: Ranking,
    part: Sequence[Ranked],
    asker: Asker,
    viewer: Viewer | None = None,
) -> tuple[Suggestion, ...]:
    """Add the reasons, with the texts behind them, to a part of a ranking; two queries.

    A passage that the viewer may not read counts and is not quoted, and a reason that stands on
    such passages alone is left out.
    """
    texts = shown_texts(session, viewer, [ranked.profile_id for ranked in part])
    return tuple(
        Suggestion(
            ranked.profile_id,
            ranked.score,
            ranked.grade,
            _reasons(ranking, ranked, asker, texts[ranked.profile_id]),
        )
        for ranked in part
    )


def shown_texts(
    session: Session, viewer: Viewer | None, profile_ids: Sequence[int]
) -> dict[int, dict[str, tuple[str, str]]]:
    """Read people's passages as ``passage_texts`` does, but for those hidden from a viewer."""
    shown = shown_parts(session, viewer, profile_ids)
    return {
        one: {name: text for name, text in texts.items() if OF_KIND[text[0]] in shown[one]}
        for one, texts in passage_texts(session, profile_ids).items()
    }


def passage_texts(
    session: Session, profile_ids: Sequence[int]
) -> dict[int, dict[str, tuple[str, str]]]:
    """Read people's passages as (kind, text), by profile id and the passage's name."""
    found: dict[int, dict[str, tuple[str, str]]] = {one: {} for one in profile_ids}
    query = select_columns(
        col(Passage.profile_id),
        col(Passage.kind),
        col(Passage.source_position),
        col(Passage.position),
        col(Passage.text),
    ).where(col(Passage.profile_id).in_(profile_ids))
    for owner, kind, source, position, text in session.execute(query):
        found[owner][f"{kind}:{source}:{position}"] = kind, text
    return found


def _reasons(
    ranking: Ranking, ranked: Ranked, asker: Asker, theirs: Mapping[str, tuple[str, str]]
) -> tuple[Reason, ...]:
    reasons = (
        Reason(ground.code, ground.strength, _evidence(ground, asker.texts, theirs))
        for ground in ranking.grounds(ranked)
    )
    return tuple(reason for reason in reasons if reason.evidence)


def _evidence(
    ground: Ground, mine: Mapping[str, tuple[str, str]], theirs: Mapping[str, tuple[str, str]]
) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(*mine[pair.mine], *theirs[pair.theirs], pair.similarity)
        for pair in ground.pairs
        # A text may have been saved between two reads; it is shown the next time.
        if pair.mine in mine and pair.theirs in theirs
    )
