"""What all texts of a field have in common, taken out of their vectors before they are compared.

Public: ``ShelfCentres(english, english_every, korean)``, ``Styles(english, every)``,
``Centres(work, offers, needs, styles)``,
``NO_CENTRES``, ``centred_side(side, centres, words)``, ``fit_centres(left, right, prior, steady)``.

In any one field all vectors lean the same way, so a text that says what everybody says is near to
everybody: a hub. Without the mean vector a cosine tells what two texts share beyond that
(Mu and Viswanath, "All-but-the-Top", 2018; Hara et al., "Localized Centering", 2015). The means
belong to the calibration, so nobody who joins moves them.

Short texts lean another way than long ones, whatever they are about and in whatever language, and
most in the encoder of every language: two titles, or an offer and a need, would be near to each
other for being short. Those directions are taken out too (``calibration_styles``).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from matchmaking.affinity_side import PackedSide, Segments, Shelf
from matchmaking.errors import BadInput

Centre = tuple[float, ...]
"""A mean vector; an empty one takes nothing out."""
ALONE = (1.0,)
STEADY = 20


@dataclass(frozen=True, slots=True)
class ShelfCentres:
    """The mean vectors of one kind of text, one for each view of a ``Shelf``."""

    english: Centre = ()
    english_every: Centre = ()
    korean: Centre = ()


@dataclass(frozen=True, slots=True)
class Styles:
    """Orthonormal directions in which only the style of a text shows.

    ``english`` is for the English view, ``every`` for both views in the encoder of every language.
    """

    english: tuple[Centre, ...] = ()
    every: tuple[Centre, ...] = ()


@dataclass(frozen=True, slots=True)
class Centres:
    """The mean vectors of work, offers and needs; each kind has its own way of speaking."""

    work: ShelfCentres = ShelfCentres()
    offers: ShelfCentres = ShelfCentres()
    needs: ShelfCentres = ShelfCentres()
    styles: Styles = Styles()


NO_CENTRES = Centres()


def centred_side(side: PackedSide, centres: Centres, words: float) -> PackedSide:
    """Return a side ready to compare: centred, of unit length, the encoders in their shares.

    A side that is ready for the same is returned as it is, so it may be kept and used again.

    Parameters
    ----------
    words
        The share of the words in a comparison of English texts, 0 to 1; the sense has the rest.

    Raises
    ------
    BadInput
        When the centres are of other encoders' vectors, or the side is ready for others.
    """
    if side.ready_for == (centres, words):
        return side
    if side.ready_for is not None:
        raise BadInput("this side was made ready for another calibration: pack it again")
    shares = (1 - words, words)
    styles = centres.styles

    def shelf(raw: Shelf, means: ShelfCentres) -> Shelf:
        return Shelf(
            english=_centred(raw.english, means.english, styles.english, shares),
            english_every=_centred(raw.english_every, means.english_every, styles.every),
            korean=_centred(raw.korean, means.korean, styles.every),
        )

    return PackedSide(
        side.keys,
        shelf(side.expertise, centres.work),
        shelf(side.offers, centres.offers),
        shelf(side.needs, centres.needs),
        ready_for=(centres, words),
    )


def _centred(
    segments: Segments,
    centre: Centre,
    styles: Sequence[Centre],
    shares: Sequence[float] = ALONE,
) -> Segments:
    """Take mean and style out of vectors and scale each encoder's part to its share of the cosine.

    The inner product of two results is the sum of share times cosine over the encoders.
    """
    if not len(segments.vectors):
        return segments
    width = segments.vectors.shape[1]
    for taken in (centre, *styles):
        if taken and len(taken) != width:
            raise BadInput(
                f"the calibration is for vectors of {len(taken)} numbers, not {width}:"
                " calibrate the edition again"
            )
    rows = segments.vectors.astype(np.float32) - np.asarray(centre or 0, np.float32)
    if styles:
        directions = np.asarray(styles, np.float32)
        rows -= (rows @ directions.T) @ directions
    start = 0
    for length, share in zip(segments.blocks, shares, strict=True):
        part = rows[:, start : start + length]
        lengths = np.linalg.norm(part, axis=1, keepdims=True)
        part *= np.float32(share**0.5) / np.where(lengths > 0, lengths, np.float32(1))
        start += length
    return replace(segments, vectors=rows.astype(np.float16))


def fit_centres(
    left: PackedSide, right: PackedSide, prior: Centres = NO_CENTRES, steady: int = STEADY
) -> Centres:
    """Return the mean vectors of both sides' texts, every person counting the same.

    A small sample is held to the prior's centre, or else to that of people's work (for offers and
    needs) or to zero, as if ``steady`` texts had been seen before with that mean.
    """

    def shelf(one: Shelf, two: Shelf, first: ShelfCentres, second: ShelfCentres) -> ShelfCentres:
        return ShelfCentres(
            **{
                view: _mean(
                    (getattr(one, view), getattr(two, view)),
                    getattr(first, view) or getattr(second, view),
                    steady,
                )
                for view in ("english", "english_every", "korean")
            }
        )

    work = shelf(left.expertise, right.expertise, prior.work, ShelfCentres())
    return Centres(
        work,
        shelf(left.offers, right.offers, prior.offers, work),
        shelf(left.needs, right.needs, prior.needs, work),
        prior.styles,
    )


def _mean(both: tuple[Segments, Segments], prior: Centre, steady: int) -> Centre:
    sides = [side for side in both if len(side.vectors)]
    if not sides:
        return prior
    count = sum(len(side.vectors) for side in sides)
    people = sum(float(side.weights.sum()) for side in sides)
    total = sum(side.weights @ side.vectors for side in sides)
    sure = count / (count + steady)
    mean = sure * total / people + (1 - sure) * np.asarray(prior or 0.0)
    return tuple(round(float(value), 4) for value in mean)
