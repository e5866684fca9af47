"""The bench as a page shows it: roles and gaps, people for a gap, the team and its rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from models import Call, ConsortiumRole
from services.consortium_access import Workspace
from services.consortium_coverage import Cells, coverage_of
from services.consortium_entities import Entity, entities_in
from services.consortium_gaps import Double, covering, doubles, gaps
from services.consortium_people import Found, Part, best_people
from services.consortium_roles import roles_of_consortium
from services.consortium_rules import Standing, standing
from services.consortium_ties import Tie, ties_with
from services.matcher_cache import MatcherCache
from services.mutual_interest import mutual_partners
from services.people import PersonLine, person_lines
from services.request_limits import Willingness, willingness_of
from services.visibility import Viewer
from web.clock import now
from web.match_words import best_reason

SHOWN = 6


@dataclass(frozen=True)
class Candidate:
    """Somebody for a part: why, what they share with the team, and whether they may be asked."""

    found: Found
    person: PersonLine
    reason: str
    ties: tuple[Tie, ...]
    wish: Willingness
    mutual: bool


@dataclass(frozen=True)
class Board:
    """Everything that the bench shows of a draft; names of people by profile id."""

    at: Workspace
    call: Call | None
    roles: Sequence[ConsortiumRole]
    entities: Sequence[Entity]
    cells: Cells
    gaps: Sequence[ConsortiumRole]
    doubles: Sequence[Double]
    standing: Standing

    @property
    def members(self) -> list[Entity]:
        """Who counts: planned, asked, or joined."""
        return [one for one in self.entities if one.counts]

    @property
    def reserves(self) -> list[Entity]:
        """Who waits behind others, in their order."""
        waiting = [one for one in self.entities if one.member.state == "reserve"]
        return sorted(waiting, key=lambda one: one.member.rank or 0)

    @property
    def gone(self) -> list[Entity]:
        """Who declined, did not answer, or left."""
        return [one for one in self.entities if one.member.state in ("declined", "expired", "left")]

    @property
    def names(self) -> dict[int, str]:
        """How members who are people are called, by profile id."""
        return {one.person.profile_id: one.person.name for one in self.entities if one.person}

    def covering(self, role: ConsortiumRole) -> list[Entity]:
        """List who covers a part."""
        return covering(role, self.entities, self.cells)

    def role(self, role_id: int | None) -> ConsortiumRole | None:
        """Find a part by its number; the first gap, or the first part, where there is none."""
        first = next(iter([*self.gaps, *self.roles]), None)
        return next((one for one in self.roles if one.id == role_id), first)


def board_of(session: Session, at: Workspace, viewer: Viewer) -> Board:
    """Read a draft for the bench."""
    entities = entities_in(session, at, viewer)
    roles = roles_of_consortium(session, at.consortium.id)
    people = {
        one.member.profile_id: one.side
        for one in entities
        if one.member.profile_id is not None and one.counts
    }
    cells = coverage_of(session, at.edition, viewer, roles, people)
    call = session.get(Call, at.consortium.call_id) if at.consortium.call_id else None
    return Board(
        at,
        call,
        roles,
        entities,
        cells,
        gaps(roles, entities, cells),
        doubles(roles, entities, cells),
        standing(session, at, entities),
    )


def candidates_for(
    session: Session, cache: MatcherCache, board: Board, viewer: Viewer, role: ConsortiumRole
) -> list[Candidate]:
    """Find the best people for a part, with what a coordinator should know of each."""
    team = [one.member.profile_id for one in board.entities]
    people = [one for one in team if one is not None]
    part = Part(role.id, role.text, role.side, role.organisation_type)
    found = best_people(session, cache, board.at, viewer, part, people, SHOWN)
    return told_of(session, board.at, viewer, found, _living(board.entities))


def told_of(
    session: Session, at: Workspace, viewer: Viewer, found: Sequence[Found], team: Sequence[int]
) -> list[Candidate]:
    """Add what is known of people who were found."""
    ids = [one.profile_id for one in found]
    lines = person_lines(session, ids, viewer)
    ties: Mapping[int, tuple[Tie, ...]] = ties_with(session, team, ids)
    wishes = willingness_of(session, at.edition, ids, now())
    mutual = set(mutual_partners(session, at.edition.id, at.profile_id))
    return [
        Candidate(
            one,
            lines[one.profile_id],
            best_reason(one.fit, of_idea=True) if one.fit else "",
            ties[one.profile_id],
            wishes[one.profile_id],
            one.profile_id in mutual,
        )
        for one in found
    ]


def _living(entities: Sequence[Entity]) -> list[int]:
    return [
        one.member.profile_id
        for one in entities
        if one.member.profile_id is not None and one.counts
    ]
