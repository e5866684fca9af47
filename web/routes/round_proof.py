"""What proves a round, to take home."""

from flask import Response
from flask.typing import ResponseReturnValue

from services.round_proof import manifest_of
from services.rounds import find_round
from web.access import edition, organiser
from web.database import session
from web.routes.pair_rules import blueprint

__all__ = ["blueprint"]


@blueprint.get("/<slug>/rounds/<int:number>/manifest.json")
@organiser
def manifest(slug: str, number: int) -> ResponseReturnValue:
    """Download the manifest with which anybody recomputes the round."""
    found = manifest_of(session(), find_round(session(), edition(), number))
    name = f"ieum-{slug}-round-{number}-manifest.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(found, content_type="application/json", headers=headers)
