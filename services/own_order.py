"""A participant's own order: their mix, less the price of others' attention, and what they learned.

It moves people within one list and nothing else: scores, grades, reasons and rounds stay.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, or_
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from matchmaking.mix import Mix, preference, shared_share
from models import Profile, ProfileField
from services.attention import AttentionCache
from services.candidates import Place
from services.mix import mix_of
from services.ranking import Ranking
from services.visibility import Viewer
from services.visibility_parts import shows

_CHUNK = 5000


def put_in_own_order(
    session: Session,
    attention: AttentionCache,
    place: Place,
    viewer: Viewer,
    ranking: Ranking,
    learned: NDArray[np.float32],
) -> None:
    """Order the ranking of a participant as they want it; one query, three for the exploratory.

    Another when the prices were computed anew since this process read them.

    Parameters
    ----------
    learned
        What their own experience adds to each person (``services.learning``).
    """
    mix = mix_of(session, place.edition.id, place.profile_id)
    parts, ids = ranking.parts, ranking.profile_ids
    if mix is Mix.EXPLORATORY:
        parts = replace(parts, shared=_shared(session, place.profile_id, viewer, ids))
    prices = attention.prices(session, place.edition)
    price = np.array([prices.get(one, 0.0) for one in ids], np.float32)
    ranking.order_by(preference(mix, parts) - price + learned)


def _shared(
    session: Session, profile_id: int, viewer: Viewer, profile_ids: Sequence[int]
) -> NDArray[np.float32]:
    """Find the share of fields and topics that somebody has in common with each of some people.

    Who does not show them to the viewer counts as who named none.
    """
    told = or_(col(Profile.id) == profile_id, shows("topics", viewer))
    known = _interests(session, [profile_id, *profile_ids], told)
    mine = frozenset(known[profile_id])
    shares = [shared_share(mine, frozenset(known[one])) for one in profile_ids]
    return np.array(shares, np.float32)


def _interests(
    session: Session, profile_ids: Sequence[int], told: ColumnElement[bool]
) -> defaultdict[int, set[str]]:
    found: defaultdict[int, set[str]] = defaultdict(set)
    for start in range(0, len(profile_ids), _CHUNK):
        some = col(Profile.id).in_(profile_ids[start : start + _CHUNK])
        fields = select(ProfileField.profile_id, ProfileField.field_slug).join(Profile)
        for owner, slug in session.exec(fields.where(some, told)):
            found[owner].add(f"field:{slug}")
        topics = select_columns(col(Profile.id), col(Profile.topics)).where(some, told)
        for owner, names in session.execute(topics):
            found[owner].update(f"topic:{' '.join(name.casefold().split())}" for name in names)
    return found
