"""Who sees a draft and who may change it; which rules it is checked by."""

from datetime import datetime

import pytest
from sqlmodel import Session, select

from models import AuditEntry, ConsortiumMember
from services.consortia import newer_rules, own_consortia, take_newer_rules
from services.consortium_access import ConsortiumClosed, workspace
from services.consortium_closing import set_state
from services.consortium_editing import Frame, set_frame
from services.consortium_roles import RoleWish, remove_role, roles_in_text, set_role
from services.consortium_seats import give_seat
from services.errors import NotAllowed, NotFound
from services.mail import Letter, Written
from services.presets import newest
from services.presets_writing import save_version
from services.profile_values import BadValue
from tests.consortium_people import Team, make_team
from tests.factories import Factory


@pytest.fixture
def team(make: Factory, session: Session, now: datetime) -> Team:
    return make_team(make, session, now)


def _write(_letter: Letter) -> Written:
    return Written("Subject", "Body")


def _join(team: Team, seat: str) -> ConsortiumMember:
    person = team.person()
    member = ConsortiumMember(
        consortium_id=team.consortium.id,
        profile_id=person.id,
        state="joined",
        seat=seat,
        created_at=team.now,
    )
    team.session.add(member)
    team.session.flush()
    return member


def test_whoever_begins_a_draft_coordinates_it_and_nobody_else_finds_it(team: Team) -> None:
    assert own_consortia(team.session, team.lead.id) == [(team.consortium, "coordinator")]
    stranger = team.person()
    with pytest.raises(NotFound):
        workspace(team.session, team.consortium.id, stranger.id)
    with pytest.raises(NotFound):
        workspace(team.session, team.consortium.id, None)


@pytest.mark.parametrize(
    ("seat", "rights"),
    [
        ("co-coordinator", {"read", "note", "write"}),
        ("member", {"read", "note"}),
        ("reader", {"read"}),
    ],
)
def test_a_seat_gives_its_rights_and_no_more(team: Team, seat: str, rights: set[str]) -> None:
    person = _join(team, seat).profile_id
    for right in ("read", "note", "write", "lead"):
        if right in rights:
            workspace(team.session, team.consortium.id, person, right)
        else:
            with pytest.raises(NotAllowed):
                workspace(team.session, team.consortium.id, person, right)


def test_the_last_coordinator_stays_until_somebody_else_is_one(team: Team) -> None:
    other = _join(team, "member")
    lead = team.at.me
    with pytest.raises(Exception, match="hand the consortium over"):
        give_seat(team.session, team.at, lead.id, "member", team.now, actor_id=team.account.id)
    give_seat(team.session, team.at, other.id, "coordinator", team.now, actor_id=team.account.id)
    give_seat(team.session, team.at, lead.id, "member", team.now, actor_id=team.account.id)
    assert lead.seat == "member"


def test_a_draft_keeps_its_version_of_the_rules_and_is_told_of_a_newer_one(team: Team) -> None:
    assert newer_rules(team.session, team.consortium) is None
    data = newest(team.session, team.edition.id, "chips-ju-nrf-mirror").data
    wish = {name: data[name] for name in ("rules", "teams", "source", "date")}
    save_version(
        team.session, team.edition.id, "chips-ju-nrf-mirror", wish, team.now,
        actor_id=team.account.id,
    )  # fmt: skip
    assert newer_rules(team.session, team.consortium) == 2
    take_newer_rules(team.session, team.at, team.now, actor_id=team.account.id)
    assert newer_rules(team.session, team.consortium) is None


def test_roles_are_proposed_from_the_call_or_from_the_sentences_of_an_idea(team: Team) -> None:
    assert roles_in_text(team.call, "", "en") == team.call.topics
    idea = "극저온에서 동작하는 스파이킹 프로세서를 만듭니다. 칩렛을 저온에서 잇는 본딩을 합니다."
    assert len(roles_in_text(None, idea, "ko")) == 2


def test_a_role_is_written_changed_and_taken_out_and_the_log_does_not_quote_it(
    team: Team,
) -> None:
    by = team.account.id
    role = set_role(team.session, team.at, RoleWish("Bonding", 5, "right"), team.now, actor_id=by)
    changed = RoleWish("Cold bonding", 4, None, "rto", role.id)
    set_role(team.session, team.at, changed, team.now, actor_id=by)
    assert (role.text, role.weight, role.organisation_type) == ("Cold bonding", 4, "rto")
    with pytest.raises(BadValue):
        set_role(team.session, team.at, RoleWish("Much", 9), team.now, actor_id=by)
    remove_role(team.session, team.at, role.id, team.now, actor_id=by)
    log = team.session.exec(select(AuditEntry)).all()
    assert [one.act for one in log] == ["founded", "role-set", "role-set", "role-removed"]
    assert "onding" not in str([(one.before, one.after) for one in log])


def test_a_frame_is_refused_whose_sizes_do_not_fit(team: Team) -> None:
    wrong = Frame("T", "", 6, 5, listed=False)
    with pytest.raises(BadValue):
        set_frame(team.session, team.at, wrong, team.now, actor_id=team.account.id)


def test_a_draft_that_is_handed_in_is_read_until_it_is_opened_again(team: Team) -> None:
    by, lead = team.account.id, team.at
    set_state(team.session, _write, lead, "submitted", team.now, actor_id=by)
    with pytest.raises(ConsortiumClosed):
        _ = team.at
    set_state(team.session, _write, lead, "draft", team.now, actor_id=by)
    assert team.at.may("write")
