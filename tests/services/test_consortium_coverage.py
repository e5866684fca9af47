"""From roles to people: who fits a gap, what is covered, who would do the same, who is kept out."""

from datetime import datetime

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from models import ConsortiumMember, OrganisationLink, Profile
from models.database import make_sessions
from services.call_texts import every_text
from services.consortium_coverage import coverage_of
from services.consortium_entities import entities_in
from services.consortium_gaps import doubles, gaps
from services.consortium_outside import OutsidePartner, add_outside
from services.consortium_people import Found, Part, best_people
from services.consortium_roles import RoleWish, roles_of_consortium, set_role
from services.consortium_ties import ties_with
from services.matcher_cache import MatcherCache
from services.text_vectors import encode_texts
from tests.consortium_people import Team, make_team
from tests.factories import Factory
from tests.word_encoder import encode_everybody, word_encoders


@pytest.fixture
def team(make: Factory, session: Session, now: datetime) -> Team:
    return make_team(make, session, now)


def _role(team: Team, text: str, side: str | None = None, kind: str | None = None) -> Part:
    wish = RoleWish(text, 3, side, kind)
    role = set_role(team.session, team.at, wish, team.now, actor_id=team.account.id)
    team.session.commit()
    return Part(role.id, role.text, role.side, role.organisation_type)


def _read(team: Team) -> None:
    encode_everybody(team.session)
    engine = team.session.get_bind()
    assert isinstance(engine, Engine)
    encode_texts(make_sessions(engine), word_encoders()[0], every_text)


def _found(team: Team, part: Part, mates: tuple[int, ...] = ()) -> list[Found]:
    mine = [team.lead.id, *mates]
    return list(
        best_people(team.session, MatcherCache(), team.at, team.viewer, part, mine, count=5)
    )


def _join(team: Team, person: Profile) -> None:
    row = ConsortiumMember(
        consortium_id=team.consortium.id, profile_id=person.id, created_at=team.now
    )
    team.session.add(row)
    team.session.commit()


def test_the_best_people_for_a_gap_come_from_both_sides_with_their_passages(team: Team) -> None:
    near = team.person("KR", research="hybrid bonding of chiplets")
    home = team.person("FR", research="hybrid bonding of wafers")
    team.person("KR", research="economics of fish farms in cold water")
    part = _role(team, "hybrid bonding of chiplets")
    _read(team)
    found = _found(team, part)
    assert [one.profile_id for one in found][:2] == [near.id, home.id]
    assert [one.side for one in found][:2] == ["right", "left"]
    assert found[0].fit is not None
    assert "hybrid bonding" in found[0].fit.reasons[0].evidence[0].theirs
    right = _role(team, "hybrid bonding of chiplets", "right", "rto")
    assert _found(team, right) == []


def test_a_role_that_was_not_read_yet_is_looked_for_by_its_words(team: Team) -> None:
    near = team.person("KR", research="hybrid bonding of chiplets")
    encode_everybody(team.session)
    [found] = _found(team, _role(team, "bonding"))
    assert (found.profile_id, found.fit, found.words) == (near.id, None, ("bonding",))


def test_whoever_is_kept_from_one_of_the_team_is_not_found(team: Team, make: Factory) -> None:
    near = team.person("KR", research="hybrid bonding of chiplets")
    mate = team.person("FR", research="other things")
    make.exclusion(near, mate)
    part = _role(team, "hybrid bonding of chiplets")
    _read(team)
    assert near.id in [one.profile_id for one in _found(team, part)]
    assert near.id not in [one.profile_id for one in _found(team, part, (mate.id,))]


def test_coverage_gaps_and_two_who_would_do_the_same(team: Team) -> None:
    one = team.person("KR", research="hybrid bonding of chiplets")
    two = team.person("KR", research="hybrid bonding of chiplets here")
    _role(team, "hybrid bonding of chiplets")
    missing = _role(team, "quantum keys over fibre")
    for person in (one, two):
        _join(team, person)
    _read(team)
    roles = roles_of_consortium(team.session, team.consortium.id)
    entities = entities_in(team.session, team.at, team.viewer)
    sides = {team.lead.id: "left", one.id: "right", two.id: "right"}
    cells = coverage_of(team.session, team.edition, team.viewer, roles, sides)
    assert cells[roles[0].id, one.id].covers
    assert "hybrid bonding" in cells[roles[0].id, one.id].passage
    assert [role.id for role in gaps(roles, entities, cells)] == [missing.id]
    [double] = doubles(roles, entities, cells)
    assert {double.one.member.profile_id, double.other.member.profile_id} == {one.id, two.id}


def test_what_somebody_shares_with_the_team_is_told(team: Team, make: Factory) -> None:
    house = make.organisation("KAIST")
    one = team.person("KR", organisation_id=house.id)
    two = team.person("KR", organisation_id=house.id)
    other = team.person("KR")
    found = ties_with(team.session, [one.id], [two.id, other.id])
    assert [tie.code for tie in found[two.id]] == ["same-organisation"]
    assert found[other.id] == ()


def test_a_partner_from_outside_is_known_by_its_usual_name(team: Team, make: Factory) -> None:
    house = make.organisation("Korea Advanced Institute", acronyms=("KAIST",))
    _join(team, team.person("KR", organisation_id=house.id))
    wish = OutsidePartner("KAIST", "KR")
    add_outside(team.session, team.at, wish, team.now, actor_id=team.account.id)
    entities = entities_in(team.session, team.at, team.viewer)
    assert entities[1].group == entities[2].group


def test_a_university_and_its_foundation_are_one_partner_in_a_draft(
    team: Team, make: Factory
) -> None:
    school, office = make.organisation("SNU", pic="999999999"), make.organisation("SNU R&DB")
    team.session.add(
        OrganisationLink(
            organisation_id=office.id, linked_id=school.id, kind="cooperation-foundation"
        )
    )
    for house in (school, office):
        _join(team, team.person("KR", organisation_id=house.id, organisation_name=house.name))
    entities = entities_in(team.session, team.at, team.viewer)
    assert entities[1].group == entities[2].group
    assert entities[0].group != entities[1].group
