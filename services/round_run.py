"""Run a round: read, pair, write, with progress and cancel on the way."""

from collections.abc import Callable, Sequence
from datetime import datetime
from importlib.metadata import version
from typing import Any

from sqlmodel import Session

from matchmaking.errors import Cancelled, IeumError
from matchmaking.fairness import FairResult, fair_pair
from matchmaking.pairing import pair
from matchmaking.pairing_result import PairingResult, Progress, SmallestChange
from matchmaking.scorers import FloatArray
from models import Edition, Pairing, Round, UnmetNeed
from models.database import SessionMaker
from services.errors import ServiceError
from services.round_fairness import fairness_record
from services.round_input import MakeJudge, RoundInput, read_input
from services.round_parameters import RoundParameters
from services.round_proof import write_proof
from services.round_watch import RoundWatch

Clock = Callable[[], datetime]
Result = PairingResult | FairResult
_RECORDED = ("faiss-cpu", "numpy", "ortools", "sentence-transformers")


class RoundCancelled(ServiceError):
    """Somebody asked the round to stop; it left nothing but the note that it was cancelled."""

    code = "round-cancelled"


def run_round(
    sessions: SessionMaker,
    round_id: int,
    clock: Clock,
    make_judge: MakeJudge,
    report: Callable[[Progress], None] | None = None,
) -> None:
    """Run a round that has been claimed; its result is written in one transaction.

    Raises
    ------
    RoundCancelled
        When the round was cancelled on the way.
    IeumError
        When the input does not allow a round; the round keeps the text as its failure.
    """
    began = clock()
    watch = RoundWatch(sessions, round_id, clock, report)
    try:
        with sessions() as session:
            row, given = _read(session, round_id, make_judge)
        result = _paired(given, RoundParameters(**row.parameters), watch)
        with sessions() as session:
            row = _write(session, round_id, given, result)
            row.finished_at = clock()
            row.seconds = (row.finished_at - began).total_seconds()
            session.commit()
    except (Cancelled, KeyboardInterrupt) as stop:
        _end(sessions, round_id, clock, "cancelled", "")
        raise RoundCancelled("The round was cancelled; nothing was changed.") from stop
    except IeumError as reason:
        _end(sessions, round_id, clock, "failed", str(reason))
        raise
    except Exception:
        _end(sessions, round_id, clock, "failed", "The round stopped on an error in the program.")
        raise


def _read(session: Session, round_id: int, make_judge: MakeJudge) -> tuple[Round, RoundInput]:
    row = session.get_one(Round, round_id)
    edition = session.get_one(Edition, row.edition_id)
    return row, read_input(session, edition, RoundParameters(**row.parameters), make_judge)


def _paired(given: RoundInput, parameters: RoundParameters, watch: RoundWatch) -> Result:
    seed, fair = parameters.seed, parameters.fair
    if fair == "none":
        return pair(given.problem, seed=seed, progress=watch.report, cancelled=watch.cancelled)
    return fair_pair(
        given.problem, fair, seed=seed, progress=watch.report, cancelled=watch.cancelled
    )


def _write(session: Session, round_id: int, given: RoundInput, result: Result) -> Round:
    _write_pairings(session, round_id, given, result)
    _write_unmet(session, round_id, given, result)
    row = session.get_one(Round, round_id)
    row.state = "done"
    row.input_hash = given.hash
    row.versions = {name: version(name) for name in _RECORDED} | {"encoders": given.encoders}
    row.total, row.bound = result.total, result.certificate.bound
    row.gap = result.certificate.gap
    row.worst_left, row.worst_right = result.worst_left, result.worst_right
    row.certificate = _certificate(given, result)
    if isinstance(result, FairResult):
        row.worst_bound, row.price = result.worst_bound, result.price
        row.fairness = fairness_record(result)
    write_proof(session, row, given, result)
    return row


def _write_pairings(session: Session, round_id: int, given: RoundInput, result: Result) -> None:
    verdicts = given.judge.judge(result.pairs)
    for (left, right), score, verdict in zip(
        result.pairs.tolist(), result.scores.tolist(), verdicts, strict=True
    ):
        session.add(
            Pairing(
                round_id=round_id,
                left_id=given.left[left],
                right_id=given.right[right],
                score=score,
                grade=verdict.grade,
                reasons=verdict.reasons,
            )
        )


def _write_unmet(session: Session, round_id: int, given: RoundInput, result: Result) -> None:
    for unmet in result.unmet:
        people = given.left if unmet.side == "left" else given.right
        session.add(
            UnmetNeed(
                round_id=round_id,
                profile_id=people[unmet.index],
                missing=unmet.missing,
                why=unmet.why,
                change=_change(given, unmet.change),
            )
        )


def _change(given: RoundInput, change: SmallestChange | None) -> dict[str, Any] | None:
    """Turn indices into profile ids; a personal exclusion is sealed and so never named here."""
    if change is None:
        return None
    sides = {"left": given.left, "right": given.right}
    return {
        "raises": [
            {"profile_id": sides[item.side][item.index], "by": item.by} for item in change.raises
        ],
        "lifts": [
            {"left_id": given.left[item.left], "right_id": given.right[item.right]}
            for item in change.lifts
        ],
        "lower_least": change.lower_least,
    }


def _certificate(given: RoundInput, result: Result) -> dict[str, Any]:
    """Name the prices by profile id: the optimum's, and of a fair round those under the floor."""
    prices = result.plain.certificate if isinstance(result, FairResult) else result.certificate
    found: dict[str, Any] = {
        "left": _by_person(given.left, prices.left_price),
        "right": _by_person(given.right, prices.right_price),
    }
    if isinstance(result, FairResult):
        under = result.certificate
        found["floor"] = {
            "value": under.floor,
            "left": _by_person(given.left, under.left_price),
            "right": _by_person(given.right, under.right_price),
            "left_weight": _by_person(given.left, under.left_weight),
            "right_weight": _by_person(given.right, under.right_weight),
        }
    return found


def _by_person(people: Sequence[int], numbers: FloatArray) -> dict[str, float]:
    return dict(zip(map(str, people), numbers.tolist(), strict=True))


def _end(sessions: SessionMaker, round_id: int, clock: Clock, state: str, failure: str) -> None:
    with sessions() as session:
        row = session.get_one(Round, round_id)
        row.state, row.failure, row.finished_at = state, failure[:500], clock()
        session.commit()
