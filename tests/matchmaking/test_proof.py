"""A round as numbers: written, read on another machine, and recomputed from nothing else."""

import json
from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from itertools import permutations, product
from typing import Any

import numpy as np
import pytest

from matchmaking import proof as proofs
from matchmaking.errors import BadInput
from matchmaking.fairness import FairResult, fair_pair
from matchmaking.pairing import Bounds, PairingProblem, PairingResult, pair
from matchmaking.proof import Names, RoundProof, proof_of
from matchmaking.proof_check import check
from matchmaking.proof_file import read_proof, to_body, with_scores
from matchmaking.proof_scores import keep_scores
from matchmaking.scorers import DenseScorer

PEOPLE = 40


def problem(**given: Any) -> PairingProblem:
    rng = np.random.default_rng(7)
    left, right = rng.random((PEOPLE, 4)), rng.random((PEOPLE - 5, 4))
    scores = (left @ right.T / 4).astype(np.float32)
    values: dict[str, Any] = {
        "scorer": DenseScorer(scores),
        "left": Bounds.same(PEOPLE, 2, 4),
        "right": Bounds.same(PEOPLE - 5, 2, 5),
        "forbidden": np.array([[0, 1], [2, 3]]),
        "sealed": np.array([[0, 2], [5, 5]]),
        "pinned": np.array([[7, 7], [8, 1]]),
    }
    return PairingProblem(**values | given)


def names(problem: PairingProblem, seed: int = 0) -> Names:
    rng = np.random.default_rng(seed)
    left, right = (
        tuple(f"{name:016x}" for name in rng.integers(0, 2**60, size)) for size in problem.shape
    )
    return Names(left, right)


def written(
    asked: PairingProblem, result: PairingResult | FairResult, called: Names | None = None
) -> bytes:
    proof, _ = proof_of(asked, result, called or names(asked), 0)
    return with_scores(to_body(proof, {"edition": "jeju", "round": 1}), proof.scores.data)


