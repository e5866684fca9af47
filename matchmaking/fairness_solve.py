"""From a problem to its fair result: the plain optimum, the search, and both bounds."""

from dataclasses import dataclass, replace

import numpy as np

from matchmaking.fairness_bound import Weights, floor_certificate, floor_weights
from matchmaking.fairness_ceiling import Ceiling
from matchmaking.fairness_climb import Climber
from matchmaking.fairness_market import FairSide, Terms
from matchmaking.fairness_result import FairResult, FloorPrice
from matchmaking.fairness_search import Ascent, Limits
from matchmaking.fairness_survey import Survey, survey
from matchmaking.pairing_optimum import Settings
from matchmaking.pairing_pairs import PairSet
from matchmaking.pairing_problem import PairingProblem
from matchmaking.pairing_result import PairingResult, Progress
from matchmaking.pairing_solve import solve_pairing, worst_of
from matchmaking.pairing_tiles import raw_scores, tile_count, tiles
from matchmaking.pairing_watch import Watch
from matchmaking.scorers import BlockScorer, DenseScorer

# So many scores are kept for all the looks that are taken at them.
_AT_HAND = 2**24


@dataclass(frozen=True)
class Effort:
    """How long to search, and how much of the total may be given up.

    Parameters
    ----------
    flows
        How many min-cost flows may be solved.
    first_step
        How far the first floor tried lies on the way up to the ceiling, 0 to 1.
    highest_price
        The largest share of the total that may be given up.
    seed
        For every choice by chance.
    """

    flows: int
    first_step: float
    highest_price: float
    seed: int


def solve_fair(problem: PairingProblem, side: FairSide, watch: Watch, effort: Effort) -> FairResult:
    """Do what `matchmaking.fairness.fair_pair` promises."""
    problem = replace(problem, scorer=_at_hand(problem.scorer, watch))
    plain = solve_pairing(problem, watch, effort.seed, Settings())
    kept = replace(problem, left=plain.effective_left, right=plain.effective_right)
    terms = Terms.of(problem, plain, side)
    found = survey(terms, plain.certificate, watch)
    if not found.market.left.counted.any() and not found.market.right.counted.any():
        return _unraised(kept, plain, side, watch)
    ceiling = Ceiling(found)
    ascent = _risen(found, terms, plain, ceiling, watch, effort)
    ceiling.refine()
    pairs = terms.pins.with_others(found.market.pool.take(ascent.chosen))
    total, scores = float(pairs.values.sum()), pairs.values + problem.worth
    weights = floor_weights(found.market, ascent.floor, ascent.chosen)
    pinned = float(terms.pins.values.sum())
    return FairResult(
        pairs=np.column_stack((pairs.rows, pairs.columns)),
        scores=scores,
        total=total,
        side=side,
        floor=ascent.floor,
        worst_bound=max(ceiling.value, ascent.floor),
        worst_left=worst_of(pairs.rows, scores, problem.left),
        worst_right=worst_of(pairs.columns, scores, problem.right),
        price=_price(plain.total, total),
        curve=_curve([FloorPrice(at.floor, at.total + pinned) for at in ascent.steps]),
        certificate=floor_certificate(kept, plain, weights, ascent.floor, total, watch),
        plain=plain,
    )


def _at_hand(scorer: BlockScorer, watch: Watch) -> BlockScorer:
    """Score everything once, if that is not too much to keep."""
    n, m = scorer.shape
    if isinstance(scorer, DenseScorer) or not 0 < n * m <= _AT_HAND:
        return scorer
    matrix, count = None, tile_count(scorer.shape)
    for done, tile in enumerate(tiles(scorer.shape)):
        watch.report(Progress("scores", done, count))
        scores = raw_scores(scorer, tile)
        matrix = np.empty(scorer.shape, scores.dtype) if matrix is None else matrix
        matrix[tile.top : tile.bottom, tile.first : tile.last] = scores
    return scorer if matrix is None else DenseScorer(matrix)


def _risen(
    found: Survey,
    terms: Terms,
    plain: PairingResult,
    ceiling: Ceiling,
    watch: Watch,
    effort: Effort,
) -> Ascent:
    """Raise the floor from the plain optimum on."""
    market, pool = found.market, found.market.pool
    u, v = plain.certificate.left_price, plain.certificate.right_price
    costs = v[pool.columns], u[pool.rows]
    climber = Climber(market, costs, effort.seed, watch, effort.flows)
    before = PairSet.of(
        np.column_stack((terms.plain.rows, terms.plain.columns)), terms.allowed.shape
    )
    start = before.holds(np.column_stack((pool.rows, pool.columns)))
    best = market.total(start)
    lowest = best - effort.highest_price * abs(plain.total)
    ascent = Ascent(climber, ceiling, start, Limits(best, lowest, effort.flows, effort.first_step))
    ascent.run()
    return ascent


def _unraised(
    kept: PairingProblem, plain: PairingResult, side: FairSide, watch: Watch
) -> FairResult:
    """Return the plain optimum: there is nobody whose total could be changed."""
    nobody = Weights(np.zeros(kept.shape[0]), np.zeros(kept.shape[1]))
    return FairResult(
        pairs=plain.pairs,
        scores=plain.scores,
        total=plain.total,
        side=side,
        floor=0.0,
        worst_bound=0.0,
        worst_left=plain.worst_left,
        worst_right=plain.worst_right,
        price=0.0,
        curve=(FloorPrice(0.0, plain.total),),
        certificate=floor_certificate(kept, plain, nobody, 0.0, plain.total, watch),
        plain=plain,
    )


def _price(before: float, after: float) -> float:
    return max(0.0, (before - after) / abs(before)) if before else 0.0


def _curve(steps: list[FloorPrice]) -> tuple[FloorPrice, ...]:
    """Keep the steps that no other one beats in both floor and total, lowest floor first."""
    kept: list[FloorPrice] = []
    for step in sorted(steps, key=lambda step: (-step.floor, -step.total)):
        if not kept or step.total > kept[-1].total:
            kept.append(step)
    return tuple(reversed(kept))
