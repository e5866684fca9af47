"""A draft with roles, people around it who can fill them, and the worker that forms teams."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from models import Profile, TeamRun
from models.database import SessionMaker
from services.consortium_roles import RoleWish, remove_role, roles_of_consortium, set_role
from services.edition_calibration import calibration_of
from services.team_runs import TeamAsk, newest_teams, request_teams
from services.team_search import TeamWork, run_team_searches
from tests.consortium_people import Team
from tests.word_encoder import encode_everybody, word_encoders

WORK = ("quantum photon", "laser chip", "turbine noise")
COUNTRIES = ("FR", "NL", "CH", "KR", "KR", "KR", "FR", "NL", "KR", "KR", "KR", "CH")


@dataclass
class Searched:
    """A mirrored draft of 4 to 6 members, its coordinator in Germany, and twelve people."""

    team: Team
    people: list[Profile]
    sessions: SessionMaker

    def ask(self, now: datetime, **given: object) -> TeamRun:
        ask = TeamAsk(**({"mirror": True} | given))  # type: ignore[arg-type] # fields of a wish
        return request_teams(
            self.team.session, self.team.at, ask, now, actor_id=self.team.account.id
        )

    def work(self, stopping: Callable[[], bool] = lambda: False) -> TeamRun:
        """Let the worker work; gives the latest run."""
        session, consortium_id = self.team.session, self.team.consortium.id
        session.commit()
        work = TeamWork(self.sessions, self.sessions, lambda: self.team.now, word_encoders()[0])
        run_team_searches(work, stopping)
        session.expire_all()
        found = newest_teams(session, consortium_id)
        assert found is not None
        return found


def searched(team: Team, session: Session, sessions: SessionMaker) -> Searched:
    now, actor_id = team.now, team.account.id
    for role in roles_of_consortium(session, team.consortium.id):
        remove_role(session, team.at, role.id, now, actor_id=actor_id)
    for text in WORK:
        set_role(session, team.at, RoleWish(text), now, actor_id=actor_id)
    team.consortium.size_least, team.consortium.size_most = 4, 6
    team.lead.research = WORK[0]
    people = [
        team.person(
            country,
            name=f"Person {number}",
            research=WORK[number % 3],
            organisation_name=f"House {number}",
        )
        for number, country in enumerate(COUNTRIES)
    ]
    encode_everybody(session)
    assert calibration_of(team.edition)
    session.commit()
    return Searched(team, people, sessions)
