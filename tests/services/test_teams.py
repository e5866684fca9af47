"""Whole teams from the tables: who may be in one, what the rules say of it, and why."""

from dataclasses import replace
from datetime import datetime

import pytest
from sqlmodel import Session

from matchmaking.eligibility_preset import preset
from models import Edition, Profile
from services.errors import NotFound
from services.matcher_cache import MatcherCache
from services.request_limits import set_requests
from services.roles import Roles
from services.team_problem import TeamWish
from services.team_roles import NoRoles, roles_in, sought
from services.teams import ProposedTeams, propose_teams
from services.visibility import Viewer
from services.visibility_parts import set_levels
from tests.factories import Factory
from tests.word_encoder import encode_everybody, word_encoders

WORK = ("quantum photon", "laser chip", "turbine noise")
COUNTRIES = ("DE", "FR", "NL", "KR", "KR", "KR")


@pytest.fixture
def edition(make: Factory) -> Edition:
    return make.edition(countries=dict.fromkeys(("DE", "FR", "NL", "IT"), "left") | {"KR": "right"})


@pytest.fixture
def people(session: Session, make: Factory, edition: Edition) -> list[Profile]:
    found = [
        make.profile(
            edition,
            source_key=f"p{number}",
            country=country,
            research=WORK[number % 3],
            organisation_name=f"House {number}",
            organisation_type="company" if number % 2 else "university",
            career_stage="doctoral" if number else "established",
        )
        for number, country in enumerate(COUNTRIES)
    ]
    encode_everybody(session)
    return found


def wish(*texts: str, **given: object) -> TeamWish:
    encoders = word_encoders()[0]
    roles = tuple(
        sought(
            text, {name: row[0].tobytes() for name, row in encoders.encode_question(text).items()}
        )
        for text in texts
    )
    return TeamWish(roles, **({"size": (3, 4)} | given))  # type: ignore[arg-type] # fields of a wish


def proposed(
    session: Session, edition: Edition, now: datetime, asked: TeamWish, me: int | None = None
) -> ProposedTeams:
    viewer = Viewer(me, Roles(organises_all=me is None))
    return propose_teams(session, MatcherCache(), edition, viewer, asked, now)


def members(found: ProposedTeams, number: int = 0) -> set[int]:
    return {one.profile_id for one in found.teams[number].members}


def test_a_mirrored_team_is_eligible_and_covers_every_role_with_a_passage(
    session: Session, edition: Edition, people: list[Profile], now: datetime
) -> None:
    rules = preset("chips-ju-nrf-mirror")
    asked = wish(*WORK, rules=rules, mirror=True, size=(5, 6))
    found = proposed(session, edition, now, asked)
    team = found.teams[0]
    assert team.eligible
    assert {rule.rule: rule.holds for rule in team.rules}["letters-of-intent"] is None
    assert team.gap < 1e-6
    assert team.countries >= 4
    assert (team.experienced, team.kinds, team.novelty) == (1, 2, 1.0)
    assert {one.role for one in team.members} == {0, 1, 2}
    cell = team.cells[0, people[0].id]
    assert (cell.grade, cell.passage) == ("excellent", WORK[0])
    assert team.gaps == ()
    assert (found.shown, found.compared) == (6, 6)


def test_members_with_the_same_work_are_named(
    session: Session, edition: Edition, people: list[Profile], now: datetime
) -> None:
    locked = (people[0].id, people[3].id)
    team = proposed(session, edition, now, wish(*WORK, locked=locked, size=(3, 3))).teams[0]
    assert [(one.one_id, one.other_id, one.role) for one in team.same_work] == [(*locked, 0)]
    assert {one.profile_id for one in team.members if one.locked} == {*locked}


