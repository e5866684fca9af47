"""What each person of one side is promised: a first partner of at least this score, a second ...

A floor under a sum of scores is no rule that a flow can hold. A promise is: "k partners of at
least the k-th score, for every k" is nested, so a ladder of nodes carries it, and promises whose
scores add up to the floor imply it. The search is over promises; the flow finds the best pairing
that keeps them all.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matchmaking.fairness_market import Crowd, Flags
from matchmaking.scorers import FloatArray, IntArray

_LAMBDA_TOP = 50.0
_HALVINGS = 8
# A promise is a hair below a score, so that the partner it was made from keeps it.
_HAIR = 1e-9


@dataclass(frozen=True)
class Bundle:
    """Partners that people would choose: places (q, K) in their lists, which count, their gain."""

    places: IntArray
    taken: Flags
    gain: FloatArray

    def of(self, some: IntArray) -> "Bundle":
        """Return those of some of the people."""
        return Bundle(self.places[some], self.taken[some], self.gain[some])

    def take_over(self, other: "Bundle", where: Flags) -> None:
        """Put in another's bundles for some of the people."""
        self.places[where], self.taken[where] = other.places[where], other.taken[where]
        self.gain[where] = other.gain[where]


class Promises:
    """The promises to one crowd, at first none, and everybody's list of pairs to choose from.

    Attributes
    ----------
    floors
        (n, K) scores, descending, -inf beyond `count`.
    count
        (n,) how many partners are promised.
    pairs
        (n, W) numbers of pairs in the market, best score first; `known` says which are any.
    """

    def __init__(self, crowd: Crowd, people: IntArray, scores: FloatArray) -> None:
        n = len(crowd.most)
        self.crowd = crowd
        self.people = people
        self.floors = np.full((n, crowd.widest), -np.inf)
        self.count = np.zeros(n, np.int64)
        order = np.lexsort((-scores, people))
        lengths = np.bincount(people, minlength=n)
        wide = max(int(lengths.max(initial=0)), crowd.widest + 1)
        place = np.arange(len(people)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        self.pairs = np.zeros((n, wide), np.int64)
        self.known = np.zeros((n, wide), bool)
        self.pairs[people[order], place] = order
        self.known[people[order], place] = True
        self.scores = np.where(self.known, scores[self.pairs] if len(scores) else 0.0, -np.inf)

    def rungs(self, scores: FloatArray) -> IntArray:
        """Return for each pair the first promise that it helps to keep; `count` if none."""
        rungs = np.zeros(len(scores), np.int64)
        promised = np.flatnonzero(self.count[self.people] > 0)
        floors = self.floors[self.people[promised]]
        rungs[promised] = (scores[promised, None] < floors).sum(axis=1)
        return rungs

    def holdings(self, who: IntArray, chosen: Flags) -> FloatArray:
        """Return the scores (q, K) of the people's chosen pairs, descending, -inf beyond."""
        held = np.where(self.known[who] & chosen[self.pairs[who]], self.scores[who], -np.inf)
        return _descending(held)[:, : self.crowd.widest]

    def wanted(self, who: IntArray, gain: FloatArray, need: FloatArray) -> Bundle:
        """Return the bundles of largest gain whose scores add up to what each needs.

        Among bundles on the upper hull of (score, gain): those that are best for gain plus some
        multiple of score, the smallest multiple with which the scores suffice; where none
        suffices, the bundle of best scores.

        Parameters
        ----------
        who
            (q,) people.
        gain
            What each pair of the market is worth to them at present.
        need
            (q,) what the scores must add up to.
        """
        known = self.known[who]
        gains = np.where(known, gain[self.pairs[who]], -np.inf)
        scores = np.where(known, self.scores[who], 0.0)
        choice = _Choice(gains, scores, self.crowd.most[who], self.crowd.widest)
        return choice.reaching(need)

    def promise(self, who: IntArray, bundle: Bundle, need: FloatArray) -> None:
        """Promise people such a bundle, every score shrunk alike until they add up to the need."""
        scores = np.take_along_axis(self.scores[who], bundle.places, axis=1)
        floors = _descending(np.where(bundle.taken, scores, -np.inf))
        sums = np.where(bundle.taken, scores, 0.0).sum(axis=1)
        shrink = np.clip(need / np.maximum(sums, 1e-300), 0.0, 1.0)[:, None]
        self.floors[who] = np.where(floors > 0, np.maximum(floors, 0.0) * shrink, floors) - _HAIR
        self.count[who] = bundle.taken.sum(axis=1)

    def keep(
        self, who: IntArray, chosen: Flags, need: FloatArray, rng: np.random.Generator
    ) -> None:
        """Promise people what they hold, less what they can spare, shared out at random.

        The least partners go first, as long as the others suffice: few high promises leave more
        freedom than many middling ones.
        """
        held = self.holdings(who, chosen)
        floors = np.where(held > -np.inf, held, 0.0)
        spare = floors.sum(axis=1) - need
        kept = held > -np.inf
        for k in range(floors.shape[1] - 1, -1, -1):
            drop = kept[:, k] & (floors[:, k] >= 0) & (spare >= floors[:, k])
            spare = np.where(drop, spare - floors[:, k], spare)
            kept[:, k] &= ~drop
        share = rng.exponential(size=floors.shape) * kept
        share /= np.maximum(share.sum(axis=1, keepdims=True), 1e-300)
        floors -= np.maximum(spare, 0.0)[:, None] * share
        self.floors[who] = _descending(np.where(kept, floors, -np.inf)) - _HAIR
        self.count[who] = kept.sum(axis=1)


class _Choice:
    """Some people's lists side by side: (q, W) gains and scores, (q,) partners at most, `few`."""

    def __init__(self, gains: FloatArray, scores: FloatArray, most: IntArray, few: int) -> None:
        self._gains = gains
        self._scores = scores
        self._most = most
        self._few = few
        self._alike = bool((most == self._few).all())

    def reaching(self, need: FloatArray) -> Bundle:
        """Return the best bundle of each that reaches its need."""
        bundle, sums = self._best(np.zeros(len(need)))
        poor = np.flatnonzero(sums < need)
        if len(poor):
            found = self._of(poor)._bracketed(need[poor])
            bundle.places[poor], bundle.taken[poor] = found.places, found.taken
            bundle.gain[poor] = found.gain
        return bundle

    def _of(self, who: IntArray) -> "_Choice":
        return _Choice(self._gains[who], self._scores[who], self._most[who], self._few)

    def _bracketed(self, need: FloatArray) -> Bundle:
        """Halve in on the multiple of score that suffices, then exchange single partners."""
        low, high = np.zeros(len(need)), np.full(len(need), _LAMBDA_TOP)
        under, over = self._best(low)[0], self._of_merit(self._scores)[0]
        middle = np.full(len(need), 0.5)
        for _ in range(_HALVINGS):
            bundle, sums = self._best(middle)
            enough = sums >= need
            over.take_over(bundle, enough)
            under.take_over(bundle, ~enough)
            high, low = np.where(enough, middle, high), np.where(enough, low, middle)
            # upwards by doubling at first: most multiples are small
            middle = np.where(high == _LAMBDA_TOP, 2 * low + 0.5, (low + high) / 2)
        best = over.of(np.arange(len(need)))
        self._exchange(over, best, need)
        self._exchange(under, best, need)
        return best

    def _best(self, multiple: FloatArray) -> tuple[Bundle, FloatArray]:
        """Return the bundles best for gain + multiple x score, and their sums of scores."""
        return self._of_merit(self._gains + multiple[:, None] * self._scores)

    def _of_merit(self, merit: FloatArray) -> tuple[Bundle, FloatArray]:
        few, wide = self._few, self._scores.shape[1]
        places = np.argpartition(merit, -few, axis=1)[:, wide - few :]
        # flat places: take_along_axis costs as much as the partition on lists so short
        first = np.arange(len(merit))[:, None] * wide
        found = merit.take(places + first)
        if not self._alike:
            order = np.argsort(-found, axis=1, kind="stable")
            places, found = (np.take_along_axis(part, order, axis=1) for part in (places, found))
        taken = found > 0
        if not self._alike:
            taken &= np.arange(few) < self._most[:, None]
        gains = np.where(taken, self._gains.take(places + first), 0.0)
        sums = np.where(taken, self._scores.take(places + first), 0.0)
        return Bundle(places, taken, gains.sum(axis=1)), sums.sum(axis=1)

    def _exchange(self, start: Bundle, best: Bundle, need: FloatArray) -> None:
        """Change one place of the starting bundles, where that is better than the best.

        Bundles off the upper hull are out of reach for any multiple of score, and often the
        cheapest that suffice.
        """
        every = np.arange(len(need))
        gains, scores = self._gains.copy(), self._scores
        here = start.places[start.taken]
        gains[np.nonzero(start.taken)[0], here] = -np.inf
        old_gain = np.where(start.taken, np.take_along_axis(self._gains, start.places, axis=1), 0.0)
        old_score = np.where(start.taken, np.take_along_axis(scores, start.places, axis=1), 0.0)
        spare = need - old_score.sum(axis=1)
        for k in range(self._few):
            enough = scores - old_score[:, k, None] >= spare[:, None]
            rise = np.where(enough, gains - old_gain[:, k, None], -np.inf)
            place = rise.argmax(axis=1)
            gain = start.gain + rise[every, place]
            better = (gain > best.gain) & (k < self._most)
            best.places[better], best.taken[better] = start.places[better], start.taken[better]
            best.places[better, k], best.taken[better, k] = place[better], True
            best.gain[better] = gain[better]


def _descending(values: FloatArray) -> FloatArray:
    return -np.sort(-values, axis=1)


def worth_to(
    gain: NDArray[np.float64], chosen: Flags, promises: Promises, who: IntArray
) -> FloatArray:
    """Return what the pairs that people hold are worth to them."""
    pairs = promises.pairs[who]
    held = promises.known[who] & chosen[pairs]
    worth: FloatArray = np.where(held, gain[pairs], 0.0).sum(axis=1)
    return worth
