"""People are planned, asked with a reason, answer, and reserves step in by themselves."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from models import AuditEntry, ConsortiumMember, Mail, Profile
from services.accounts import Desk
from services.accounts_erasure import erase
from services.accounts_passwords import cheap_passwords
from services.accounts_tokens import Tokens
from services.consortium_access import workspace
from services.consortium_answering import (
    Answer,
    InvitationClosed,
    answer_invitation,
    expire_invitations,
    find_invitation,
    leave,
    take_out,
)
from services.consortium_inviting import Ask, RequestsFull, invite, prepare_reserve
from services.consortium_members import AlreadyIn
from services.consortium_planning import plan_person
from services.consortium_roles import RoleWish, set_role
from services.errors import NotFound
from services.mail import Letter, Written
from services.profile_values import BadValue
from services.request_limits import set_requests, waiting_for, willingness_of
from tests.consortium_people import Team, make_team
from tests.factories import Factory

ASK = Ask("You bond chiplets below 200 degrees.")


def write(letter: Letter) -> Written:
    return Written(letter.kind, str(letter.facts))


@pytest.fixture
def team(make: Factory, session: Session, now: datetime) -> Team:
    return make_team(make, session, now)


def _plan(team: Team, person: Profile, **given: Any) -> ConsortiumMember:
    return plan_person(
        team.session, team.at, team.viewer, person.id, team.now, actor_id=team.account.id, **given
    )


def _invite(team: Team, member: ConsortiumMember) -> ConsortiumMember:
    return invite(team.session, write, team.at, member.id, ASK, team.now, actor_id=team.account.id)


def _mails(team: Team) -> list[str]:
    return [mail.subject for mail in team.session.exec(select(Mail).order_by(Mail.id))]  # type: ignore[arg-type]


def _answer(team: Team, member: ConsortiumMember, *, accepts: bool) -> ConsortiumMember | None:
    by = team.session.get_one(Profile, member.profile_id).account_id
    assert by is not None
    given = Answer(accepts, shows_contact=True)
    return answer_invitation(team.session, write, member, given, team.now, actor_id=by)


def test_nobody_is_told_before_they_are_asked_and_the_mail_holds_no_content(team: Team) -> None:
    person = team.person()
    member = _plan(team, person)
    assert _mails(team) == []
    _invite(team, member)
    [mail] = team.session.exec(select(Mail)).all()
    assert mail.subject == "team-invitation"
    assert "bond" not in mail.body
    assert waiting_for(team.session, person.id, team.now) == [member]


def test_an_invitation_needs_a_reason(team: Team) -> None:
    member = _plan(team, team.person())
    with pytest.raises(BadValue):
        invite(team.session, write, team.at, member.id, Ask(" "), team.now, actor_id=1)


def test_who_accepts_has_a_seat_and_who_leads_is_told(team: Team) -> None:
    person = team.person()
    member = _invite(team, _plan(team, person))
    _answer(team, member, accepts=True)
    assert workspace(team.session, team.consortium.id, person.id).me.shows_contact
    assert _mails(team) == ["team-invitation", "team-answered"]
    with pytest.raises(InvitationClosed):
        _answer(team, member, accepts=False)


def test_when_somebody_declines_the_first_reserve_for_the_role_is_asked(team: Team) -> None:
    role = set_role(team.session, team.at, RoleWish("Bonding"), team.now, actor_id=1).id
    other = set_role(team.session, team.at, RoleWish("Else"), team.now, actor_id=1).id
    member = _invite(team, _plan(team, team.person(), role_id=role))
    elsewhere = _plan(team, team.person(), role_id=other, reserve=True)
    unwritten = _plan(team, team.person(), role_id=role, reserve=True)
    first = _plan(team, team.person(), role_id=role, reserve=True)
    second = _plan(team, team.person(), role_id=role, reserve=True)
    for reserve in (elsewhere, first, second):
        prepare_reserve(team.session, team.at, reserve.id, ASK)
    assert _answer(team, member, accepts=False) == first
    assert [one.state for one in (first, second, unwritten)] == ["invited", "reserve", "reserve"]
    last = team.session.exec(select(AuditEntry).order_by(AuditEntry.id.desc())).first()  # type: ignore[attr-defined]
    assert last is not None
    assert (last.act, last.actor_id) == ("stepped-in", None)


def test_an_invitation_ends_by_itself_and_only_once(team: Team) -> None:
    member = _invite(team, _plan(team, team.person()))
    later = team.now + timedelta(days=15)
    with pytest.raises(InvitationClosed):
        answer_invitation(team.session, write, member, Answer(True), later, actor_id=1)
    assert expire_invitations(team.session, write, later) == 1
    assert expire_invitations(team.session, write, later) == 0
    assert member.state == "expired"


def test_an_invitation_ends_with_the_calls_deadline(team: Team) -> None:
    team.call.deadline_at = team.now + timedelta(days=3)
    member = _invite(team, _plan(team, team.person()))
    assert member.expires_at == team.call.deadline_at


def test_nobody_gets_more_requests_than_they_or_the_edition_let_wait(
    team: Team, make: Factory
) -> None:
    person, quiet = team.person(), team.person()
    set_requests(team.session, person.id, seeks_team=True, most_waiting=1)
    set_requests(team.session, quiet.id, seeks_team=False, most_waiting=0)
    _invite(team, _plan(team, person))
    wishes = willingness_of(team.session, team.edition, [person.id, quiet.id], team.now)
    assert wishes[person.id].seeks_team
    assert not wishes[person.id].may_be_asked
    assert wishes[person.id].load == 1.0
    with pytest.raises(RequestsFull):
        _invite(team, _plan(team, quiet))
    assert willingness_of(team.session, team.edition, [team.lead.id], team.now)[
        team.lead.id
    ].may_be_asked


def test_a_private_choice_of_anybody_in_the_team_keeps_somebody_out_without_a_word(
    team: Team, make: Factory
) -> None:
    mate, kept, unheard = team.person("FR"), team.person(), 10_000
    _plan(team, mate)
    make.exclusion(kept, mate)
    for who in (kept.id, unheard):
        with pytest.raises(NotFound, match="nobody of that number"):
            plan_person(team.session, team.at, team.viewer, who, team.now, actor_id=1)


def test_somebody_is_in_a_draft_once_but_may_be_asked_again_after_declining(team: Team) -> None:
    person = team.person()
    member = _plan(team, person)
    with pytest.raises(AlreadyIn):
        _plan(team, person)
    _answer(team, _invite(team, member), accepts=False)
    assert _plan(team, person).id == member.id


def test_who_is_taken_out_after_being_asked_is_told_and_finds_the_invitation_closed(
    team: Team,
) -> None:
    person, planned = team.person(), team.person()
    member, other = _invite(team, _plan(team, person)), _plan(team, planned)
    for one in (member, other):
        take_out(team.session, write, team.at, one.id, team.now, actor_id=team.account.id)
    assert _mails(team) == ["team-invitation", "team-ended"]
    assert find_invitation(team.session, member.id, person.id).state == "left"
    with pytest.raises(NotFound):
        find_invitation(team.session, member.id, planned.id)


def test_who_joined_may_leave_but_not_the_last_coordinator(team: Team) -> None:
    person = team.person()
    _answer(team, _invite(team, _plan(team, person)), accepts=True)
    leave(team.session, write, team.seen_by(person), team.now, actor_id=1)
    with pytest.raises(NotFound):
        team.seen_by(person)
    with pytest.raises(Exception, match="hand the consortium over"):
        leave(team.session, write, team.at, team.now, actor_id=1)


@pytest.fixture
def desk() -> Desk:
    return Desk(cheap_passwords(), Tokens("secret"), write)


def test_erasing_the_coordinator_hands_the_draft_to_the_next(
    team: Team, desk: Desk, make: Factory
) -> None:
    make.account("administrator")
    person = team.person()
    _answer(team, _invite(team, _plan(team, person)), accepts=True)
    erase(team.session, desk, team.account.id, team.now)
    team.session.expire_all()
    assert workspace(team.session, team.consortium.id, person.id).me.seat == "coordinator"


def test_a_draft_that_nobody_is_left_in_goes_with_its_coordinator(
    team: Team, desk: Desk, make: Factory, count_queries: Callable[..., object]
) -> None:
    make.account("administrator")
    _invite(team, _plan(team, team.person()))
    erase(team.session, desk, team.account.id, team.now)
    assert team.session.exec(select(ConsortiumMember)).all() == []
