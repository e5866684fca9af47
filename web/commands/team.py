"""Whole teams for an idea in a file."""

import re
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlmodel import Session, col, select

from models import Call, Edition, Profile
from services.editions import find_edition
from services.errors import NotFound, ServiceError
from services.matcher_cache import MatcherCache
from services.people_lookup import find_place, newest_open_edition
from services.presets import newest
from services.roles import Roles
from services.shared_encoders import SharedEncoders
from services.team_problem import TeamWish
from services.team_roles import call_roles, read_role, roles_in
from services.teams import ProposedTeam, ProposedTeams, propose_teams
from services.visibility import Viewer
from web.clock import now
from web.commands.output import Answer, door, progress
from web.database import new_session
from web.rule_words import RULES, why
from web.team_words import change, clashing
from web.worker_hands import encoder_plan

_SIGNS = {True: "holds", False: "fails", None: "waits"}
_SIZE = re.compile(r"(\d{1,2})(?:-(\d{1,2}))?")


class BadText(ServiceError):
    """A file that is no text in UTF-8."""

    code = "bad-text"


class Size(click.ParamType[tuple[int, int]]):
    """A number of members, or two with a line between: 5-8."""

    name = "size"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[int, int]:  # noqa: ANN401 - click's
        """Read it."""
        if isinstance(value, tuple):
            return value
        match = _SIZE.fullmatch(value)
        low, high = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 2 <= low <= high <= 12:
            self.fail("write two numbers from 2 to 12, such as 5-8", param, ctx)
        return low, high


@click.command("team")
@click.argument("text", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--call", "identifier", help="The identifier of a call: its rules hold.")
@click.option("--edition", "slug", help="By default the newest that is open.")
@click.option("--size", type=Size(), default="5-8", show_default=True, help="Fewest-most members.")
@click.option("--mirror", is_flag=True, help="Two halves of about equal size, for each other.")
@click.option("--preset", "name", help="Rules instead of the call's.")
@click.option("--lock", "locks", multiple=True, metavar="ID", help="Who is in it in any case.")
@click.option("--exclude", "excluded", multiple=True, metavar="ID", help="Who is not in it.")
@click.option("--thorough", is_flag=True, help="Drive the proof on, for a minute or more.")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True)
@with_appcontext
@door
def team_command(text: Path, **asked: Any) -> Answer:  # noqa: ANN401 - the options
    """Form whole teams for an idea: the best one, and two that are different.

    TEXT is the idea in English or Korean, UTF-8. Its list, a line each, is the roles; without a
    list its sentences are. What an organiser sees: imported people are among them.
    Exit 1 when there is no team; the answer says which rules, locks or sizes cannot hold together.

    Example: flask --app app team idea.txt --mirror --preset chips-ju-nrf-mirror --size 6-8
    """
    began = time.monotonic()
    with new_session() as session:
        slug = asked["slug"]
        edition = find_edition(session, slug) if slug else newest_open_edition(session)
        wish = _wish(session, edition, _read(text), asked)
        with progress("Forming teams") as report:
            found = propose_teams(
                session,
                MatcherCache(),
                edition,
                Viewer(None, Roles(organises_all=True)),
                wish,
                now(),
                progress=lambda step: report(step.done, step.total),
            )
        keys = _keys(session, found, wish)
    return _answer(found, keys, round(time.monotonic() - began, 3))


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        said = f"{path.name}, line {line}: this is no UTF-8; save it as UTF-8."
        raise BadText(said) from error


def _wish(session: Session, edition: Edition, text: str, asked: Mapping[str, Any]) -> TeamWish:
    call = _call(session, edition, asked["identifier"]) if asked["identifier"] else None
    words = roles_in(text) if text.strip() or call is None else call_roles(session, call, None)
    rules = newest(session, edition.id, asked["name"] or (call.preset if call else "none")).rules
    encoders = SharedEncoders(encoder_plan(current_app.extensions["settings"]))
    return TeamWish(
        tuple(read_role(encoders, role) for role in words),
        rules,
        asked["size"],
        asked["mirror"],
        tuple(find_place(session, edition, key).profile_id for key in asked["locks"]),
        tuple(find_place(session, edition, key).profile_id for key in asked["excluded"]),
        seed=asked["seed"],
        thorough=asked["thorough"],
    )


