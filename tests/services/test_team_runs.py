"""Whole teams for a draft: asked for, formed by the worker, kept without texts, taken in."""

import json
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import ConsortiumMember, TeamRun
from models.database import make_sessions
from services.consortium_access import workspace
from services.consortium_closing import set_state
from services.consortium_outside import OutsidePartner, add_outside
from services.consortium_planning import plan_person
from services.consortium_roles import RoleWish, remove_role, roles_of_consortium, set_role
from services.consortium_seats import mark_member
from services.errors import NotFound
from services.mail import Letter, Written
from services.team_kept import KeptTeams, proposed
from services.team_roles import NoRoles
from services.team_runs import (
    SILENT_AFTER,
    TeamAsk,
    TeamsBusy,
    cancel_teams,
    claim_teams,
    find_teams,
    forget_teams_of,
    newest_teams,
    queued_teams,
    stamp_of,
)
from services.team_taking import take_team
from services.team_wish import frame_of
from services.visibility_parts import set_levels
from tests.consortium_people import make_team
from tests.factories import Factory
from tests.team_searches import WORK, Searched, searched


@pytest.fixture
def draft(make: Factory, session: Session, engine: Engine, now: datetime) -> Searched:
    return searched(make_team(make, session, now), session, make_sessions(engine))


def formed(draft: Searched, **given: object) -> KeptTeams:
    draft.ask(draft.team.now, **given)
    run = draft.work()
    assert (run.state, run.failure) == ("done", "")
    assert run.result
    return proposed(run.result)


def members(kept: KeptTeams, number: int = 0) -> set[int]:
    return {one.profile_id for one in kept.found.teams[number].members}


def take(draft: Searched, kept: KeptTeams, number: int = 0) -> None:
    team = draft.team
    take_team(
        team.session,
        team.at,
        team.viewer,
        kept.found.teams[number],
        kept.role_ids,
        team.now,
        actor_id=team.account.id,
    )


def states(draft: Searched) -> dict[int | None, str]:
    query = select(ConsortiumMember.profile_id, ConsortiumMember.state)
    query = query.where(ConsortiumMember.consortium_id == draft.team.consortium.id)
    return dict(draft.team.session.exec(query).all())


def plan(draft: Searched, number: int) -> ConsortiumMember:
    team, person = draft.team, draft.people[number]
    return plan_person(
        team.session, team.at, team.viewer, person.id, team.now, actor_id=team.account.id
    )


def test_the_worker_forms_three_eligible_mirrored_teams_around_the_coordinator(
    draft: Searched,
) -> None:
    kept = formed(draft)
    assert len(kept.found.teams) == 3
    for number, team in enumerate(kept.found.teams):
        assert team.eligible
        assert team.gaps == ()
        assert draft.team.lead.id in members(kept, number)
        sides = [one.side for one in team.members]
        assert abs(sides.count("left") - sides.count("right")) <= 1
        for shared in team.shared:  # of the places that are free, the coordinator's is not
            assert (shared - 1) * 2 <= len(team.members) - 1
    assert (
        [role.text for role in roles_of_consortium(draft.team.session, 1)]
        == [*kept.found.roles]
        == [*WORK]
    )


def test_what_is_kept_holds_figures_and_no_text_of_a_person(draft: Searched) -> None:
    formed(draft)
    run = newest_teams(draft.team.session, draft.team.consortium.id)
    assert run is not None
    said = json.dumps(run.result, ensure_ascii=False)
    # the draft's own roles read like the people's work, but no person's name or house is there
    assert not any(one.name in said or one.organisation_name in said for one in draft.people)
    assert not any(
        cell.passage
        for team in proposed(run.result or {}).found.teams
        for cell in team.cells.values()
    )


def test_who_is_to_stay_stays_and_who_is_to_be_left_out_is_in_none(draft: Searched) -> None:
    best = members(formed(draft)) - {draft.team.lead.id}
    out = min(best)
    stay = next(one.id for one in draft.people if one.id not in best)
    kept = formed(draft, keep=(stay,), without=(out,))
    for number in range(len(kept.found.teams)):
        assert stay in members(kept, number)
        assert out not in members(kept, number)


