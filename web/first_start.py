"""The first start: the demo forum is seeded, read by the worker, paired, and told on the console.

It goes step by step beside the running forum, so that pages answer meanwhile. A start that was
broken off is gone on with at the next one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import current_app, url_for
from sqlmodel import Session, col, select

from models import Account, Edition, Profile, Round
from models.database import make_sessions, reading
from seed import DemoAccount, load_demo
from services.encoding import stale
from services.participants import side_counts
from services.round_parameters import RoundParameters
from services.rounds import UNDER_WAY, pairings_of, request_round
from web.clock import now
from web.config import settings
from web.database import engine
from web.desk import desk
from web.jobs import wake_encoding, wake_rounds
from web.worker_hands import encoder_plan

SLUG = "demo"
Say = Callable[[str], None]


@dataclass(frozen=True)
class Reading:
    """How many passages the worker has read, and of how many."""

    done: int
    of: int


def is_empty() -> bool:
    """Tell whether nobody ever used this database."""
    with reading(engine())() as session:
        firsts = (session.exec(select(table.id).limit(1)).first() for table in _USED)
        return all(first is None for first in firsts)


_USED: tuple[type[Account] | type[Edition] | type[Profile], ...] = (Account, Edition, Profile)


def seed() -> Sequence[DemoAccount]:
    """Load the demo forum, and have the worker read it; return the accounts with passwords."""
    with make_sessions(engine())() as session:
        forum = load_demo(session, desk().passwords, now())
        session.commit()
    wake_encoding()
    return forum.accounts


class Pairing:
    """The demo forum on its way to its first round. ``step`` is called again and again.

    Parameters
    ----------
    say
        Tells the person at the console.
    """

    def __init__(self, say: Say) -> None:
        self._say = say
        self._of = 0

    def step(self) -> Reading | None:
        """Do what can be done now; None when there is nothing left to do."""
        with reading(engine())() as session:
            edition = session.exec(select(Edition).where(Edition.slug == SLUG)).first()
            if edition is None or edition.state != "open":
                return None
            row = _first_round(session, edition)
            waiting = stale(session, encoder_plan(settings()))
            self._of = max(self._of, waiting)
            if row is not None and row.state not in UNDER_WAY:
                for line in _lines(session, edition, row):
                    self._say(line)
                return None
        if row is None and not waiting:
            self._request(edition)
        return Reading(self._of - waiting, self._of)

    def _request(self, edition: Edition) -> None:
        with make_sessions(engine())() as session:
            parameters = RoundParameters(edition.least_partners, edition.most_partners)
            request_round(session, edition, parameters, now())
            session.commit()
        wake_rounds()


def waits() -> bool:
    """Tell whether there is a demo forum that was never paired."""
    with reading(engine())() as session:
        edition = session.exec(select(Edition).where(Edition.slug == SLUG)).first()
        return edition is not None and _first_round(session, edition) is None


def account_line(accounts: Sequence[DemoAccount]) -> str:
    """Tell the demo accounts; their passwords are kept nowhere else."""
    told = ", ".join(f"{account.email} {account.password}" for account in accounts)
    return f"Demo accounts and passwords, shown only now: {told}"


def _first_round(session: Session, edition: Edition) -> Round | None:
    query = select(Round).where(Round.edition_id == edition.id).order_by(col(Round.number))
    return session.exec(query).first()


def _lines(session: Session, edition: Edition, row: Round) -> list[str]:
    if row.state != "done" or row.total is None or row.bound is None:
        return [f"The demo forum was not paired: {row.failure or row.state}."]
    counts = side_counts(session, edition.id)
    base = settings().public_url or f"http://{shown_host()}:{settings().port}"
    with current_app.test_request_context(base_url=base):
        suggestions = url_for("suggestions.index", _external=True)
        matches = url_for("rounds.show", slug=SLUG, number=row.number, _external=True)
    left = f"{counts.left} from {edition.left_name_en}"
    right = f"{counts.right} from {edition.right_name_en}"
    return [
        f"{counts.left + counts.right} people: {left} and {right}.",
        f"{len(pairings_of(session, row))} pairs.",
        f"Total affinity {row.total:.3f}; no choice of pairs can exceed {row.bound:.3f}.",
        f"Suggestions: {suggestions} - match list (organiser): {matches}",
    ]


def shown_host() -> str:
    """Give the host to put into an address: one that listens everywhere is reached here, too."""
    host = settings().host
    return "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - compared, not bound
