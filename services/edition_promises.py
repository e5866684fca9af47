"""What an edition promises to those who start: partners at least, whatever the default is."""

from collections.abc import Iterable, Mapping

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from models import Edition, Participation, Profile
from services.errors import ServiceError
from services.round_parameters import RoundParameters

EARLY_STAGES = ("student", "doctoral", "postdoc", "early-career")


class PromiseOutOfRange(ServiceError):
    """A promise below nothing, or of more partners than an edition gives anybody."""

    code = "promise-out-of-range"

    def __init__(self, promise: int, most: int) -> None:
        super().__init__(f"A promise of {promise} partners is not between 0 and {most}.")
        self.most = most


def promised(
    session: Session, edition: Edition, parameters: RoundParameters, people: Iterable[Profile]
) -> Mapping[int, int]:
    """Return the least partners that the round promises people, by profile id.

    A newcomer is who takes part in no edition that started before this one; the larger of two
    promises counts. People without a promise are left out.
    """
    early, new = parameters.least_early_career, parameters.least_newcomers
    found: dict[int, int] = {}
    known = _known_before(session, edition) if new is not None else frozenset()
    for person in people:
        promises = []
        if early is not None and person.career_stage in EARLY_STAGES:
            promises.append(early)
        if new is not None and person.id not in known:
            promises.append(new)
        if promises:
            found[person.id] = max(promises)
    return found


def _known_before(session: Session, edition: Edition) -> frozenset[int]:
    """Find who of an edition's people took part in an earlier one, in one query."""
    here = aliased(Participation)
    query = (
        select(Participation.profile_id)
        .join(Edition, col(Edition.id) == Participation.edition_id)
        .join(here, col(here.profile_id) == Participation.profile_id)
        .where(here.edition_id == edition.id, Edition.starts_at < edition.starts_at)
    )
    return frozenset(session.exec(query).all())