def _call(session: Session, edition: Edition, identifier: str) -> Call:
    here = select(Call).where(Call.edition_id == edition.id)
    call = session.exec(here.where(Call.identifier == identifier)).first()
    if call is None:
        known = ", ".join(sorted(one.identifier for one in session.exec(here))) or "none yet"
        raise NotFound(f"There is no call {identifier!r} in {edition.slug}. Known calls: {known}.")
    return call


def _keys(session: Session, found: ProposedTeams, wish: TeamWish) -> dict[int, str]:
    """Read what people are called outside, by profile id."""
    ids = {member.profile_id for team in found.teams for member in team.members} | {*wish.locked}
    query = select(Profile.id, Profile.source_key).where(col(Profile.id).in_(ids))
    return dict(session.exec(query).all())


def _answer(found: ProposedTeams, keys: Mapping[int, str], seconds: float) -> Answer:
    values: dict[str, Any] = {
        "teams": [_values(team, found.roles, keys) for team in found.teams],
        "roles": found.roles,
        "shown": found.shown,
        "compared": found.compared,
        "seconds": seconds,
    }
    lines = [_lines(number, team, found.roles) for number, team in enumerate(found.teams, 1)]
    if found.none is not None:
        cannot = clashing(found.none, keys)
        help_by = [change(one, keys) for one in found.none.changes or ()]
        values |= {"cannot_hold": cannot, "smallest_change": help_by}
        lines = ["There is no team. These cannot hold together:", *(f"  {one}" for one in cannot)]
        lines += ["What would help:", *(f"  {one}" for one in help_by)] if help_by else []
    return Answer(values, "\n".join(lines), holds=bool(found.teams))


def _values(team: ProposedTeam, roles: Sequence[str], keys: Mapping[int, str]) -> dict[str, Any]:
    return {
        "members": [{"id": one.key, "role": roles[one.role]} for one in team.members],
        "score": round(team.score, 6),
        "bound": round(team.bound, 6),
        "gap": team.gap,
        "eligible": team.eligible,
        "rules": [
            {"rule": found.rule, "holds": found.holds, "why": why(found)} for found in team.rules
        ],
        "coverage": round(team.coverage, 6),
        "affinity": round(team.affinity, 6),
        "countries": team.countries,
        "experienced": team.experienced,
        "newcomers": team.newcomers,
        "novelty": round(team.novelty, 6),
        "gaps": [roles[role] for role in team.gaps],
        "same_work": [[keys[one.one_id], keys[one.other_id]] for one in team.same_work],
        "shared": team.shared,
        "near": team.near,
        "evidence": [
            {
                "id": keys[profile_id],
                "role": roles[role],
                "score": round(cell.score, 6),
                "grade": cell.grade,
                "passage": cell.passage,
            }
            for (role, profile_id), cell in sorted(team.cells.items())
            if cell.covers
        ],
    }


def _lines(number: int, team: ProposedTeam, roles: Sequence[str]) -> str:
    """Print one team for a person."""
    eligible = "eligible" if team.eligible else "not eligible"
    lines = [
        f"Team {number}: score {team.score:.4f}, at most {team.bound:.4f}; {eligible}; "
        f"{team.countries} countries, {team.experienced} established, {team.newcomers} newcomers, "
        f"{team.novelty:.0%} new pairs"
    ]
    if not team.near:
        lines.append("  More than 5 % below the best: none this different was found nearer.")
    for one in team.members:
        cell = team.cells[one.role, one.profile_id]
        lines.append(f"  {one.key:<8} {one.country}  {cell.grade:<9}  {roles[one.role]}")
    lines += [f"  Nobody covers: {roles[role]}" for role in team.gaps]
    lines += [f"  {_SIGNS[rule.holds]}: {RULES.get(rule.rule, rule.rule)}" for rule in team.rules]
    return "\n".join(lines)
