"""Rounds of pairing, from a terminal."""

from collections.abc import Mapping
from typing import Any

import click
from flask.cli import AppGroup
from sqlmodel import Session

from matchmaking.export import MatchedPerson
from models import Edition, Round
from models.database import make_sessions
from services.editions import find_edition
from services.matched_people import matched_people
from services.matcher import make_judge
from services.round_parameters import parameters_for
from services.round_report import UnmetRow, people_in_needs, unmet_rows
from services.round_run import run_round
from services.rounds import claim, pairings_of, request_round, unmet_of
from web.clock import now
from web.commands.output import Answer, door, progress
from web.database import engine, new_session

group = AppGroup("round", help="Pair an edition's participants, and take the match list home.")


@group.command("run")
@click.argument("slug")
@click.option("--least", type=click.IntRange(0), help="For people who set none.")
@click.option("--most", type=click.IntRange(0), help="For people who set none.")
@click.option("--fair", is_flag=True, help="Raise the worst-off person on both sides.")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True)
@door
def run(slug: str, least: int | None, most: int | None, fair: bool, seed: int) -> Answer:
    """Pair an edition: the largest total affinity within everybody's bounds, proven.

    With --fair nobody is left far behind, for at most 1 % of the total; bound and gap are then
    against the best total under the floor that was reached.

    Example: flask --app app round run demo --least 2 --most 5
    """
    with new_session() as session:
        edition = find_edition(session, slug)
        parameters = parameters_for(
            edition, least=least, most=most, seed=seed, fair="both" if fair else "none"
        )
        row = request_round(session, edition, parameters, now())
        # Claimed in the transaction that asks for it: no worker may take it as well.
        claim(session, row.id, now())
        session.commit()
    with progress("Pairing") as report:
        run_round(
            make_sessions(engine()),
            row.id,
            now,
            make_judge,
            report=lambda step: report(step.done, step.total),
        )
    with new_session() as session:
        return _told(session, edition, session.get_one(Round, row.id))


def _told(session: Session, edition: Edition, row: Round) -> Answer:
    needs = unmet_of(session, row)
    unmet = unmet_rows(matched_people(session, people_in_needs(needs)), needs)
    values = {
        "round": row.number,
        "pairs": len(pairings_of(session, row)),
        "total": row.total,
        "bound": row.bound,
        "gap": row.gap,
        "worst_left": row.worst_left,
        "worst_right": row.worst_right,
        "worst_bound": row.worst_bound,
        "price": row.price,
        "unmet": [_unmet(item) for item in unmet],
        "seconds": row.seconds,
    }
    return Answer(values, _sentences(edition, row, values["pairs"], unmet))


def _unmet(item: UnmetRow) -> Mapping[str, Any]:
    change = None
    if item.known:
        raises = [{"id": way.person.id, "by": way.by} for way in item.raises]
        lifts = [{"left": pair.left.id, "right": pair.right.id} for pair in item.lifts]
        change = {"raise_most": raises, "lift_forbidden": lifts, "lower_least": item.lower_least}
    why = f"{item.missing} missing: {item.why}"
    return {"id": item.person.id, "why": why, "smallest_change": change}


def _sentences(edition: Edition, row: Round, pairs: object, unmet: tuple[UnmetRow, ...]) -> str:
    lines = [
        f"Round {row.number} of {edition.slug}: {pairs} pairs, total {row.total:.4f}, "
        f"bound {row.bound:.4f}, gap {row.gap:.1e}."
    ]
    if row.worst_bound is not None and row.price is not None:
        lines.append(
            f"Worst-off {row.worst_left:.4f} and {row.worst_right:.4f}, no choice lifts everybody "
            f"above {row.worst_bound:.4f}; {row.price:.2%} of the total given up."
        )
    lines += [f"  {_name(item.person)}: {item.missing} missing, {item.why}" for item in unmet]
    return "\n".join(lines)


def _name(person: MatchedPerson) -> str:
    return f"{person.name} ({person.id})"
