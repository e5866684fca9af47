"""How evenly an edition's lists show people, from a terminal."""

from dataclasses import asdict
from typing import Any

import click
from flask.cli import with_appcontext

from models.database import make_sessions
from services.attention_run import spread_attention
from services.editions import find_edition
from services.exposure import ExposureReport, SideExposure, exposure_report, unseen
from web.clock import now
from web.commands.output import Answer, door
from web.database import engine, new_session


@click.command("exposure")
@click.argument("slug")
@with_appcontext
@door
def exposure_command(slug: str) -> Answer:
    """Look at everybody's list, spread attention, and say who is shown how often.

    Example: flask --app app exposure demo
    """
    with new_session() as session:
        edition_id = find_edition(session, slug).id
    spread_attention(make_sessions(engine()), edition_id, now)
    with new_session() as session:
        edition = find_edition(session, slug)
        report = exposure_report(session, edition)
        never = [one for one in unseen(session, edition) if not one.helped]
    assert report is not None  # noqa: S101 - for mypy: it was kept a line above
    values: dict[str, Any] = {side.side: _values(side) for side in report.sides}
    return Answer(
        {"length": report.length, **values, "never": [one.profile_id for one in never]},
        _text(report),
    )


def _values(side: SideExposure) -> dict[str, Any]:
    return {"before": asdict(side.before), "after": asdict(side.after), "cost": side.cost}


def _text(report: ExposureReport) -> str:
    lines = [f"The first {report.length} of everybody's list:"]
    for side in report.sides:
        lines += [
            f"{side.side}: {side.before.people} people; on no list {side.before.never}, with the"
            f" correction {side.after.never}; Gini {side.before.gini:.3f}, {side.after.gini:.3f};"
            f" affinity given up {max(0.0, side.cost):.2%}"
        ]
    return "\n".join(lines)
