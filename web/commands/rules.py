"""The rules of calls, for a consortium in a file."""

from pathlib import Path

import click
from flask.cli import AppGroup

from matchmaking.eligibility import check
from matchmaking.eligibility_preset import PRESETS, preset
from services.consortium_file import read_consortium
from web.commands.output import Answer, door
from web.rule_words import RULES, change, why

group = AppGroup("rules", help="The rules of calls.")
_SIGNS = {True: "holds", False: "fails", None: "waits"}


@group.command("check")
@click.argument("consortium", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--preset", "name", type=click.Choice(PRESETS), required=True)
@door
def check_command(consortium: Path, name: str) -> Answer:
    """Check a consortium by the rules of a kind of call, and name the smallest fix.

    CONSORTIUM is JSON: {"members": [{"organisation", "country", "type", …}]}; docs/formats.md has
    every field. Exit 1 when it is not eligible.

    Example: flask --app app rules check consortium.json --preset horizon-ria
    """
    rules = preset(name)
    verdict = check(read_consortium(consortium), rules)
    fix = [change(one) for one in verdict.fix or ()]
    values = {
        "eligible": verdict.eligible,
        "rules": [
            {"rule": found.rule, "holds": found.holds, "why": why(found)}
            for found in verdict.findings
        ],
        "smallest_fix": fix,
    }
    lines = [
        f"{_SIGNS[found.holds]}: {RULES[found.rule]} - {why(found)}" for found in verdict.findings
    ]
    lines += ["Eligible." if verdict.eligible else "Not eligible.", *fix]
    lines += [f"By {rules.name}, version {rules.version} of {rules.date}: {rules.source}."]
    return Answer(values, "\n".join(lines), holds=verdict.eligible)
