"""The price of others' attention to each participant, as the worker last computed it."""

from collections.abc import Mapping
from threading import Lock

from sqlmodel import Session, col, select

from models import Edition, Participation


def read_prices(session: Session, edition_id: int) -> dict[int, float]:
    """Read the price of every participant who has one, by profile id."""
    query = select(Participation.profile_id, Participation.attention).where(
        Participation.edition_id == edition_id, col(Participation.attention).is_not(None)
    )
    return {one: price for one, price in session.exec(query) if price is not None}


class AttentionCache:
    """Prices of editions, read again when the worker has computed them anew. Safe for threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: dict[int, tuple[str, Mapping[int, float]]] = {}

    def prices(self, session: Session, edition: Edition) -> Mapping[int, float]:
        """Give an edition's prices by profile id; empty before the first computation.

        Whoever came later has none: to them the score alone applies.
        """
        if edition.exposure is None:
            return {}
        stamp = str(edition.exposure.get("made_at"))
        with self._lock:
            known = self._known.get(edition.id)
        if known is None or known[0] != stamp:
            known = stamp, read_prices(session, edition.id)
            with self._lock:
                self._known[edition.id] = known
        return known[1]
