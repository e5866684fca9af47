"""What a round is computed from, read in one go, and its fingerprint."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from sqlmodel import Session, select

from matchmaking.pairing_pairs import PairSet
from matchmaking.pairing_problem import Bounds, PairingProblem
from matchmaking.proof_scores import at_hand
from matchmaking.scorers import BlockScorer, IntArray
from models import Edition, Passage, Profile
from services.already_met import already_met
from services.conflicts import forbidden_pairs
from services.edition_calibration import calibration_of
from services.edition_promises import promised
from services.errors import ServiceError
from services.pair_rules import rules_among
from services.participants import participants
from services.private_choices import private_pairs
from services.round_parameters import RoundParameters


class SideIsEmpty(ServiceError):
    """Nobody takes part on one side, so nobody can be paired."""

    code = "side-is-empty"


class PinsAboveMost(ServiceError):
    """Some people have more pinned partners than this round gives them at most."""

    code = "pins-above-most"

    def __init__(self, people: int) -> None:
        super().__init__(
            f"{people} people have more pinned partners than this round gives them at most: "
            "lift pins, or raise the most."
        )


class Judge(BlockScorer, Protocol):
    """An affinity that can also say what a pair is worth in words, and why."""

    def judge(self, pairs: IntArray) -> Iterator["Verdict"]:
        """Explain pairs (k, 2), one after the other."""
        ...


@dataclass(frozen=True)
class Verdict:
    """A pair in words: the code of its grade, and the reasons as plain values for one column."""

    grade: str
    reasons: list[dict[str, Any]]


MakeJudge = Callable[[Session, Edition, Sequence[int], Sequence[int]], Judge]


@dataclass(frozen=True)
class RoundInput:
    """The problem of a round, who its rows and columns are, the hash of it, and who read texts."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    problem: PairingProblem
    judge: Judge
    hash: str
    encoders: tuple[str, ...]


def read_input(
    session: Session, edition: Edition, parameters: RoundParameters, make_judge: MakeJudge
) -> RoundInput:
    """Read who takes part, their bounds, conflicts and exclusions, and their affinity.

    Raises
    ------
    SideIsEmpty
        When one side has no participant.
    """
    left = participants(session, edition.id, "left")
    right = participants(session, edition.id, "right")
    for name, people in ((edition.left_name_en, left), (edition.right_name_en, right)):
        if not people:
            raise SideIsEmpty(f"Nobody takes part for {name}: import people or open registration.")
    left_ids = tuple(person.id for person in left)
    right_ids = tuple(person.id for person in right)
    promises = promised(session, edition, parameters, (*left, *right))
    judge = make_judge(session, edition, left_ids, right_ids)
    barred = _barred(session, edition, left_ids, right_ids)
    bounds = (
        _bounds(left, parameters, len(right), promises),
        _bounds(right, parameters, len(left), promises),
    )
    _check_pins(*bounds, barred.pinned)
    problem = PairingProblem(
        at_hand(judge),
        *bounds,
        forbidden=barred.forbidden,
        sealed=barred.sealed,
        pinned=barred.pinned,
        worth=parameters.worth,
    )
    encoders = calibration_of(edition).plan.names
    digest = _hash(session, left, right, problem)
    return RoundInput(left_ids, right_ids, problem, judge, digest, encoders)


@dataclass(frozen=True)
class _Barred:
    """Pairs by what bars them: an organiser, who may lift it; facts and people, whom none asks."""

    forbidden: IntArray
    sealed: IntArray
    pinned: IntArray


def _barred(
    session: Session, edition: Edition, left: Sequence[int], right: Sequence[int]
) -> _Barred:
    """Read which pairs are ruled out or in.

    A pin goes before facts, which the organiser saw; what a person chose goes before a pin.
    """
    shape = len(left), len(right)
    rules = rules_among(session, edition.id, left, right)
    facts = forbidden_pairs(session, left, right, already_met(session, edition))
    private = _exclusions(session, left, right)
    pinned = rules.pinned[~PairSet.of(private, shape).holds(rules.pinned)]
    facts = facts[~PairSet.of(pinned, shape).holds(facts)]
    return _Barred(rules.forbidden, np.concatenate((facts, private)), pinned)


def _check_pins(left: Bounds, right: Bounds, pinned: IntArray) -> None:
    people = 0
    for bounds, place in ((left, 0), (right, 1)):
        held = np.bincount(pinned[:, place], minlength=len(bounds.most))
        people += int((held > bounds.most).sum())
    if people:
        raise PinsAboveMost(people)


def _bounds(
    people: Sequence[Profile],
    parameters: RoundParameters,
    others: int,
    promises: Mapping[int, int],
) -> Bounds:
    """Give everybody's bounds; what only one of the two was set for bends the default to fit.

    A promise raises a person's least, never above their own most.
    """
    least, most = [], []
    for person in people:
        low, high = person.least_partners, person.most_partners
        if low is None:
            low = parameters.least if high is None else min(parameters.least, high)
        if high is None:
            high = max(parameters.most, low)
        low = min(max(low, promises.get(person.id, 0)), high)
        tried = parameters.changes.get(str(person.id), {})
        high += tried.get("more", 0)
        low = max(0, low - tried.get("less", 0))
        least.append(low)
        most.append(min(max(high, low), max(others, low)))
    return Bounds(np.array(least, np.int32), np.array(most, np.int32))


def _exclusions(session: Session, left: Sequence[int], right: Sequence[int]) -> IntArray:
    """Read every private choice between the sides, whoever made it, as (k, 2) indices."""
    row = {person: index for index, person in enumerate(left)}
    column = {person: index for index, person in enumerate(right)}
    pairs = set()
    for one, other in private_pairs(session):
        for first, second in ((one, other), (other, one)):
            if first in row and second in column:
                pairs.add((row[first], column[second]))
    return np.array(sorted(pairs), np.int32).reshape(-1, 2)


def _hash(
    session: Session,
    left: Sequence[Profile],
    right: Sequence[Profile],
    problem: PairingProblem,
) -> str:
    """Fingerprint the input: people's keys, texts' hashes, bounds, conflicts, exclusions."""
    keys = {person.id: f"{person.source}:{person.source_key}" for person in (*left, *right)}
    query = select(Passage.profile_id, Passage.text_hash)
    texts = sorted((keys[one], text) for one, text in session.exec(query) if one in keys)
    whole = {
        "left": [keys[person.id] for person in left],
        "right": [keys[person.id] for person in right],
        "bounds": [
            array.tolist()
            for side in (problem.left, problem.right)
            for array in (side.least, side.most)
        ],
        "forbidden": problem.forbidden.tolist(),
        "sealed": problem.sealed.tolist(),
        "pinned": problem.pinned.tolist(),
        "worth": problem.worth,
        "texts": texts,
    }
    return hashlib.sha256(json.dumps(whole, ensure_ascii=False).encode()).hexdigest()
