"""When two profiles cannot be made one, and why."""

from collections.abc import Callable

from sqlmodel import Session, select

from models import EditionCountry, Participation, Profile, WaitingPlace
from services.errors import ServiceError


class BothHaveAccounts(ServiceError):
    """Two accounts: only their owners can give one up. One can be taken out of the edition."""

    code = "both-have-accounts"


class OnOtherSides(ServiceError):
    """The two stand on different sides: first mend the country of one of them."""

    code = "on-other-sides"


class TakesPartElsewhere(ServiceError):
    """The one to go takes part in an edition that this organiser has no say in."""

    code = "takes-part-elsewhere"


def check_merge(
    session: Session, kept: Profile, gone: Profile, may_organise: Callable[[int], bool]
) -> None:
    """Check that one profile can go into the other.

    Raises
    ------
    OnOtherSides, TakesPartElsewhere
    """
    both = _sides(session, kept), _sides(session, gone)
    shared = both[0].keys() & both[1].keys()
    if any(both[0][edition] != both[1][edition] for edition in shared):
        raise OnOtherSides("mend the country of one of the two first")
    for table in (Participation, WaitingPlace):
        query = select(table.edition_id).where(table.profile_id == gone.id)
        if not all(may_organise(edition) for edition in session.exec(query)):
            raise TakesPartElsewhere("an organiser of all editions can merge these two")


def _sides(session: Session, profile: Profile) -> dict[int, str]:
    query = select(EditionCountry.edition_id, EditionCountry.side).where(
        EditionCountry.country == profile.country
    )
    return dict(session.exec(query).all())
