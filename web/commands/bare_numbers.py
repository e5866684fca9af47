"""Matrices and pairs of indices in files, as the solver's command reads and writes them."""

import csv
from pathlib import Path
from typing import Any

import numpy as np

from matchmaking.errors import BadInput
from matchmaking.fairness import FairResult
from matchmaking.pairing_result import PairingResult
from matchmaking.scorers import FloatArray, IntArray


def read_matrix(path: Path) -> FloatArray:
    """Read a matrix of finite numbers from a .npy file.

    Raises
    ------
    BadInput
        When the file is no such matrix, naming the first cell that is not a finite number.
    """
    matrix = _load(path)
    if matrix.ndim != 2 or matrix.dtype.kind not in "fiu":
        what = f"{matrix.dtype} of shape {matrix.shape}"
        raise BadInput(f"{path}: it takes a matrix of numbers (two dimensions), not {what}.")
    for number, row in enumerate(matrix):
        wrong = np.flatnonzero(~np.isfinite(row))
        if len(wrong):
            place = f"row {number}, column {wrong[0]}"
            raise BadInput(f"{path}: {place} is {row[wrong[0]]}; every score must be finite.")
    return matrix


def read_pairs(path: Path) -> IntArray:
    """Read ``left,right`` indices from a .npy (k x 2) or a CSV, with or without its header.

    Raises
    ------
    BadInput
        Naming file and line of the first that is no pair of whole numbers.
    """
    if path.suffix == ".npy":
        pairs = _load(path)
        if pairs.ndim != 2 or pairs.shape[1] != 2 or pairs.dtype.kind not in "iu":
            what = f"{pairs.dtype} of shape {pairs.shape}"
            raise BadInput(f"{path}: it takes whole numbers of shape (k, 2), not {what}.")
        return pairs.astype(np.int32)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as reason:
        raise BadInput(f"{path} is not UTF-8 text: save it as CSV (UTF-8).") from reason
    found = []
    for line, row in enumerate(csv.reader(text.splitlines()), start=1):
        cells = [cell.strip() for cell in row]
        if not cells or (line == 1 and cells[:2] == ["left", "right"]):
            continue
        if len(cells) < 2 or not all(cell.isdecimal() for cell in cells[:2]):
            raise BadInput(f"{path}, line {line}: it takes left,right as two indices from 0.")
        found.append((int(cells[0]), int(cells[1])))
    return np.array(found, np.int32).reshape(-1, 2)


def write_pairs(path: Path, result: PairingResult | FairResult) -> None:
    """Write ``left,right,score``, one line a pair, in the order of the indices."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("left", "right", "score"))
        for (left, right), score in zip(result.pairs.tolist(), result.scores, strict=True):
            writer.writerow((left, right, repr(float(score))))


def _load(path: Path) -> np.ndarray[Any, np.dtype[Any]]:
    try:
        loaded = np.load(path, allow_pickle=False)
    except (ValueError, EOFError, OSError) as reason:
        raise BadInput(f"{path} is not a .npy file of plain numbers: {reason}") from reason
    if not isinstance(loaded, np.ndarray):
        raise BadInput(f"{path} holds several arrays (.npz); it takes one array (.npy).")
    return loaded
