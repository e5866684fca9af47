"""An edition in pictures: over time, by field, topic and country, its funnel, and its map."""

from collections.abc import Callable, Mapping

from flask import Blueprint, Response, jsonify, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from matchmaking.export_text import csv_pieces
from services.landscape_map import MapPoint, map_points
from services.outcome import outcome_report
from services.pictures import country_pairs, fields, registrations, topics
from services.visibility import Viewer
from web.access import edition, organiser
from web.clock import now
from web.database import session
from web.downloads import attachment
from web.locale import page_language
from web.picture_words import (
    Chart,
    countries_chart,
    fields_chart,
    funnel_chart,
    registrations_chart,
    topics_chart,
)

blueprint = Blueprint("pictures", __name__, url_prefix="/organise")
_CHARTS: Mapping[str, Callable[[], Chart]] = {
    "registrations": lambda: registrations_chart(edition(), registrations(session(), edition())),
    "fields": lambda: fields_chart(edition(), fields(session(), edition())),
    "topics": lambda: topics_chart(edition(), topics(session(), edition())),
    "countries": lambda: countries_chart(edition(), country_pairs(session(), edition())),
    "outcome": lambda: funnel_chart(outcome_report(session(), edition(), now())),
}
_NAMES = f"<any({', '.join(_CHARTS)}):name>"
# A table beneath a map of thousands would be no help: the search finds anybody.
_LISTED = 200


@blueprint.get("/<slug>/pictures")
@organiser
def index(slug: str) -> ResponseReturnValue:
    """Show all pictures but the map."""
    charts = [make() for make in _CHARTS.values()]
    return render_template("pictures/index.html", edition=edition(), charts=charts)


@blueprint.get(f"/<slug>/pictures/{_NAMES}.csv")
@organiser
def table(slug: str, name: str) -> ResponseReturnValue:
    """Download the numbers of a picture."""
    chart = _CHARTS[name]()
    file = f"ieum-{edition().slug}-{name}.csv"
    return attachment(csv_pieces(chart.head, chart.rows), "text/csv; charset=utf-8", file)


@blueprint.get("/<slug>/map")
@organiser
def map_page(slug: str) -> ResponseReturnValue:
    """Show the research landscape: everybody who may be shown, near to whose work is alike."""
    points = _points()
    sides = {side: sum(point.side == side for point in points) for side in ("left", "right")}
    return render_template(
        "pictures/map.html", edition=edition(), points=points[:_LISTED], sides=sides
    )


@blueprint.get("/<slug>/map.json")
@organiser
def map_data(slug: str) -> Response:
    """Give the points of the map to the script that draws them."""
    return jsonify([_told(point) for point in _points()])


def _points() -> list[MapPoint]:
    viewer = Viewer(current_user.profile_id, current_user.permissions)
    return map_points(session(), edition(), viewer)


def _told(point: MapPoint) -> dict[str, object]:
    korean = page_language() == "ko" and point.name_native
    other = point.name if korean else point.name_native
    return {
        "x": round(point.x, 3),
        "y": round(point.y, 3),
        "side": point.side,
        "name": point.name_native if korean else point.name,
        "more": " · ".join(filter(None, (other, point.organisation))),
        "url": url_for("people.show", profile_id=point.profile_id, edition=edition().slug),
    }
