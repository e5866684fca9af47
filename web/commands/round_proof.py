"""What proves a round, from a terminal: its manifest as a file, and the check of one."""

from pathlib import Path

import click

from matchmaking.proof import RoundProof
from matchmaking.proof_check import Checked, check
from matchmaking.proof_file import read_proof
from services.editions import find_edition
from services.round_proof import manifest_of
from services.round_publishing import published_round
from services.rounds import find_round
from web.commands.output import Answer, door
from web.commands.round_export import group
from web.database import new_session

__all__ = ["group"]


@group.command("manifest")
@click.argument("slug")
@click.option("--round", "number", type=click.IntRange(1), help="By default the published one.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
@door
def manifest(slug: str, number: int | None, output: Path) -> Answer:
    """Write what proves a round to a file: pseudonyms, bounds, scores and prices, no texts.

    Example: flask --app app round manifest demo --output round.json
    """
    with new_session() as session:
        edition = find_edition(session, slug)
        row = None if number else published_round(session, edition.id)
        row = row or find_round(session, edition, number)
        found, number = manifest_of(session, row), row.number
    output.write_bytes(found)
    text = f"The manifest of round {number} is in {output}: check it with round verify."
    return Answer({"round": number, "bytes": len(found)}, text)


@group.command("verify")
@click.argument("manifest", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@door
def verify(manifest: Path) -> Answer:
    """Recompute a round and its certificate from its manifest; it needs no database.

    Total, bounds, forbidden pairs and the bound are computed anew from the scores, and the round is
    solved again. Exit 1 when something is not as the manifest says.

    Example: flask --app app round verify round.json
    """
    proof = read_proof(manifest.read_bytes())
    found = check(proof)
    values = {
        "same": found.same,
        "total": found.total,
        "bound": found.bound,
        "solved": found.solved,
        "differences": found.differences,
    }
    return Answer(values, _checked(proof, found), holds=found.same)


def _checked(proof: RoundProof, found: Checked) -> str:
    people = f"{len(proof.left.people)} and {len(proof.right.people)} people"
    lines = [
        f"{len(proof.pairs)} pairs of {people}: total {found.total:.6f}, bound {found.bound:.6f}; "
        f"solved again, the largest total is {found.solved:.6f}."
    ]
    lines += [
        f"  {one.code}: the manifest says {one.stated:g}, found {one.found:g}"
        for one in found.differences
    ]
    lines.append("All is as the manifest says." if found.same else "That is not as it says.")
    return "\n".join(lines)
