"""Whole teams as a page shows them: members with evidence, bars that compare, maps, the wishes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlmodel import Session

from models import ConsortiumRole, TeamRun
from services.consortium_access import Workspace
from services.consortium_coverage import Cells, coverage_of
from services.people import PersonLine, person_lines
from services.team_kept import KeptTeams, proposed
from services.team_runs import TeamAsk, stamp_of
from services.team_wish import TeamFrame, frame_of
from services.teams import ProposedMember, ProposedTeam
from services.visibility import Viewer
from web.team_map import TeamMap, maps_of

LETTERS = "ABC"
PROVEN = 1e-6
"""Up to this gap nothing but rounding lies between a team and its bound."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What teams are compared by: its name, and for each team a share from 0 to 1 and its words."""

    name: str
    shares: tuple[float, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody whom the next teams may be asked to hold, or to do without; "" is as it comes."""

    profile_id: int
    stays: bool
    wish: str
    teams: str


@dataclass(frozen=True)
class TeamsPage:
    """Everything that the page of whole teams shows; people by profile id.

    ``outdated`` tells whether roles, rules or size were changed since the teams were formed;
    ``passages`` are those that the viewer may read, by number of the role and profile id.
    """

    at: Workspace
    run: TeamRun | None
    ask: TeamAsk
    frame: TeamFrame
    kept: KeptTeams | None
    outdated: bool
    people: Mapping[int, PersonLine]
    passages: Mapping[tuple[int, int], str]
    maps: Sequence[TeamMap]
    measures: Sequence[Measure]
    choices: Sequence[Choice]

    @property
    def teams(self) -> Sequence[tuple[str, ProposedTeam]]:
        """The teams with their letters."""
        return list(zip(LETTERS, self.kept.found.teams, strict=False)) if self.kept else []

    def name(self, profile_id: int) -> str:
        """Say what somebody is called in a sentence."""
        line = self.people.get(profile_id)
        return (line.name if line else "") or _("A researcher")

    def said(self, member: ProposedMember) -> str:
        """Give the passage that says why somebody has the role that is theirs."""
        return self.passages.get((member.role, member.profile_id), "")


def teams_page(
    session: Session, at: Workspace, viewer: Viewer, run: TeamRun | None, ask: TeamAsk
) -> TeamsPage:
    """Read what the page shows; a number of queries that does not hang on how many people."""
    frame = frame_of(session, at, viewer, ask)
    kept = proposed(run.result) if run is not None and run.result else None
    teams = kept.found.teams if kept else ()
    members = {one.profile_id: one.side for team in teams for one in team.members}
    wished = {*ask.keep, *ask.without, *frame.locked}
    clash = kept.found.none.locks if kept and kept.found.none else ()
    ids = sorted({*members, *wished, *clash})
    stamp = stamp_of(at.consortium, frame.roles)
    return TeamsPage(
        at=at,
        run=run,
        ask=ask,
        frame=frame,
        kept=kept,
        outdated=run is not None and run.asked["stamp"] != stamp,
        people=person_lines(session, ids, viewer) if ids else {},
        passages=_passages(session, at, viewer, frame.roles, kept, members),
        maps=maps_of(session, at.edition, viewer, [_numbered(team) for team in teams]),
        measures=_measures(teams),
        choices=_choices(ids, frame, ask, teams),
    )


def _numbered(team: ProposedTeam) -> dict[int, str]:
    return {one.profile_id: one.side for one in team.members}


def _passages(
    session: Session,
    at: Workspace,
    viewer: Viewer,
    roles: Sequence[ConsortiumRole],
    kept: KeptTeams | None,
    members: Mapping[int, str],
) -> dict[tuple[int, int], str]:
    """Read the passages anew: what may be shown, and roles, may have changed since."""
    if kept is None or not members:
        return {}
    number = {role_id: place for place, role_id in enumerate(kept.role_ids)}
    cells: Cells = coverage_of(session, at.edition, viewer, roles, members)
    return {
        (number[role_id], person): cell.passage
        for (role_id, person), cell in cells.items()
        if role_id in number and cell.passage
    }


def _choices(
    ids: Sequence[int], frame: TeamFrame, ask: TeamAsk, teams: Sequence[ProposedTeam]
) -> list[Choice]:
    letters = {
        one: "".join(
            letter
            for letter, team in zip(LETTERS, teams, strict=False)
            if any(member.profile_id == one for member in team.members)
        )
        for one in ids
    }
    found = [
        Choice(
            one,
            one in frame.locked and one not in ask.keep,
            "keep" if one in ask.keep else "without" if one in ask.without else "",
            letters[one],
        )
        for one in ids
    ]
    return sorted(found, key=lambda one: (not one.stays, one.teams or "Z", one.profile_id))


def _measures(teams: Sequence[ProposedTeam]) -> list[Measure]:
    def shares(name: str, values: Sequence[float]) -> Measure:
        return Measure(name, tuple(values), tuple(f"{value:.0%}" for value in values))

    def counts(name: str, values: Sequence[int]) -> Measure:
        parts = [value / len(team.members) for value, team in zip(values, teams, strict=True)]
        return Measure(name, tuple(parts), tuple(map(str, values)))

    return [
        shares(_("Roles covered"), [team.coverage for team in teams]),
        shares(_("Members fit each other"), [team.affinity for team in teams]),
        shares(_("Members in a line of work of their own"), [1 - team.overlap for team in teams]),
        shares(_("Pairs who are new to each other"), [team.novelty for team in teams]),
        counts(_("Countries"), [team.countries for team in teams]),
        counts(_("Early in their career"), [team.newcomers for team in teams]),
    ]


def proof_of(team: ProposedTeam) -> str:
    """Say how good a team is next to the best one that there could be."""
    if team.gap <= PROVEN:
        return str(_("Proven: none of the people compared make a better one."))
    share = f"{team.gap:.1%}"
    return str(_("No team can be more than %(share)s better; that much is proven.", share=share))


def difference_of(team: ProposedTeam) -> list[str]:
    """Say what a team shares with those before it, and what being different costs it."""
    size = len(team.members)
    said = [
        ngettext(
            "Shares %(num)s of %(size)s members with team %(letter)s.",
            "Shares %(num)s of %(size)s members with team %(letter)s.",
            shared,
            size=size,
            letter=letter,
        )
        for letter, shared in zip(LETTERS, team.shared, strict=False)
    ]
    if not team.near and team.nearer_exists:
        said.append(_("More than 5 % below team A: none nearer was found that is as different."))
    elif not team.near:
        said.append(_("More than 5 % below team A: no team that is as different comes nearer."))
    return said


def with_wishes(ask: TeamAsk, wishes: Mapping[int, str]) -> TeamAsk:
    """Take over who is to be in every team, and who in none."""
    keep = tuple(sorted(one for one, wish in wishes.items() if wish == "keep"))
    without = tuple(sorted(one for one, wish in wishes.items() if wish == "without"))
    return replace(ask, keep=keep, without=without)