def test_locked_members_stay_and_those_who_declined_do_not_come_back(draft: Searched) -> None:
    locked, declined = plan(draft, 4), plan(draft, 3)
    mark_member(
        draft.team.session, draft.team.at, locked.id, draft.team.now,
        actor_id=draft.team.account.id, locked=True, coordinates=None,
    )  # fmt: skip
    declined.state = "declined"
    kept = formed(draft)
    assert locked.profile_id in members(kept)
    assert all(declined.profile_id not in members(kept, n) for n in range(len(kept.found.teams)))


def test_partners_from_outside_take_places_and_are_told(draft: Searched) -> None:
    team = draft.team
    for name in ("Imec", "CEA"):
        partner = OutsidePartner(name, "FR", "company")
        add_outside(team.session, team.at, partner, team.now, actor_id=team.account.id)
    frame = frame_of(team.session, team.at, team.viewer, TeamAsk())
    assert (frame.outside, frame.size) == (2, (2, 4))
    assert all(len(found.members) <= 4 for found in formed(draft).found.teams)


def test_no_place_for_two_is_told_with_its_reason(draft: Searched) -> None:
    team = draft.team
    for number in range(5):
        partner = OutsidePartner(f"House of {number}", "FR", "company")
        add_outside(team.session, team.at, partner, team.now, actor_id=team.account.id)
    draft.ask(team.now)
    assert (draft.work().state, draft.work().failure) == ("failed", "no-place-left")


def test_where_no_team_can_be_the_result_says_what_clashes(draft: Searched) -> None:
    for number in (3, 4, 5, 8, 9):
        plan(draft, number).locked = True
    kept = formed(draft)  # five of Korea and one of Germany are no two halves
    assert kept.found.teams == ()
    assert kept.found.none is not None
    assert kept.found.none.rules == ("about-equal",)
    assert set(kept.found.none.locks) < {one.id for one in draft.people}
    assert [change.code for change in kept.found.none.changes or ()] == ["more-members"]


def test_a_second_wish_waits_for_the_first_and_a_draft_without_roles_is_refused(
    draft: Searched,
) -> None:
    draft.ask(draft.team.now)
    with pytest.raises(TeamsBusy):
        draft.ask(draft.team.now)
    draft.work()
    first = newest_teams(draft.team.session, draft.team.consortium.id)
    assert first is not None
    second = draft.ask(draft.team.now)
    # only the latest is kept
    assert draft.team.session.exec(select(TeamRun.id)).all() == [second.id]
    draft.work()
    for role in roles_of_consortium(draft.team.session, draft.team.consortium.id):
        remove_role(
            draft.team.session, draft.team.at, role.id, draft.team.now,
            actor_id=draft.team.account.id,
        )  # fmt: skip
    with pytest.raises(NoRoles):
        draft.ask(draft.team.now)


def test_what_waits_is_cancelled_at_once_and_what_runs_at_its_next_step(
    draft: Searched,
) -> None:
    session, now = draft.team.session, draft.team.now
    waiting = draft.ask(now)
    cancel_teams(session, waiting, now)
    assert (waiting.state, waiting.finished_at) == ("cancelled", now)
    assert draft.work().state == "cancelled"
    running = draft.ask(now)
    assert claim_teams(session, running.id, now)
    assert not claim_teams(session, running.id, now)
    cancel_teams(session, running, now)
    assert (running.state, running.cancel_requested) == ("running", True)
    running.state = "queued"  # as after the worker died among it
    assert draft.work().state == "cancelled"


def test_a_run_that_a_dead_worker_left_is_taken_up_again(draft: Searched) -> None:
    session, now = draft.team.session, draft.team.now
    run = draft.ask(now)
    claim_teams(session, run.id, now)
    assert queued_teams(session, now + SILENT_AFTER) == []
    assert queued_teams(session, now + SILENT_AFTER + timedelta(seconds=1)) == [run.id]


