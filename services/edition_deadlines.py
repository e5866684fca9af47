"""What somebody may no longer change in their profile once an edition's registration has closed.

How many people they meet, and on which side they stand, are what a round counts on.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from models import Edition, Profile
from services.editions import CLOSED, MATCHED, PUBLISHED, editions_of, sides, state_now
from services.errors import ServiceError

_BOUNDS = ("least_partners", "most_partners")


class ClosedByDeadline(ServiceError):
    """A value that stays as it is until an edition's matches are known; ``field`` names it."""

    code = "closed-by-deadline"

    def __init__(self, field: str, edition: Edition) -> None:
        super().__init__(f"registration for {edition.slug} has closed: {field} stays as it is")
        self.field = field
        self.edition = edition


def keep_after_closing(
    session: Session, profile: Profile, changes: Mapping[str, Any], now: datetime
) -> None:
    """Refuse changes that a closed edition does not allow any more to who takes part in it.

    Bounds open again when a round is published, which has used them; a side stays until the end.

    Raises
    ------
    ClosedByDeadline
    """
    bounds = [name for name in _BOUNDS if name in changes]
    if not bounds and "country" not in changes:
        return
    for edition in editions_of(session, profile.id):
        state = state_now(edition, now)
        if bounds and state in (CLOSED, MATCHED):
            raise ClosedByDeadline(bounds[0], edition)
        if "country" in changes and state in (CLOSED, MATCHED, PUBLISHED):
            known = sides(session, edition.id)
            if known.get(changes["country"]) != known.get(profile.country or ""):
                raise ClosedByDeadline("country", edition)
