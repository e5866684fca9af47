"""What somebody reads of the published round: their partners, and no more than is open to them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from sqlmodel import Session, col, delete

from models import Edition, Pairing, Participation, PartVisibility, Passage, Profile, Round
from services.my_matches import MyMatch, my_matches, published_editions
from services.roles import Roles
from services.visibility import Viewer
from tests.conftest import Queries
from tests.factories import Factory

REASON = {
    "code": "right-offers-what-left-needs",
    "strength": 0.9,
    "evidence": [{"left": "need:0:0", "right": "offer:0:0", "similarity": 0.8}],
}


@dataclass
class Forum:
    """One person on the left, and partners on the right, in a published round."""

    session: Session
    edition: Edition
    round: Round
    me: Profile
    others: list[Profile]

    def matches(self, of: Profile | None = None) -> list[MyMatch]:
        who = of or self.me
        found = my_matches(self.session, Viewer(who.id, Roles()), who.id)
        return [match for one in found for match in one.matches]

    def add(self, row: Any) -> None:
        self.session.add(row)
        self.session.commit()


@pytest.fixture
def forum(make: Factory, session: Session, now: datetime) -> Forum:
    edition = make.edition(state="published")
    me = make.profile(edition, visibility="participants", name="Jana Nováková")
    others = [
        make.profile(edition, country="KR", name=name, visibility="participants")
        for name in ("Kim Seoyeon", "Lee Jihoon")
    ]
    row = Round(edition_id=edition.id, number=1, state="done", created_at=now, published_at=now)
    session.add(row)
    session.flush()
    for score, other in zip((0.4, 0.8), others, strict=True):
        session.add(_pairing(row, me, other, score))
        session.add(_passage(other, "offer", f"{other.name} grows oxide films"))
    session.add(_passage(me, "need", "thin oxide films"))
    session.commit()
    return Forum(session, edition, row, me, others)


def _pairing(row: Round, left: Profile, right: Profile, score: float) -> Pairing:
    given: dict[str, Any] = {"score": score, "grade": "good", "reasons": [REASON]}
    return Pairing(round_id=row.id, left_id=left.id, right_id=right.id, **given)


def _passage(owner: Profile, kind: str, text: str) -> Passage:
    return Passage(profile_id=owner.id, kind=kind, text=text, text_hash=text[:20])


def test_the_partners_stand_there_the_best_first_with_name_and_reason(forum: Forum) -> None:
    best, second = forum.matches()
    assert (best.person.name, second.person.name) == ("Lee Jihoon", "Kim Seoyeon")
    assert (best.open, best.suggestion.score) == (True, 0.8)
    (reason,) = best.suggestion.reasons
    assert reason.code == "offers-what-you-need"
    assert reason.evidence[0].mine == "thin oxide films"
    assert reason.evidence[0].theirs == "Lee Jihoon grows oxide films"


def test_the_other_reads_the_same_reason_from_their_side(forum: Forum) -> None:
    (match,) = forum.matches(forum.others[0])
    (reason,) = match.suggestion.reasons
    assert reason.code == "needs-what-you-offer"
    assert (reason.evidence[0].my_kind, reason.evidence[0].their_kind) == ("offer", "need")


def test_a_round_that_is_not_published_or_withdrawn_shows_nothing(
    forum: Forum, now: datetime
) -> None:
    forum.round.withdrawn_at = now
    forum.add(forum.round)
    assert forum.matches() == []
    assert published_editions(forum.session, forum.me.id) == []
    forum.round.published_at = forum.round.withdrawn_at = None
    forum.add(forum.round)
    assert forum.matches() == []


def test_who_hid_the_other_since_the_round_is_gone_for_both(forum: Forum, make: Factory) -> None:
    make.exclusion(forum.others[0], forum.me)
    assert [match.person.name for match in forum.matches()] == ["Lee Jihoon"]
    assert forum.matches(forum.others[0]) == []


def test_a_hidden_part_is_neither_shown_nor_quoted(forum: Forum) -> None:
    hidden = forum.others[1]
    for part in ("identity", "exchange"):
        forum.add(PartVisibility(profile_id=hidden.id, part=part, level="nobody"))
    best = forum.matches()[0]
    assert (best.person.name, best.person.organisation) == ("", "")
    assert best.suggestion.reasons == ()


@pytest.mark.parametrize("change", [{"visibility": "organisers"}, {"confirmed_at": None}])
def test_who_is_seen_by_organisers_only_stays_without_a_name(
    forum: Forum, change: dict[str, Any]
) -> None:
    for name, value in change.items():
        setattr(forum.others[1], name, value)
    forum.add(forum.others[1])
    best = forum.matches()[0]
    assert (best.open, best.person.name, best.person.country) == (False, "", "KR")
    assert best.suggestion.reasons == ()


def test_who_left_the_edition_is_no_match_any_more(forum: Forum) -> None:
    gone = forum.others[1].id
    forum.session.exec(delete(Participation).where(col(Participation.profile_id) == gone))
    forum.session.commit()
    assert [match.person.name for match in forum.matches()] == ["Kim Seoyeon"]


def test_a_text_that_was_taken_back_since_is_not_quoted(forum: Forum) -> None:
    forum.session.exec(delete(Passage).where(col(Passage.profile_id) == forum.me.id))
    forum.session.commit()
    assert [match.suggestion.reasons for match in forum.matches()] == [(), ()]


def test_the_number_of_queries_does_not_grow_with_the_partners(
    forum: Forum,
    make: Factory,
    session: Session,
    count_queries: Callable[[], AbstractContextManager[Queries]],
) -> None:
    me = forum.me.id
    with count_queries() as few:
        my_matches(session, Viewer(me, Roles()), me)
    for _ in range(20):
        other = make.profile(forum.edition, country="KR")
        session.add(_pairing(forum.round, forum.me, other, 0.5))
    session.commit()
    with count_queries() as many:
        my_matches(session, Viewer(me, Roles()), me)
    assert few.total == many.total == 9
