"""The shipped affinity and its baselines, measured from people's texts to figures.

Public: ``Matcher(encoders, fallback, settings)`` with ``pairs(left, right, pairs)`` and
``ratings(people, items, ratings, by)``; ``PairsReport``, ``RatingsReport``, ``Matcher.shipped()``.

The affinity is calibrated on the texts of the file (never on the pairs or ratings that it is
measured by), as an organiser calibrates an edition on its participants' texts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matchmaking.affinity import AffinityScorer, AffinitySettings
from matchmaking.affinity_side import encode_people, pack_side
from matchmaking.calibration import Calibration, default_calibration
from matchmaking.calibration_fit import encode_parallel_texts, fit_calibration
from matchmaking.encoder_plan import DEFAULT_PLAN, EncoderPlan
from matchmaking.encoders import Encoder, FloatMatrix, load_encoder
from matchmaking.errors import BadInput
from matchmaking.evaluation import (
    Agreement,
    By,
    Ranking,
    Rating,
    Scores,
    evaluate_pairs,
    evaluate_ratings,
    random_ranking,
)
from matchmaking.lexical import TfIdf
from matchmaking.passages import has_hangul
from matchmaking.profile import Person


@dataclass(frozen=True, slots=True)
class PairsReport:
    """The affinity's ranking beside a random one and plain TF-IDF."""

    affinity: Ranking
    random: Ranking
    tfidf: Ranking


@dataclass(frozen=True, slots=True)
class RatingsReport:
    """The affinity's agreement with ratings beside that of plain TF-IDF."""

    affinity: Agreement
    tfidf: Agreement


@dataclass(frozen=True, slots=True)
class Matcher:
    """The affinity with everything it needs, loaded.

    Parameters
    ----------
    plan
        The encoders in use.
    encoders
        By name; all that the plan names.
    fallback
        Steadies the calibration on a small file.
    """

    plan: EncoderPlan
    encoders: Mapping[str, Encoder]
    fallback: Calibration
    settings: AffinitySettings

    @classmethod
    def shipped(cls) -> "Matcher":
        """Load the shipped encoders, calibration and settings; seconds, for torch."""
        return cls(
            DEFAULT_PLAN,
            {name: load_encoder(name) for name in DEFAULT_PLAN.names},
            default_calibration(),
            AffinitySettings(),
        )

    def scores(self, left: Sequence[Person], right: Sequence[Person]) -> FloatMatrix:
        """Return the scores of everybody with everybody, (left, right)."""
        encoders = self._needed((*left, *right))
        sides = [
            pack_side(encode_people(side, self.plan, encoders), self.plan) for side in (left, right)
        ]
        calibration = fit_calibration(
            sides[0],
            sides[1],
            encode_parallel_texts(self.plan, self.encoders),
            "the people to evaluate",
            self.settings,
            self.fallback,
        )
        scorer = AffinityScorer(sides[0], sides[1], calibration, self.settings)
        return scorer.score(np.arange(len(left)), np.arange(len(right)))

    def _needed(self, people: Sequence[Person]) -> Mapping[str, Encoder]:
        """Leave the encoder of every language out where all is English: a quarter of the time."""
        if any(has_hangul(whole_text(person)) for person in people):
            return self.encoders
        names = self.plan.for_english_pairs
        return {name: encoder for name, encoder in self.encoders.items() if name in names}

    def pairs(
        self, left: Sequence[Person], right: Sequence[Person], pairs: Sequence[tuple[str, str]]
    ) -> PairsReport:
        """Measure how well known good pairs are found.

        Parameters
        ----------
        left, right
            Everybody on either side: the candidates.
        pairs
            Keys of a left and of a right person.

        Raises
        ------
        BadInput
            When a pair names an unknown key.
        """
        rows, columns = _places(left), _places(right)
        places = [(_place(rows, one), _place(columns, other)) for one, other in pairs]
        return PairsReport(
            evaluate_pairs(self.scores(left, right), places),
            random_ranking((len(left), len(right)), places),
            evaluate_pairs(tfidf_scores(left, right), places),
        )

    def ratings(
        self,
        people: Sequence[Person],
        items: Sequence[Person],
        ratings: Sequence[tuple[str, str, float]],
        by: By = By.PERSON,
    ) -> RatingsReport:
        """Measure agreement with people's ratings of items.

        Parameters
        ----------
        items
            Each as a person with one publication.
        ratings
            Keys of a person and of an item, and the rating.

        Raises
        ------
        BadInput
            When a rating names an unknown key, or one pair is rated twice.
        """
        rows, columns = _places(people), _places(items)
        placed = [
            Rating(_place(rows, person), _place(columns, item), rating)
            for person, item, rating in ratings
        ]
        return RatingsReport(
            evaluate_ratings(self.scores(people, items), placed, by),
            evaluate_ratings(tfidf_scores(people, items), placed, by),
        )


def tfidf_scores(left: Sequence[Person], right: Sequence[Person]) -> Scores:
    """Return cosines of people's whole texts as TF-IDF of words and word pairs: a baseline.

    The rarity of words is counted over everybody on both sides.
    """
    texts = [[whole_text(person) for person in side] for side in (left, right)]
    terms = TfIdf.fit(texts[0] + texts[1])
    product: Scores = (terms.transform(texts[0]) @ terms.transform(texts[1]).T).toarray()
    return product


def whole_text(person: Person) -> str:
    """Join all texts of a person."""
    works = [text for work in person.publications for text in (work.title, work.abstract)]
    return "\n".join((person.research, *works, *person.offers, *person.needs))


def _places(people: Sequence[Person]) -> dict[str, int]:
    return {person.key: place for place, person in enumerate(people)}


def _place(places: Mapping[str, int], key: str) -> int:
    if key not in places:
        raise BadInput(f"nobody and nothing here has the id {key!r}")
    return places[key]
