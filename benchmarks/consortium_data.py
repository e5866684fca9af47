"""Generated forums from which a team is to be chosen, with fits and affinities as in the demo."""

import numpy as np
from numpy.typing import NDArray

from matchmaking.consortium_lines import lines_of
from matchmaking.consortium_problem import TeamProblem, Trait
from matchmaking.consortium_rules import team_rules
from matchmaking.eligibility_preset import preset

EUROPE = ["DE", "FR", "NL", "BE", "IT", "ES", "AT", "SE", "CH", "GB", "PL", "FI", "IE", "NO"]
_DIMENSION, _TOPICS, _FIELDS, _ROLES = 48, 60, 4, 6
Floats = NDArray[np.float64]


def forum(people: int, seed: int, *, mirror: bool = True) -> TeamProblem:
    """Draw people of four fields and sixty topics, and six roles of one field.

    Half of them are Korean, four share an organisation on average; sizes are 5 to 8.
    """
    rng = np.random.default_rng(seed)
    fields = _unit(rng.normal(size=(_FIELDS, _DIMENSION)))
    field = rng.integers(_FIELDS, size=_TOPICS)
    topics = _unit(0.8 * fields[field] + _unit(rng.normal(size=(_TOPICS, _DIMENSION))))
    of, share = rng.integers(_TOPICS, size=(people, 2)), rng.random((people, 1)) / 2
    work = (1 - share) * topics[of[:, 0]] + share * topics[of[:, 1]]
    work = _unit(work + 0.8 * _unit(rng.normal(size=(people, _DIMENSION))))
    own = np.flatnonzero(field == field[0])
    sought = topics[rng.choice(own, _ROLES, replace=len(own) < _ROLES)]
    sought = _unit(sought + 0.9 * _unit(rng.normal(size=sought.shape)))
    likeness = work @ work.T
    needs, offers = (_unit(work + 1.2 * _unit(rng.normal(size=work.shape))) for _ in range(2))
    met = needs @ offers.T
    affinity = _share(0.65 * likeness + 0.35 * (met + met.T) / 2, 0.5, 0.3)
    half = rng.integers(2, size=people)
    abroad = rng.choice(EUROPE, people, p=rng.dirichlet(np.ones(len(EUROPE))))
    countries = np.where(half == 1, "KR", abroad).tolist()
    return TeamProblem(
        fits=_share(sought @ work.T, 0.62, 0.28).astype(np.float32),
        affinity=np.minimum(affinity, affinity.T).astype(np.float32),
        line=lines_of(np.clip(likeness - 0.15, 0, 1), half if mirror else None),
        half=half,
        entity=2 * rng.integers(max(1, people // 4), size=people) + half,
        traits=(
            Trait("country", np.unique(countries, return_inverse=True)[1], 0.08),
            Trait("experience", rng.integers(-1, 2, size=people), 0.06),
            Trait("kind", rng.choice(4, people, p=[0.6, 0.2, 0.15, 0.05]), 0.06),
        ),
        mirror=mirror,
        rules=team_rules(preset("chips-ju-nrf-mirror" if mirror else "horizon-ria"), countries),
    )


def _unit(rows: Floats) -> Floats:
    lengths: Floats = np.linalg.norm(rows, axis=-1, keepdims=True)
    return rows / lengths


def _share(cosine: Floats, middle: float, width: float) -> Floats:
    return 1 / (1 + np.exp((middle - cosine) / width))
