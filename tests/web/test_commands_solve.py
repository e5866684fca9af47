"""The solver on bare numbers: files in, pairs and proof out, every bad file named."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from click.testing import Result
from flask import Flask

SCORES = np.array([[0.9, 0.8, 0.1], [0.7, 0.2, 0.3], [0.6, 0.5, 0.4]])
CLOSE = np.array([[0.90, 0.70], [0.69, 0.50]])
ONE_EACH = ("--least-left", 1, "--most-left", 1, "--least-right", 1, "--most-right", 1)
Solve = Callable[..., Result]


@pytest.fixture
def solve(app: Flask, tmp_path: Path) -> Solve:
    output = tmp_path / "pairs.csv"

    def act(*words: object) -> Result:
        arguments = ["solve", *map(str, words), "--output", str(output), "--json"]
        return app.test_cli_runner().invoke(args=arguments)

    return act


@pytest.fixture
def scores(tmp_path: Path) -> Path:
    return saved(tmp_path / "scores.npy", SCORES)


def saved(path: Path, array: np.ndarray) -> Path:
    np.save(path, array)
    return path


def told(done: Result) -> dict[str, object]:
    assert done.exit_code == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def pairs(tmp_path: Path) -> list[tuple[int, int, float]]:
    with (tmp_path / "pairs.csv").open(encoding="utf-8", newline="") as file:
        return [
            (int(row["left"]), int(row["right"]), float(row["score"]))
            for row in csv.DictReader(file)
        ]


def test_the_best_pairs_and_their_scores_are_written(
    solve: Solve, scores: Path, tmp_path: Path
) -> None:
    answer = told(solve(scores, *ONE_EACH))
    assert pairs(tmp_path) == [(0, 1, 0.8), (1, 0, 0.7), (2, 2, 0.4)]
    assert answer["pairs"] == 3
    assert answer["total"] == pytest.approx(1.9)
    assert answer["gap"] <= 1e-6  # type: ignore[operator] # a number
    assert set(answer) == {
        "pairs",
        "total",
        "bound",
        "gap",
        "worst_left",
        "worst_right",
        "worst_bound",
        "unmet",
        "cpu_seconds",
        "peak_mb",
    }


def test_the_certificate_proves_the_bound(solve: Solve, scores: Path, tmp_path: Path) -> None:
    target = tmp_path / "proof.npz"
    answer = told(solve(scores, *ONE_EACH, "--certificate", target))
    with np.load(target) as prices:
        u, v = prices["left_price"], prices["right_price"]
    # DOORS' formula, with least = most = 1 for everybody.
    bound = u.sum() + v.sum() + np.maximum(0, SCORES - u[:, None] - v[None, :]).sum()
    assert bound == pytest.approx(answer["bound"], abs=1e-9)
    assert bound >= answer["total"] - 1e-9  # type: ignore[operator] # a number


@pytest.mark.parametrize("ending", ["csv", "npy"])
def test_forbidden_pairs_are_read_from_either_kind_of_file(
    solve: Solve, scores: Path, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"forbidden.{ending}"
    if ending == "csv":
        path.write_text("left,right\n0,1\n", encoding="utf-8")
    else:
        saved(path, np.array([[0, 1]]))
    told(solve(scores, *ONE_EACH, "--forbidden", path))
    assert (0, 1) not in [(left, right) for left, right, _ in pairs(tmp_path)]


def test_vectors_are_scored_by_their_inner_product(solve: Solve, tmp_path: Path) -> None:
    left = saved(tmp_path / "left.npy", np.eye(3, dtype=np.float32))
    right = saved(tmp_path / "right.npy", np.eye(3, dtype=np.float32)[[1, 2, 0]])
    told(solve("--vectors", left, right, *ONE_EACH))
    assert [(i, j) for i, j, _ in pairs(tmp_path)] == [(0, 2), (1, 0), (2, 1)]


def test_worth_is_taken_off_every_pair(solve: Solve, scores: Path) -> None:
    free = ("--least-left", 0, "--most-left", 3, "--least-right", 0, "--most-right", 3)
    answer = told(solve(scores, *free, "--worth", 0.65))
    assert answer["pairs"] == 3
    assert answer["total"] == pytest.approx(0.25 + 0.15 + 0.05)


def test_unmet_people_are_a_result(solve: Solve, tmp_path: Path) -> None:
    scores = saved(tmp_path / "narrow.npy", np.ones((3, 1)))
    answer = told(solve(scores, *ONE_EACH))
    assert len(answer["unmet"]) == 2  # type: ignore[arg-type] # a list


@pytest.mark.parametrize(
    ("array", "told_of"),
    [
        (np.array([[1.0, np.nan]]), "row 0, column 1"),
        (np.array([[1.0], [np.inf]]), "row 1, column 0"),
        (np.zeros(4), "two dimensions"),
        (np.array([["a"]]), "matrix of numbers"),
    ],
)
def test_scores_that_are_no_numbers_are_refused_with_their_place(
    solve: Solve, tmp_path: Path, array: np.ndarray, told_of: str
) -> None:
    done = solve(saved(tmp_path / "bad.npy", array))
    assert done.exit_code == 1
    error = json.loads(done.stdout)["error"]
    assert told_of in error
    assert "bad.npy" in error
    assert not (tmp_path / "pairs.csv").exists()


def test_a_file_that_is_no_array_is_refused(solve: Solve, tmp_path: Path) -> None:
    path = tmp_path / "bad.npy"
    path.write_bytes(b"left,right\n0,1\n")
    assert "is not a .npy file" in json.loads(solve(path).stdout)["error"]


@pytest.mark.parametrize("line", ["0", "a,b", "0,-1", "0.5,1"])
def test_a_line_that_is_no_pair_is_named(
    solve: Solve, scores: Path, tmp_path: Path, line: str
) -> None:
    path = tmp_path / "forbidden.csv"
    path.write_text(f"left,right\n1,1\n{line}\n", encoding="utf-8")
    done = solve(scores, "--forbidden", path)
    assert done.exit_code == 1
    assert "forbidden.csv, line 3" in json.loads(done.stdout)["error"]


def test_a_forbidden_index_outside_of_the_scores_is_named(
    solve: Solve, scores: Path, tmp_path: Path
) -> None:
    path = tmp_path / "forbidden.csv"
    path.write_text("7,0\n", encoding="utf-8")
    assert "(7, 0)" in json.loads(solve(scores, "--forbidden", path).stdout)["error"]


def test_least_above_most_names_the_options(solve: Solve, scores: Path) -> None:
    done = solve(scores, "--least-left", 4, "--most-left", 2)
    assert "--least-left is 4, above --most-left 2" in json.loads(done.stdout)["error"]


def test_neither_scores_nor_vectors_is_wrong_usage(solve: Solve) -> None:
    assert solve().exit_code == 2


def test_the_worst_off_row_is_raised_and_the_cost_is_told(solve: Solve, tmp_path: Path) -> None:
    scores = saved(tmp_path / "scores.npy", CLOSE)
    plain = told(solve(scores, *ONE_EACH))
    proof = tmp_path / "proof.npz"
    fair = told(solve(scores, *ONE_EACH, "--fair", "left", "--certificate", proof))
    assert (plain["worst_left"], fair["worst_left"]) == (0.5, 0.69)
    assert plain["worst_bound"] is None
    assert fair["worst_bound"] == pytest.approx(0.69, abs=1e-5)
    assert fair["price"] == pytest.approx(0.01 / 1.4)
    assert fair["curve"] == [
        {"floor": 0.5, "total": pytest.approx(1.4)},
        {"floor": 0.69, "total": pytest.approx(1.39)},
    ]
    assert sum(score for *_, score in pairs(tmp_path)) == pytest.approx(fair["total"])


def test_the_proof_of_a_fair_answer_holds_both_bounds(solve: Solve, tmp_path: Path) -> None:
    scores, proof = saved(tmp_path / "scores.npy", CLOSE), tmp_path / "proof.npz"
    plain = told(solve(scores, *ONE_EACH))
    fair = told(solve(scores, *ONE_EACH, "--fair", "both", "--certificate", proof))
    with np.load(proof) as arrays:
        assert bound_of(arrays["left_price"], arrays["right_price"], CLOSE) == pytest.approx(
            plain["bound"]
        )
        weights = arrays["floor_left_weight"], arrays["floor_right_weight"]
        weighted = CLOSE * (1 + weights[0][:, None] + weights[1])
        under = bound_of(arrays["floor_left_price"], arrays["floor_right_price"], weighted)
        under -= arrays["floor"] * (weights[0].sum() + weights[1].sum())
    assert under == pytest.approx(fair["bound"])


def bound_of(u: np.ndarray, v: np.ndarray, values: np.ndarray) -> float:
    return float(u.sum() + v.sum() + np.maximum(0, values - u[:, None] - v).sum())


def test_fair_to_whom_must_be_said(solve: Solve, scores: Path) -> None:
    assert solve(scores, "--fair", "middle").exit_code == 2