def test_a_worker_that_stops_leaves_it_in_the_queue(draft: Searched) -> None:
    draft.ask(draft.team.now)
    answers = iter([False, True, True, True])
    assert draft.work(lambda: next(answers, True)).state == "queued"
    assert draft.work().state == "done"


def test_whoever_lost_the_seat_meanwhile_gets_no_teams(draft: Searched) -> None:
    draft.ask(draft.team.now)
    draft.team.at.me.seat = "reader"
    assert draft.work().failure == "not-allowed"


def test_a_closed_draft_gets_no_teams(draft: Searched) -> None:
    draft.ask(draft.team.now)
    set_state(
        draft.team.session, _written, draft.team.at, "withdrawn", draft.team.now,
        actor_id=draft.team.account.id,
    )  # fmt: skip
    assert draft.work().failure == "consortium-closed"


def _written(letter: Letter) -> Written:
    return Written(letter.kind, "")


def test_a_team_is_taken_in_with_its_roles_and_who_was_planned_goes_in_reserve(
    draft: Searched,
) -> None:
    kept = formed(draft)
    best = members(kept)
    other = next(n for n, one in enumerate(draft.people) if one.id not in best)
    plan(draft, other)
    take(draft, kept)
    found = states(draft)
    assert {one for one, state in found.items() if state == "planned"} == best - {
        draft.team.lead.id
    }
    assert found[draft.people[other].id] == "reserve"
    rows = draft.team.session.exec(select(ConsortiumMember)).all()
    roles = {one.profile_id: one.role_id for one in rows}
    for one in kept.found.teams[0].members:
        asked_before = one.profile_id == draft.team.lead.id
        assert roles[one.profile_id] == (None if asked_before else kept.role_ids[one.role])
    take(draft, kept, 1)  # and back: reserves come in again, nobody is there twice
    assert {one for one, state in states(draft).items() if state == "planned"} == members(
        kept, 1
    ) - {draft.team.lead.id}
    assert len(rows) <= len(states(draft))


def test_a_member_who_may_no_longer_be_shown_is_not_taken_in(draft: Searched) -> None:
    kept = formed(draft)
    gone = next(one for one in draft.people if one.id in members(kept))
    gone.visibility = "nobody"
    draft.team.session.commit()
    with pytest.raises(NotFound):
        take(draft, kept)


def test_another_drafts_teams_are_not_found_and_new_roles_make_them_outdated(
    draft: Searched, make: Factory
) -> None:
    session, team = draft.team.session, draft.team
    run = draft.ask(team.now)
    assert find_teams(session, team.at, run.id).id == run.id
    stamp = run.asked["stamp"]
    assert stamp == stamp_of(team.consortium, roles_of_consortium(session, team.consortium.id))
    set_role(session, team.at, RoleWish("a role more"), team.now, actor_id=team.account.id)
    assert stamp != stamp_of(team.consortium, roles_of_consortium(session, team.consortium.id))
    another = make_team(make, session, team.now)
    other = workspace(session, another.consortium.id, another.lead.id)
    with pytest.raises(NotFound):
        find_teams(session, other, run.id)


def test_whoever_is_erased_stands_in_no_kept_result_or_wish(draft: Searched) -> None:
    session = draft.team.session
    kept = formed(draft)
    outside = next(one.id for one in draft.people if one.id not in members(kept))
    for named in (min(members(kept)), outside):
        formed(draft, without=(outside,))
        forget_teams_of(session, 10_000)
        assert newest_teams(session, draft.team.consortium.id) is not None
        forget_teams_of(session, named)
        assert newest_teams(session, draft.team.consortium.id) is None


def test_whoever_hides_their_work_is_in_no_team(draft: Searched) -> None:
    hidden = draft.people[3]
    set_levels(draft.team.session, hidden, {"research": "nobody"})
    kept = formed(draft)
    assert all(hidden.id not in members(kept, number) for number in range(len(kept.found.teams)))