def test_nobody_is_found_who_may_not_be_shown_or_asked(
    session: Session, make: Factory, edition: Edition, people: list[Profile], now: datetime
) -> None:
    make.profile(edition, research=WORK[0], visibility="nobody")
    hides = make.profile(edition, research=WORK[0])
    set_levels(session, hides, {"research": "nobody"})
    unasked = make.profile(edition, research=WORK[0])
    set_requests(session, unasked.id, seeks_team=True, most_waiting=0)
    encode_everybody(session)
    me = people[0].id
    make.exclusion(people[3], people[0])
    found = proposed(session, edition, now, wish(*WORK), me)
    assert found.shown == 4  # neither who hid me, nor I myself


def test_people_kept_apart_by_a_private_choice_are_not_in_one_team(
    session: Session, make: Factory, edition: Edition, people: list[Profile], now: datetime
) -> None:
    for other in people[1:4]:
        make.exclusion(people[0], other)
    found = proposed(session, edition, now, wish(*WORK))
    for number in range(len(found.teams)):
        team = members(found, number)
        assert people[0].id not in team or not team & {one.id for one in people[1:4]}


def test_colleagues_are_not_in_one_team_unless_both_are_locked(
    session: Session, edition: Edition, people: list[Profile], now: datetime
) -> None:
    people[1].organisation_name = people[0].organisation_name
    session.flush()
    both = {people[0].id, people[1].id}
    assert not both <= members(proposed(session, edition, now, wish(*WORK)))
    rules = preset("horizon-ria")
    asked = wish(*WORK, locked=(people[0].id, people[1].id), rules=rules, size=(3, 3))
    found = proposed(session, edition, now, asked)
    assert found.teams == ()  # the two count once
    assert found.none is not None
    assert set(found.none.locks) == both
    wider = proposed(session, edition, now, replace(asked, size=(3, 4)))
    assert wider.teams[0].eligible
    assert both <= members(wider)


def test_whoever_is_left_out_is_in_no_team_and_a_locked_stranger_is_not_found(
    session: Session, edition: Edition, people: list[Profile], now: datetime
) -> None:
    best = members(proposed(session, edition, now, wish(*WORK)))
    gone = min(best)
    assert gone not in members(proposed(session, edition, now, wish(*WORK, excluded=(gone,))))
    with pytest.raises(NotFound):
        proposed(session, edition, now, wish(*WORK, locked=(10_000,)))


def test_somebody_locked_of_whom_nothing_is_read_yet_is_in_the_team(
    session: Session, make: Factory, edition: Edition, people: list[Profile], now: datetime
) -> None:
    silent = make.profile(edition, country="IT", organisation_name="House 9")
    found = proposed(session, edition, now, wish(*WORK, locked=(silent.id,)), silent.id)
    assert silent.id in members(found)


def test_a_role_of_one_side_is_taken_there(
    session: Session, edition: Edition, people: list[Profile], now: datetime
) -> None:
    asked = wish(WORK[0], size=(2, 2))
    asked = replace(asked, roles=(replace(asked.roles[0], side="right"),))
    team = proposed(session, edition, now, asked).teams[0]
    assert members(proposed(session, edition, now, asked)) & {people[3].id}
    assert all(
        team.cells[0, one.profile_id].score == 0 for one in team.members if one.side == "left"
    )


def test_roles_are_the_points_of_a_list_or_the_sentences() -> None:
    listed = "우리는 다음이 필요합니다.\n- 멤리스터 소자 제작\n- 회로 설계와 검증\n"
    assert roles_in(listed) == ("멤리스터 소자 제작", "회로 설계와 검증")
    assert roles_in("1. Devices for memory\n2) Circuits of low power\n") == (
        "Devices for memory",
        "Circuits of low power",
    )
    assert roles_in("We build chips. Somebody measures noise!") == (
        "We build chips.",
        "Somebody measures noise!",
    )
    many = roles_in("\n".join(f"- role number {number}" for number in range(11)))
    assert len(many) == 8
    assert " ".join(many).count("role number") == 11
    with pytest.raises(NoRoles):
        roles_in(" \n - \n")
