"""Meetings for the pairs of a round, from a terminal."""

import click
from flask.cli import with_appcontext

from matchmaking.export import MatchedPerson
from models import Edition, Round
from services.editions import find_edition
from services.round_schedule import RoundPlan, propose_meetings, round_to_place
from web import jobs
from web.clock import now
from web.commands.output import Answer, door
from web.database import new_session
from web.letters import write


@click.command("schedule")
@click.argument("slug")
@click.option("--round", "number", type=click.IntRange(1), help="By default the newest done.")
@with_appcontext
@door
def schedule_command(slug: str, number: int | None) -> Answer:
    """Propose a meeting to every pair of a round, in the slots of the edition's programme.

    A meeting is agreed when both people accept it. A second run leaves every meeting where it is
    and proposes only what is missing.

    Example: flask --app app schedule demo
    """
    with new_session() as session:
        edition = find_edition(session, slug)
        row = round_to_place(session, edition, number, now=now())
        plan = propose_meetings(session, write, edition, row, now())
        session.commit()
    if plan.proposed:
        jobs.wake_mail()
    values = {
        "round": row.number,
        "placed": plan.placed,
        "proposed": len(plan.proposed),
        "unplaced": [{"ids": [one.left.id, one.right.id], "why": one.why} for one in plan.unplaced],
        "slots": plan.slots,
    }
    return Answer(values, _sentences(edition, row, plan))


def _sentences(edition: Edition, row: Round, plan: RoundPlan) -> str:
    lines = [
        f"Round {row.number} of {edition.slug}: {plan.placed} pairs have a meeting in {plan.slots}"
        f" slots, {len(plan.proposed)} of them proposed now; {len(plan.unplaced)} have none."
    ]
    lines += [f"  {_name(one.left)} and {_name(one.right)}: {one.why}" for one in plan.unplaced]
    return "\n".join(lines)


def _name(person: MatchedPerson) -> str:
    return f"{person.name} ({person.id})"
