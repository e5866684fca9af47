"""Compute what the others' attention to each participant costs, and keep it with them."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import bindparam, update
from sqlmodel import Session, col, select

from matchmaking.affinity import AffinityScorer
from matchmaking.affinity_side import pack_side
from matchmaking.attention import AttentionSettings, attention_prices
from matchmaking.exposure import top_lists
from matchmaking.near_pairs import NearPairs, near_pairs
from matchmaking.scorers import BlockScorer, IntArray
from models import Edition, EditionCountry, Participation, Profile
from models.database import SessionMaker
from services.already_met import already_met
from services.conflicts import forbidden_pairs
from services.consents_reading import may_be_paired
from services.edition_calibration import calibration_of, weighing_of
from services.editions import DRAFT, OVER
from services.encoded_people import encoded_people
from services.encoding import people_waiting
from services.index_version import index_version
from services.visibility import STRANGER, visible_in

DEPTH = 10
"""How many times a list's length is looked down from either side."""
REST = timedelta(minutes=5)
"""Prices need not follow every keystroke: they are a correction, and a newcomer has none."""
RESTS = 20
"""It rests so many times as long as it took: a twentieth of a processor at most."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Side:
    """One side's people who may be shown: how often, and at which price, the others see them."""

    ids: tuple[int, ...]
    price: NDArray[np.float64]
    before: NDArray[np.int64]
    after: NDArray[np.int64]
    affinity: tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Given:
    ids: dict[str, tuple[int, ...]]
    scorer: BlockScorer
    forbidden: IntArray
    version: int


def due(session: Session, now: datetime) -> list[int]:
    """List the editions under way whose prices are older than people's texts, by id."""
    version = index_version(session)
    query = select(Edition).where(col(Edition.state).not_in((DRAFT, OVER)), Edition.ends_at > now)
    editions = session.exec(query).all()
    return [one.id for one in editions if _is_due(session, one, version, now)]


def spread_attention(
    sessions: SessionMaker,
    edition_id: int,
    clock: Callable[[], datetime],
    settings: AttentionSettings | None = None,
    progress: Progress = lambda _done, _of: None,
) -> None:
    """Compute the prices of an edition's participants anew and write them in one transaction.

    Those count whom participants may be shown, apart from whom they may not be paired with.
    Personal exclusions are left out of it on purpose: what is read from the report must not tell
    anything of a private choice. Repeatable; the same people give the same prices.

    Parameters
    ----------
    progress
        Is told how many of the left side's people are compared, and of how many.
    """
    settings, began = settings or AttentionSettings(), clock()
    with sessions() as session:
        given = _read(session, session.get_one(Edition, edition_id))
    pairs = near_pairs(given.scorer, DEPTH * settings.length, given.forbidden, progress)
    sides = [
        _side(given.ids["left"], pairs.mirrored(), settings),
        _side(given.ids["right"], pairs, settings),
    ]
    with sessions() as session:
        _write(session, edition_id, sides)
        edition = session.get_one(Edition, edition_id)
        edition.exposure = {
            "version": given.version,
            "made_at": clock().isoformat(),
            "seconds": (clock() - began).total_seconds(),
            "settings": asdict(settings),
            "affinity": {
                name: list(side.affinity)
                for name, side in zip(("left", "right"), sides, strict=True)
            },
        }
        session.commit()


def shown_people(session: Session, edition: Edition, side: str) -> tuple[int, ...]:
    """List one side's participants whom the other side may be shown, by id."""
    query = (
        select(Profile.id)
        .join(Participation, col(Participation.profile_id) == Profile.id)
        .join(EditionCountry, col(EditionCountry.country) == Profile.country)
        .where(
            Participation.edition_id == edition.id,
            EditionCountry.edition_id == edition.id,
            EditionCountry.side == side,
            visible_in(edition.id, STRANGER),
            may_be_paired(),
        )
        .order_by(col(Profile.id))
    )
    return tuple(session.exec(query))


def _is_due(session: Session, edition: Edition, version: int, now: datetime) -> bool:
    known: Mapping[str, Any] | None = edition.exposure
    if known is None:
        # The first look would be at nobody, and the next one minutes away.
        return version > 0 and not people_waiting(session, calibration_of(edition).plan, edition.id)
    rest = max(REST, RESTS * timedelta(seconds=known["seconds"]))
    rested = now - datetime.fromisoformat(known["made_at"]) >= rest
    return bool(known["version"] != version and rested)


def _read(session: Session, edition: Edition) -> _Given:
    calibration, weighing = calibration_of(edition), weighing_of(edition)
    ids, packed = {}, {}
    for side in ("left", "right"):
        found = encoded_people(
            session, calibration.plan, shown_people(session, edition, side), weighing
        )
        # Of whom nothing is read yet, nobody is suggested.
        people = {one: person for one, person in found.items() if person.passages}
        ids[side] = tuple(people)
        packed[side] = pack_side(people.values(), calibration.plan)
    scorer = AffinityScorer(packed["left"], packed["right"], calibration)
    barred = forbidden_pairs(session, ids["left"], ids["right"], already_met(session, edition))
    return _Given(ids, scorer, barred, index_version(session))


def _side(ids: tuple[int, ...], pairs: NearPairs, settings: AttentionSettings) -> _Side:
    price = attention_prices(pairs, settings)
    before = top_lists(pairs, settings.length)
    after = top_lists(pairs, settings.length, price)
    return _Side(ids, price, before.counts, after.counts, (before.affinity, after.affinity))


def _write(session: Session, edition_id: int, sides: list[_Side]) -> None:
    here = col(Participation.edition_id) == edition_id
    nothing = {"attention": None, "lists_before": None, "lists_after": None}
    session.execute(update(Participation).where(here).values(nothing))
    rows = [
        {"who": one, "attention": price, "lists_before": before, "lists_after": after}
        for side in sides
        for one, price, before, after in zip(
            side.ids,
            side.price.tolist(),
            side.before.tolist(),
            side.after.tolist(),
            strict=True,
        )
    ]
    if rows:
        table = Participation.metadata.tables["participation"]
        mine = (table.c.edition_id == edition_id) & (table.c.profile_id == bindparam("who"))
        session.connection().execute(update(table).where(mine), rows)