@pytest.fixture
def coarse(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep scores as those of very many people are kept."""
    monkeypatch.setattr(
        proofs, "keep_scores", lambda one, two, three: keep_scores(one, two, three, 0)
    )


Solve = Callable[[PairingProblem], PairingResult | FairResult]
SOLVERS: list[Solve] = [pair, fair_pair]


@pytest.mark.parametrize("solve", SOLVERS)
def test_a_round_is_recomputed_from_its_manifest_alone(solve: Solve) -> None:
    asked = problem()
    result = solve(asked)
    found = check(read_proof(written(asked, result)))
    assert found.same, found.differences
    assert found.total == pytest.approx(result.total)
    assert found.bound == pytest.approx(result.certificate.bound)


@pytest.mark.parametrize("solve", SOLVERS)
def test_ceilings_prove_the_same_bound_from_a_byte_a_pair(solve: Solve, coarse: None) -> None:
    asked = problem()
    result = solve(asked)
    proof = read_proof(written(asked, result))
    assert proof.scores.encoding == "ceilings"
    assert len(proof.scores.near) < 0.4 * PEOPLE * PEOPLE
    found = check(proof)
    assert found.same, found.differences
    assert found.bound == pytest.approx(result.certificate.bound)


def test_a_ceiling_is_never_below_its_score(coarse: None) -> None:
    asked = problem()
    exact = read_proof(written(asked, pair(asked))).scores
    rng = np.random.default_rng(3)
    scores = rng.random((50, 60)).astype(np.float32)
    free = Bounds.same(50, 0, 1), Bounds.same(60, 0, 1)
    kept, _ = keep_scores(
        PairingProblem(DenseScorer(scores), *free),
        lambda _tile, block: np.zeros(block.shape, bool),
        np.array([[0, 0]]),
        most_exact=0,
    )
    assert (kept.matrix() >= scores).all()
    assert (kept.matrix() - scores).max() <= 2.1 * kept.step
    assert kept.matrix()[0, 0] == scores[0, 0]
    assert exact.step > 0


def test_who_is_short_is_met_as_far_as_the_bound_says() -> None:
    asked = problem(left=Bounds.same(PEOPLE, 5, 5))
    result = pair(asked)
    assert result.unmet
    assert check(read_proof(written(asked, result))).same


def test_a_private_choice_is_one_forbidden_pair_of_many() -> None:
    asked = problem()
    both = np.concatenate((asked.forbidden, asked.sealed))
    none = np.zeros((0, 2), np.int32)
    result = pair(asked)
    mixed = written(replace(asked, forbidden=both[::-1], sealed=none), result)
    assert json.loads(mixed) == json.loads(written(asked, result))


def test_the_score_of_a_pair_that_may_not_meet_is_not_in_it() -> None:
    asked = problem()
    proof = read_proof(written(asked, pair(asked)))
    rows, columns = proof.forbidden.T
    assert (proof.scores.matrix()[rows, columns] == 0).all()


def test_a_place_in_the_lists_tells_nothing_of_the_order_of_the_people() -> None:
    asked = problem()
    called = names(asked)
    proof = read_proof(written(asked, pair(asked), called))
    assert list(proof.left.people) == sorted(called.left)
    other = read_proof(written(asked, pair(asked), names(asked, seed=1)))
    assert not set(proof.left.people) & set(other.left.people)


def test_the_best_score_of_each_is_told_in_the_order_of_the_people() -> None:
    asked = problem()
    _, best = proof_of(asked, pair(asked), names(asked), 0)
    scores = asked.scorer.score(*(np.arange(size) for size in asked.shape)).copy()
    out = np.concatenate((asked.forbidden, asked.sealed))
    scores[out[:, 0], out[:, 1]] = -np.inf
    assert best.left == pytest.approx(scores.max(axis=1))
    assert best.right == pytest.approx(scores.max(axis=0))


def _without_a_pair(whole: dict[str, Any]) -> None:
    whole["pairs"] = whole["pairs"][1:]


def _a_pair_twice(whole: dict[str, Any]) -> None:
    whole["pairs"].append(whole["pairs"][0])


def _a_forbidden_pair(whole: dict[str, Any]) -> None:
    whole["pairs"].append(whole["forbidden"][0])


def _no_pin(whole: dict[str, Any]) -> None:
    whole["pairs"] = [one for one in whole["pairs"] if one not in whole["pinned"]]


def _a_better_total(whole: dict[str, Any]) -> None:
    whole["total"] += 0.01


def _a_lower_bound(whole: dict[str, Any]) -> None:
    whole["bound"] -= 0.01


def _other_prices(whole: dict[str, Any]) -> None:
    whole["left"]["price"][0] += 0.5


def _wider_bounds(whole: dict[str, Any]) -> None:
    whole["right"]["most"] = [most + 1 for most in whole["right"]["most"]]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_without_a_pair, "wrong-total"),
        (_a_pair_twice, "repeated-pair"),
        (_a_forbidden_pair, "forbidden-pair"),
        (_no_pin, "missing-pin"),
        (_a_better_total, "wrong-total"),
        (_a_lower_bound, "wrong-bound"),
        (_other_prices, "wrong-bound"),
        (_wider_bounds, "another-total"),
    ],
)
def test_what_was_changed_is_found(change: Callable[[dict[str, Any]], None], code: str) -> None:
    asked = problem()
    whole = json.loads(written(asked, pair(asked)))
    change(whole)
    found = check(read_proof(json.dumps(whole).encode()))
    assert not found.same
    assert code in {one.code for one in found.differences}


def test_a_floor_that_somebody_is_below_is_found() -> None:
    asked = problem()
    whole = json.loads(written(asked, fair_pair(asked)))
    floor = whole["floor"]
    assert max(floor["left_weight"] + floor["right_weight"]) > 0
    floor["value"] += 1.0
    codes = {one.code for one in check(read_proof(json.dumps(whole).encode())).differences}
    assert codes >= {"below-floor", "wrong-bound"}


def test_pairs_made_by_hand_keep_their_bound_and_need_not_be_the_best() -> None:
    asked = problem(pinned=np.zeros((0, 2), np.int32))
    proof = read_proof(written(asked, pair(asked)))
    scores = proof.scores.matrix()
    pairs = proof.pairs.copy()
    swapped = _swap(proof)
    total = float(scores[swapped[:, 0], swapped[:, 1]].astype(np.float64).sum())
    assert total < proof.total
    by_hand = replace(proof, pairs=swapped, total=total, made_by="hand")
    found = check(by_hand)
    assert found.same, found.differences
    assert not check(replace(by_hand, made_by="solver")).same
    assert len(pairs) == len(swapped)


def _swap(proof: RoundProof) -> np.ndarray[Any, np.dtype[np.int32]]:
    """Exchange the partners of two pairs, wherever that is allowed."""
    taken = {tuple(one) for one in (*proof.pairs.tolist(), *proof.forbidden.tolist())}
    pairs = proof.pairs.tolist()
    for first, (a, b) in enumerate(pairs):
        for second, (c, d) in enumerate(pairs[first + 1 :], first + 1):
            if a != c and b != d and (a, d) not in taken and (c, b) not in taken:
                pairs[first], pairs[second] = [a, d], [c, b]
                return np.array(pairs, np.int32)
    raise AssertionError("no two pairs can be exchanged")


@pytest.mark.parametrize(
    ("manifest", "words"),
    [
        (b"{", "this is no JSON"),
        (b"[]", "no manifest of a round"),
        (b'{"format": "ieum-round/1"}', "has no 'scores'"),
    ],
)
def test_what_is_no_manifest_is_said_to_be_none(manifest: bytes, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        read_proof(manifest)


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("pairs", [[0, 900]], "pairs names somebody beyond"),
        ("worth", "much", "worth must be a number"),
        ("pinned", [["a", 1]], "damaged"),
        ("total", float("inf"), "total must be a number"),
    ],
)
def test_a_damaged_manifest_is_refused_and_says_where(key: str, value: object, words: str) -> None:
    asked = problem()
    whole = json.loads(written(asked, pair(asked))) | {key: value}
    with pytest.raises(BadInput, match=words):
        read_proof(json.dumps(whole).encode())


def test_scores_that_are_cut_off_are_refused() -> None:
    asked = problem()
    proof = read_proof(written(asked, pair(asked)))
    with pytest.raises(BadInput, match="the scores cannot be read"):
        check(replace(proof, scores=replace(proof.scores, data=proof.scores.data[:40])))


def test_anybody_reads_the_scores_with_a_few_lines_of_numpy() -> None:
    import zlib

    asked = problem()
    whole = json.loads(written(asked, pair(asked)))
    packed = b64decode(whole["scores"]["data"])
    shape = len(whole["left"]["people"]), len(whole["right"]["people"])
    scores = np.frombuffer(zlib.decompress(packed), "<f4").reshape(shape)
    total = sum(float(scores[row, column]) for row, column in whole["pairs"])
    assert total == pytest.approx(whole["total"])


def test_the_best_score_of_everybody_leaves_excluded_pairs_out_under_any_pseudonyms() -> None:
    scores = np.array([[0.9, 0.8, 0.1], [0.7, 0.2, 0.3], [0.6, 0.5, 0.4]], np.float32)
    everybody = Bounds.same(3, 1, 2)
    asked = PairingProblem(
        DenseScorer(scores), everybody, everybody, sealed=np.array([[0, 0]], np.int32)
    )
    result = pair(asked)
    orders = list(permutations("abc"))
    for left, right in product(orders, orders):
        _, best = proof_of(asked, result, Names(left, right), 0)
        assert best.left == pytest.approx([0.8, 0.7, 0.6])
        assert best.right == pytest.approx([0.7, 0.8, 0.4])
