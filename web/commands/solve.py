"""The pairing solver on bare numbers, so that anybody can check it."""

import resource
from collections.abc import Callable
from pathlib import Path

import click
import numpy as np

from matchmaking.errors import BadInput
from matchmaking.fairness import FairResult, FairSide, fair_pair
from matchmaking.pairing import pair
from matchmaking.pairing_problem import Bounds, PairingProblem
from matchmaking.pairing_result import PairingResult, Progress
from matchmaking.scorers import BlockScorer, DenseScorer, VectorScorer
from web.commands.bare_numbers import read_matrix, read_pairs, write_pairs
from web.commands.output import Answer, door, progress

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_NEW_FILE = click.Path(dir_okay=False, path_type=Path)
_COUNT = click.IntRange(0)


@click.command("solve")
@click.argument("scores", type=_FILE, required=False)
@click.option("--vectors", nargs=2, type=_FILE, metavar="LEFT.npy RIGHT.npy")
@click.option("--least-left", type=_COUNT, default=2, show_default=True)
@click.option("--most-left", type=_COUNT, default=5, show_default=True)
@click.option("--least-right", type=_COUNT, default=2, show_default=True)
@click.option("--most-right", type=_COUNT, default=5, show_default=True)
@click.option("--forbidden", type=_FILE, help="left,right indices from 0, as CSV or .npy.")
@click.option("--worth", type=float, default=0.0, show_default=True)
@click.option(
    "--fair",
    type=click.Choice(["left", "right", "both"]),
    help="Raise the worst-off person of a side, for at most 1 % of the total.",
)
@click.option("--seed", type=_COUNT, default=0, show_default=True)
@click.option("--certificate", type=_NEW_FILE, help="Where to write the prices (.npz).")
@click.option("--output", type=_NEW_FILE, required=True, help="Where to write the pairs (CSV).")
@door
def solve(
    scores: Path | None,
    vectors: tuple[Path, Path] | None,
    least_left: int,
    most_left: int,
    least_right: int,
    most_right: int,
    forbidden: Path | None,
    worth: float,
    fair: FairSide | None,
    seed: int,
    certificate: Path | None,
    output: Path,
) -> Answer:
    """Pair rows (left) with columns (right) of SCORES.npy, to a proven optimum.

    Example: flask --app app solve scores.npy --most-left 3 --output pairs.csv
    """
    scorer = _scorer(scores, vectors)
    rows, columns = scorer.shape
    problem = PairingProblem(
        scorer=scorer,
        left=_bounds("left", rows, least_left, most_left),
        right=_bounds("right", columns, least_right, most_right),
        forbidden=read_pairs(forbidden) if forbidden else np.zeros((0, 2), np.int32),
        worth=worth,
    )
    before, began = _peak_mb(), _cpu_seconds()
    with progress("Pairing") as report:
        result = _paired(problem, fair, seed, lambda step: report(step.done, step.total))
    cpu = _cpu_seconds() - began
    write_pairs(output, result)
    if certificate is not None:
        _write_proof(certificate, result)
    return _told(result, cpu, _peak_mb() - before)


def _paired(
    problem: PairingProblem,
    fair: FairSide | None,
    seed: int,
    progress: Callable[[Progress], None],
) -> PairingResult | FairResult:
    if fair is None:
        return pair(problem, seed=seed, progress=progress)
    return fair_pair(problem, fair, seed=seed, progress=progress)


def _write_proof(path: Path, result: PairingResult | FairResult) -> None:
    """Write the arrays of the certificate: the optimum's prices, and those of the floor beside."""
    plain = result.plain.certificate if isinstance(result, FairResult) else result.certificate
    if not isinstance(result, FairResult):
        np.savez(path, left_price=plain.left_price, right_price=plain.right_price)
        return
    under = result.certificate
    np.savez(
        path,
        left_price=plain.left_price,
        right_price=plain.right_price,
        floor=np.array(under.floor),
        floor_left_price=under.left_price,
        floor_right_price=under.right_price,
        floor_left_weight=under.left_weight,
        floor_right_weight=under.right_weight,
    )


def _scorer(scores: Path | None, vectors: tuple[Path, Path] | None) -> BlockScorer:
    if scores is not None and vectors is None:
        return DenseScorer(read_matrix(scores))
    if vectors is not None and scores is None:
        return VectorScorer(read_matrix(vectors[0]), read_matrix(vectors[1]))
    raise click.UsageError("Give either SCORES.npy or --vectors LEFT.npy RIGHT.npy.")


def _bounds(side: str, people: int, least: int, most: int) -> Bounds:
    if least > most:
        raise BadInput(f"--least-{side} is {least}, above --most-{side} {most}: lower one.")
    return Bounds.same(people, least, most)


def _cpu_seconds() -> float:
    """Give user and system time of this process, all its threads together."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _told(result: PairingResult | FairResult, cpu_seconds: float, peak_mb: float) -> Answer:
    unmet = [
        {"side": item.side, "index": item.index, "missing": item.missing, "why": item.why}
        for item in result.unmet
    ]
    fair = result if isinstance(result, FairResult) else None
    values: dict[str, object] = {
        "pairs": len(result.pairs),
        "total": result.total,
        "bound": result.certificate.bound,
        "gap": result.certificate.gap,
        "worst_left": result.worst_left,
        "worst_right": result.worst_right,
        "worst_bound": fair.worst_bound if fair else None,
        "unmet": unmet,
        "cpu_seconds": cpu_seconds,
        "peak_mb": peak_mb,
    }
    if fair:
        values |= {
            "floor": fair.floor,
            "price": fair.price,
            "curve": [{"floor": step.floor, "total": step.total} for step in fair.curve],
        }
    text = (
        f"{len(result.pairs)} pairs, total {result.total:.6f}, "
        f"bound {result.certificate.bound:.6f}, gap {result.certificate.gap:.1e}, "
        f"{len(unmet)} people below their least, {cpu_seconds:.2f} s of CPU."
    )
    if fair:
        text += (
            f" Worst-off {fair.floor:.4f}, no pairing above {fair.worst_bound:.4f}, "
            f"for {fair.price:.2%} of the total."
        )
    return Answer(values, text)
