"""The proof of a round: written with its result, read again as its manifest.

Everybody goes by a pseudonym of their own in each round. The key to it is a row that is deleted
with the person; the proof stays, names nobody, and verifies as before.
"""

import json
import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, select

from matchmaking.fairness import FairResult
from matchmaking.pairing_result import PairingResult
from matchmaking.proof import Names, proof_of
from matchmaking.proof_file import to_body, with_scores
from matchmaking.scorers import FloatArray
from models import Edition, Round, RoundManifest, RoundPerson
from services.errors import NotFound
from services.round_input import RoundInput


def write_proof(
    session: Session, row: Round, given: RoundInput, result: PairingResult | FairResult
) -> None:
    """Write a round's proof, who took part in it, and the key to their pseudonyms."""
    names = Names(_pseudonyms(len(given.left)), _pseudonyms(len(given.right)))
    proof, best = proof_of(given.problem, result, names, int(row.parameters.get("seed", 0)))
    body = to_body(proof, _about(session, row))
    session.add(RoundManifest(round_id=row.id, body=body, scores=proof.scores.data))
    for side, people, pseudonyms, bounds, reach in (
        ("left", given.left, names.left, given.problem.left, best.left),
        ("right", given.right, names.right, given.problem.right, best.right),
    ):
        session.add_all(
            RoundPerson(
                round_id=row.id,
                profile_id=person,
                side=side,
                pseudonym=pseudonym,
                least=least,
                most=most,
                best=score,
            )
            for person, pseudonym, least, most, score in zip(
                people,
                pseudonyms,
                bounds.least.tolist(),
                bounds.most.tolist(),
                _finite(reach),
                strict=True,
            )
        )


def manifest_of(session: Session, row: Round) -> bytes:
    """Give a round's manifest: JSON with which ``round verify`` recomputes it anywhere.

    Raises
    ------
    NotFound
        When the round is not done, or was run before manifests were kept.
    """
    kept = session.exec(select(RoundManifest).where(RoundManifest.round_id == row.id)).first()
    if kept is None:
        raise NotFound(f"Round {row.number} has no manifest: run a new round.")
    return with_scores(kept.body, kept.scores)


def _about(session: Session, row: Round) -> dict[str, object]:
    edition = session.get_one(Edition, row.edition_id)
    return {
        "edition": edition.slug,
        "round": row.number,
        "made_at": _whole_second(row.created_at),
        "fair": row.parameters.get("fair", "none"),
        "versions": json.loads(json.dumps(row.versions)),
        "input_hash": row.input_hash,
    }


def _whole_second(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _pseudonyms(people: int) -> tuple[str, ...]:
    """Draw a name for each; 128 random bits never meet twice."""
    return tuple(secrets.token_hex(16) for _ in range(people))


def _finite(scores: FloatArray) -> Sequence[float | None]:
    return [score if score > float("-inf") else None for score in scores.tolist()]
