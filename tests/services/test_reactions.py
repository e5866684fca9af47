"""What people say of each other, and that it is theirs alone."""

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from models import Exclusion, Profile, Reaction
from services.errors import NotFound
from services.reactions import Said, UnknownReaction, kept, kept_count, said_of
from services.roles import Roles
from services.visibility import Viewer
from tests.conftest import NOW
from tests.factories import Factory
from tests.services.reaction_people import People, two_people


@pytest.fixture
def people(session: Session, make: Factory) -> People:
    return two_people(session, make)


def _kept(people: People, who: Profile, kind: str) -> list[int]:
    viewer = Viewer(who.id, Roles())
    found = kept(people.session, people.place(who), viewer, kind)
    return [one.profile_id for one in found]


def _count(people: People, who: Profile, kind: str) -> int:
    return kept_count(people.session, people.place(who), Viewer(who.id, Roles()), kind)


def test_a_later_word_takes_the_place_of_the_earlier_one(people: People) -> None:
    assert people.say(people.ana, people.kim, "saved").before is None
    assert people.say(people.ana, people.kim, "pass", "too-far").before == Said("saved")
    assert people.say(people.ana, people.kim, "interested").before == Said("pass", "too-far")
    row = people.session.exec(select(Reaction)).one()
    assert (row.kind, row.reason, row.made_at) == ("interested", None, NOW)


def test_what_is_taken_back_leaves_no_trace(people: People) -> None:
    people.say(people.ana, people.kim, "pass", "known")
    assert people.forget(people.ana, people.kim) == Said("pass", "known")
    assert people.session.exec(select(Reaction)).all() == []
    assert people.forget(people.ana, people.kim) is None


def test_each_says_something_of_their_own(people: People) -> None:
    people.say(people.ana, people.kim, "interested")
    people.say(people.kim, people.ana, "pass")
    assert said_of(people.session, people.place(people.ana), people.kim.id) == Said("interested")
    assert said_of(people.session, people.place(people.kim), people.ana.id) == Said("pass")


def test_what_was_said_is_listed_by_kind_the_latest_first(people: People) -> None:
    lee = people.make.profile(people.edition, country="KR")
    people.say(people.ana, people.kim, "saved")
    people.say(people.ana, lee, "saved")
    assert _kept(people, people.ana, "saved") == [lee.id, people.kim.id]
    assert _kept(people, people.ana, "pass") == []
    assert _count(people, people.ana, "saved") == 2
    assert _count(people, people.ana, "pass") == 0


@pytest.mark.parametrize("gone", ["hidden", "excluded"])
def test_who_may_not_be_shown_any_more_is_not_listed(people: People, gone: str) -> None:
    people.say(people.ana, people.kim, "saved")
    if gone == "hidden":
        people.kim.visibility = "nobody"
        people.session.add(people.kim)
    else:
        row = Exclusion(profile_id=people.kim.id, other_id=people.ana.id, created_at=NOW)
        people.session.add(row)
    people.session.commit()
    assert _kept(people, people.ana, "saved") == []
    assert _count(people, people.ana, "saved") == 0


def test_nobody_reacts_to_somebody_whom_they_may_not_be_shown(people: People) -> None:
    same_side = people.make.profile(people.edition, country="FR")
    outside = people.make.profile(country="KR")
    unseen = people.make.profile(people.edition, country="KR", visibility="organisers")
    for other in (same_side, outside, unseen, people.ana):
        with pytest.raises(NotFound):
            people.say(people.ana, other)


@pytest.mark.parametrize(
    ("kind", "reason"), [("love", None), ("pass", "ugly"), ("interested", "known")]
)
def test_there_are_no_other_reactions(kind: str, reason: str | None) -> None:
    with pytest.raises(UnknownReaction):
        Said(kind, reason)


def test_the_table_keeps_one_word_of_one_person_about_another(people: People) -> None:
    people.say(people.ana, people.kim)
    again = Reaction(
        edition_id=people.edition.id,
        profile_id=people.ana.id,
        other_id=people.kim.id,
        kind="saved",
        made_at=NOW,
    )
    people.session.add(again)
    with pytest.raises(IntegrityError):
        people.session.flush()


def test_reactions_go_with_whoever_made_or_got_them(people: People) -> None:
    people.say(people.ana, people.kim)
    people.say(people.kim, people.ana)
    people.session.delete(people.session.get_one(Profile, people.kim.id))
    people.session.commit()
    assert people.session.exec(select(Reaction)).all() == []
