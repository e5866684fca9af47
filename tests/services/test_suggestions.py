from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlmodel import Session

from models import Edition, Participation, Profile
from services.candidates import Filters, Place, places_of
from services.matcher_cache import MatcherCache
from services.roles import Roles
from services.suggestions import MOST_SHOWN, Span, Suggestions, asker_of, suggest
from services.visibility import Viewer
from tests.conftest import Queries
from tests.factories import Factory
from tests.word_encoder import encode_everybody


@pytest.fixture
def edition(make: Factory) -> Edition:
    return make.edition()


@pytest.fixture
def me(make: Factory, edition: Edition) -> Profile:
    return make.profile(
        edition, research="quantum photon source", needs=["cold chip"], offers=["laser"]
    )


def _place(session: Session, me: Profile) -> Place:
    return places_of(session, me.id)[0]


def _suggest(
    session: Session, me: Profile, filters: Filters | None = None, span: Span | None = None
) -> Suggestions:
    place = _place(session, me)
    viewer = Viewer(me.id, Roles())
    asker = asker_of(session, place)
    return suggest(session, MatcherCache(), place, viewer, asker, filters, span)


def test_the_best_of_the_other_side_come_first_with_grade_and_reasons(
    session: Session, make: Factory, edition: Edition, me: Profile
) -> None:
    far = make.profile(edition, country="KR", research="turbine noise")
    near = make.profile(edition, country="KR", research="quantum photon", offers=["cold chip"])
    make.profile(edition, country="FR", research="quantum photon source")
    encode_everybody(session)
    found = _suggest(session, me)
    assert [item.profile_id for item in found.items] == [near.id, far.id]
    best = found.items[0]
    assert 0 < found.items[1].score < best.score < 1
    assert best.grade in {"excellent", "strong", "good"}
    reasons = {reason.code: reason for reason in best.reasons}
    offered = reasons["offers-what-you-need"].evidence[0]
    assert (offered.my_kind, offered.mine) == ("need", "cold chip")
    assert (offered.their_kind, offered.theirs) == ("offer", "cold chip")
    assert reasons["similar-work"].evidence[0].mine == "quantum photon source"


def test_a_korean_text_finds_an_english_one(
    session: Session, make: Factory, edition: Edition
) -> None:
    me = make.profile(edition, country="KR", research="양자 광자")
    far = make.profile(edition, research="turbine noise")
    near = make.profile(edition, research="quantum photon")
    encode_everybody(session)
    assert [item.profile_id for item in _suggest(session, me).items] == [near.id, far.id]


def test_a_list_comes_in_parts_and_ends(
    session: Session, make: Factory, edition: Edition, me: Profile
) -> None:
    for number in range(7):
        make.profile(edition, country="KR", research=f"quantum chip{number}")
    encode_everybody(session)
    whole = _suggest(session, me, span=Span(0, 50))
    assert whole.total == len(whole.items) == 7
    parts = [_suggest(session, me, span=Span(first, 3)).items for first in (0, 3, 6, 9)]
    assert [item for part in parts for item in part] == list(whole.items)
    assert MOST_SHOWN >= 100


def test_somebody_whose_text_was_not_read_yet_is_not_suggested_and_gets_none(
    session: Session, make: Factory, edition: Edition, me: Profile
) -> None:
    encode_everybody(session)
    make.profile(edition, country="KR", research="quantum photon source")
    assert _suggest(session, me).total == 0
    late = make.profile(edition, research="quantum")
    assert asker_of(session, _place(session, late)).encoded.passages == ()


def test_filters_count_before_the_ranking(
    session: Session, make: Factory, edition: Edition, me: Profile
) -> None:
    make.profile(edition, country="KR", research="quantum photon", career_stage="postdoc")
    student = make.profile(edition, country="KR", research="turbine", career_stage="student")
    encode_everybody(session)
    found = _suggest(session, me, Filters(career_stage="student"))
    assert [item.profile_id for item in found.items] == [student.id]


@pytest.mark.parametrize("people", [3, 300])
def test_the_number_of_queries_does_not_grow_with_the_people(
    session: Session,
    make: Factory,
    edition: Edition,
    me: Profile,
    people: int,
    count_queries: Callable[[], AbstractContextManager[Queries]],
) -> None:
    rows = [
        Profile(
            source_key=f"many-{number}",
            country="KR",
            research=f"quantum chip{number}",
            published_at=make.now,
            confirmed_at=make.now,
            created_at=make.now,
            updated_at=make.now,
        )
        for number in range(people)
    ]
    session.add_all(rows)
    session.commit()
    session.add_all(
        Participation(edition_id=edition.id, profile_id=row.id, joined_at=make.now)
        for row in rows[:-1]
    )
    encode_everybody(session)
    place, viewer, cache = _place(session, me), Viewer(me.id, Roles()), MatcherCache()
    asker = asker_of(session, place)
    with count_queries() as first:
        assert suggest(session, cache, place, viewer, asker).total == min(people - 1, MOST_SHOWN)
    make.participation(edition, rows[-1])
    with count_queries() as second:
        suggest(session, cache, place, viewer, asker)
    # version, who may be shown, whom they met, their vectors, the mix, who was decided on, the
    # parts that are shown, their texts, and three for colleagues and co-authors
    assert first.total == second.total == 13
