"""A round's proof as JSON: what is written, and a reader that trusts nothing.

docs/formats.md describes every key.
"""

import json
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping
from typing import Any

import numpy as np

from matchmaking.errors import BadInput
from matchmaking.pairing_problem import Bounds
from matchmaking.proof import ProofFloor, ProofSide, RoundProof
from matchmaking.proof_scores import KeptScores
from matchmaking.scorers import FloatArray, IntArray

FORMAT = "ieum-round/1"


def to_body(proof: RoundProof, about: Mapping[str, Any]) -> bytes:
    """Write a proof without its scores, and what it is about, as JSON."""
    whole = {
        "format": FORMAT,
        **about,
        "made_by": proof.made_by,
        "seed": proof.seed,
        "worth": proof.worth,
        "left": _side(proof.left),
        "right": _side(proof.right),
        "forbidden": proof.forbidden.tolist(),
        "pinned": proof.pinned.tolist(),
        "pairs": proof.pairs.tolist(),
        "total": proof.total,
        "bound": proof.bound,
        "floor": None if proof.floor is None else _floor(proof.floor),
        "scores": {
            "encoding": proof.scores.encoding,
            "low": proof.scores.low,
            "step": proof.scores.step,
            "near": proof.scores.near.tolist(),
            "near_scores": [float(score) for score in proof.scores.scores],
        },
    }
    return json.dumps(whole, ensure_ascii=False).encode()


def with_scores(body: bytes, scores: bytes) -> bytes:
    """Put a body and its scores together: the whole manifest."""
    whole = json.loads(body)
    whole["scores"]["data"] = b64encode(scores).decode("ascii")
    return (json.dumps(whole, ensure_ascii=False) + "\n").encode()


def about(body: bytes) -> dict[str, Any]:
    """Read what a body is about: every key that is no part of the proof."""
    ours = {"format", "made_by", "seed", "worth", "left", "right", "forbidden", "pinned"}
    ours |= {"pairs", "total", "bound", "floor", "scores"}
    return {key: value for key, value in json.loads(body).items() if key not in ours}


def read_proof(manifest: bytes) -> RoundProof:
    """Read a whole manifest.

    Raises
    ------
    BadInput
        When it is no manifest of this format, or something in it cannot be; the text says what.
    """
    try:
        whole = json.loads(manifest)
    except ValueError as error:
        raise BadInput(f"this is no JSON: {error}") from error
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise BadInput(f"this is no manifest of a round: its format is not {FORMAT!r}")
    try:
        return proof_of_values(whole, b64decode(whole["scores"]["data"], validate=True))
    except KeyError as error:
        raise BadInput(f"the manifest has no {error}") from error
    except (TypeError, ValueError, AttributeError, NotBase64) as error:
        raise BadInput(f"the manifest is damaged: {error}") from error


def proof_of_values(whole: Mapping[str, Any], scores: bytes) -> RoundProof:
    """Make a proof of parsed JSON, and of its scores."""
    left, right = _read_side(whole["left"], "left"), _read_side(whole["right"], "right")
    shape = len(left.people), len(right.people)
    floor = whole["floor"]
    return RoundProof(
        left=left,
        right=right,
        forbidden=_pairs(whole["forbidden"], "forbidden", shape),
        pinned=_pairs(whole["pinned"], "pinned", shape),
        worth=_number(whole["worth"], "worth"),
        seed=int(whole["seed"]),
        pairs=_pairs(whole["pairs"], "pairs", shape),
        total=_number(whole["total"], "total"),
        bound=_number(whole["bound"], "bound"),
        floor=None if floor is None else _read_floor(floor, shape),
        scores=_read_scores(whole["scores"], scores, shape),
        made_by="hand" if whole["made_by"] == "hand" else "solver",
    )


def _side(side: ProofSide) -> dict[str, Any]:
    return {
        "people": list(side.people),
        "asked": side.asked.tolist(),
        "least": side.least.tolist(),
        "most": side.most.tolist(),
        "price": side.price.tolist(),
    }


def _floor(floor: ProofFloor) -> dict[str, Any]:
    return {
        "value": floor.value,
        "left_price": floor.left_price.tolist(),
        "right_price": floor.right_price.tolist(),
        "left_weight": floor.left_weight.tolist(),
        "right_weight": floor.right_weight.tolist(),
        "largest": floor.largest,
        "largest_bound": floor.largest_bound,
    }


def _read_side(raw: Mapping[str, Any], name: str) -> ProofSide:
    people = tuple(str(one) for one in raw["people"])
    if len(set(people)) != len(people):
        raise BadInput(f"somebody stands twice on the {name}")
    size = len(people)
    bounds = Bounds(
        _whole(raw["least"], f"{name} least", size), _whole(raw["most"], f"{name} most", size)
    )
    return ProofSide(
        people,
        _whole(raw["asked"], f"{name} asked", size),
        bounds.least,
        bounds.most,
        _numbers(raw["price"], f"{name} price", size),
    )


def _read_floor(raw: Mapping[str, Any], shape: tuple[int, int]) -> ProofFloor:
    left, right = shape
    return ProofFloor(
        value=_number(raw["value"], "floor"),
        left_price=_numbers(raw["left_price"], "left_price", left),
        right_price=_numbers(raw["right_price"], "right_price", right),
        left_weight=_numbers(raw["left_weight"], "left_weight", left),
        right_weight=_numbers(raw["right_weight"], "right_weight", right),
        largest=_number(raw["largest"], "largest"),
        largest_bound=_number(raw["largest_bound"], "largest_bound"),
    )


def _read_scores(raw: Mapping[str, Any], data: bytes, shape: tuple[int, int]) -> KeptScores:
    encoding = raw["encoding"]
    if encoding not in ("exact", "ceilings"):
        raise BadInput(f"scores are kept exact or as ceilings, not {encoding!r}")
    near = _pairs(raw["near"], "near", shape)
    return KeptScores(
        encoding=encoding,
        shape=shape,
        data=data,
        low=_number(raw["low"], "low"),
        step=_number(raw["step"], "step"),
        near=near,
        scores=_numbers(raw["near_scores"], "near_scores", len(near)).astype(np.float32),
    )


def _pairs(raw: object, name: str, shape: tuple[int, int]) -> IntArray:
    pairs = np.array(raw, np.int64).reshape(-1, 2)
    if len(pairs) and (pairs.min() < 0 or (pairs >= np.array(shape)).any()):
        raise BadInput(f"{name} names somebody beyond {shape[0]} x {shape[1]} people")
    return pairs.astype(np.int32)


def _numbers(raw: object, name: str, size: int) -> FloatArray:
    found = np.array(raw, np.float64)
    if found.shape != (size,) or not np.isfinite(found).all():
        raise BadInput(f"{name} must be {size} numbers")
    return found


def _whole(raw: object, name: str, size: int) -> IntArray:
    found = _numbers(raw, name, size)
    if (found != np.floor(found)).any():
        raise BadInput(f"{name} must be whole numbers")
    return found.astype(np.int32)


def _number(raw: object, name: str) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not np.isfinite(raw):
        raise BadInput(f"{name} must be a number, not {raw!r}")
    return float(raw)
