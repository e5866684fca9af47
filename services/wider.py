"""What a participant could add to their needs, and whom it would bring nearer."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from matchmaking.affinity_side import EncodedPerson
from matchmaking.counterfactual import OfferedText, best_added_need
from matchmaking.passages import Kind
from models import Profile, Statement
from services.candidates import Place, candidate_ids, shown
from services.edition_calibration import calibration_of, weighing_of
from services.encoded_people import encoded_people
from services.errors import NotFound
from services.matcher_cache import MatcherCache
from services.ranking import Ranking
from services.reactions import decided
from services.suggestions import Asker
from services.visibility import Viewer
from services.visibility_parts import shown_parts

# Whose offers are looked through, and among whom somebody may be brought nearer.
_OFFERING = 60
_AMONG = 200


@dataclass(frozen=True, slots=True)
class Nearer:
    """Somebody whose grade would rise, and from which to which."""

    profile_id: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class WiderNeed:
    """A need worth adding: whose offer it is, at which position, its text, and whom it brings."""

    owner_id: int
    position: int
    text: str
    nearer: tuple[Nearer, ...]


def wider_need(
    session: Session, cache: MatcherCache, place: Place, viewer: Viewer, asker: Asker
) -> WiderNeed | None:
    """Find the offer that would do most as a need of the participant's; None when none would.

    Only offers that the viewer may read, of people whom they may be shown and have not decided on.
    """
    calibration, weighing = calibration_of(place.edition), weighing_of(place.edition)
    side = cache.side(place.edition.id, place.other_side, calibration, weighing)
    allowed = candidate_ids(session, place, viewer)
    ranking = Ranking(
        asker.encoded, side.nearest(session, asker.encoded, allowed), place.side, calibration
    )
    ranking.leave_out(decided(session, place))
    ids = [ranked.profile_id for ranked in ranking.part(0, _AMONG)]
    parts = shown_parts(session, viewer, ids)
    open_to = [one for one in ids if "exchange" in parts[one]][:_OFFERING]
    people = encoded_people(session, calibration.plan, open_to, weighing)
    offers = [offer for one in open_to for offer in _offers(people[one], calibration.plan.every)]
    found = best_added_need(asker.encoded, offers, side.beside(ids), place.side, calibration)
    if found is None:
        return None
    owner, position = int(found.offer.key), found.offer.passage.passage.source
    return WiderNeed(
        owner_id=owner,
        position=position,
        text=_text(session, owner, position),
        nearer=tuple(
            Nearer(int(one.key), one.before.value, one.after.value) for one in found.brought
        ),
    )


def offer_to_add(
    session: Session, place: Place, viewer: Viewer, owner_id: int, position: int
) -> str:
    """Read the text of an offer that somebody may add to their own needs.

    Raises
    ------
    NotFound
        When there is none, or the viewer may not read it.
    """
    may = session.exec(shown(place, viewer).where(col(Profile.id) == owner_id)).first()
    if may is None or "exchange" not in shown_parts(session, viewer, [owner_id])[owner_id]:
        raise NotFound("There is no such offer to add.")
    return _text(session, owner_id, position)


def _offers(person: EncodedPerson, every: str) -> list[OfferedText]:
    return [
        OfferedText(person.key, one)
        for one in person.passages
        if one.passage.kind is Kind.OFFER and one.passage.position == 0 and every in one.vectors
    ]


def _text(session: Session, owner_id: int, number: int) -> str:
    """Read the offer of a number, as passages count them."""
    query = (
        select(Statement.text)
        .where(Statement.profile_id == owner_id, Statement.kind == "offer")
        .order_by(col(Statement.position), col(Statement.id))
        .offset(number)
    )
    found = session.exec(query.limit(1)).first()
    if found is None:
        raise NotFound("There is no such offer to add.")
    return found
