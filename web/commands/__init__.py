"""The commands: the same services as the pages, from a terminal."""

from flask import Flask

from web.commands import (
    account,
    db,
    encode,
    evaluate,
    exposure,
    imports,
    round_proof,
    rules,
    schedule,
    seed,
    serve,
    solve,
    suggest,
    team,
    worker,
)


def init_app(app: Flask) -> None:
    """Hang up every command."""
    for command in (
        account.group,
        db.group,
        evaluate.group,
        imports.group,
        round_proof.group,
        rules.group,
        encode.encode_command,
        schedule.schedule_command,
        exposure.exposure_command,
        seed.seed,
        serve.serve_command,
        solve.solve,
        suggest.suggest_command,
        team.team_command,
        worker.worker_command,
    ):
        app.cli.add_command(command)
