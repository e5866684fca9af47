"""A participant's own list follows their mix and spreads attention; scores and grades stay."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlmodel import Session, select

from matchmaking.mix import Mix
from models import Edition, Participation, Profile
from services.attention import AttentionCache, read_prices
from services.candidates import Place, places_of
from services.idea_search import idea_asker
from services.matcher_cache import MatcherCache
from services.mix import set_mix
from services.roles import Roles
from services.suggestions import Asker, Suggestion, asker_of, suggest
from services.visibility import Viewer
from tests.conftest import Queries
from tests.factories import Factory
from tests.word_encoder import WordEncoder, encode_everybody


@pytest.fixture
def edition(make: Factory) -> Edition:
    for slug in ("quantum", "chips"):
        make.field(slug)
    return make.edition()


@pytest.fixture
def me(make: Factory, edition: Edition) -> Profile:
    return make.profile(
        edition, research="quantum photon source", needs=["cold chip"], fields=["quantum"]
    )


@pytest.fixture
def colleague(make: Factory, edition: Edition, me: Profile) -> Profile:
    return make.profile(
        edition, country="KR", research="quantum photon source", offers=["wine"], fields=["quantum"]
    )


@pytest.fixture
def supplier(make: Factory, edition: Edition, me: Profile) -> Profile:
    return make.profile(
        edition, country="KR", research="turbine noise", offers=["cold chip"], fields=["chips"]
    )


def place_of(session: Session, me: Profile) -> Place:
    return places_of(session, me.id)[0]


def listed(
    session: Session, me: Profile, cache: MatcherCache | None = None, asker: Asker | None = None
) -> list[Suggestion]:
    place = place_of(session, me)
    asker = asker or asker_of(session, place)
    found = suggest(session, cache or MatcherCache(), place, Viewer(me.id, Roles()), asker)
    return list(found.items)


def ids(items: list[Suggestion]) -> list[int]:
    return [item.profile_id for item in items]


def price(session: Session, edition: Edition, person: Profile, value: float, stamp: str) -> None:
    row = session.exec(
        select(Participation).where(
            Participation.edition_id == edition.id, Participation.profile_id == person.id
        )
    ).one()
    row.attention = value
    edition.exposure = {"made_at": stamp}
    session.add_all([row, edition])
    session.commit()


def test_a_mix_moves_people_and_changes_neither_score_nor_grade(
    session: Session, edition: Edition, me: Profile, colleague: Profile, supplier: Profile
) -> None:
    encode_everybody(session)
    orders, told = {}, {}
    for mix in Mix:
        set_mix(session, edition.id, me.id, mix)
        found = listed(session, me)
        orders[mix] = ids(found)
        told[mix] = {(item.profile_id, item.score, item.grade, item.reasons) for item in found}

    assert orders[Mix.SIMILAR] == [colleague.id, supplier.id]
    assert orders[Mix.COMPLEMENTARY] == [supplier.id, colleague.id]
    assert orders[Mix.EXPLORATORY] == [supplier.id, colleague.id]
    assert len({frozenset(one) for one in told.values()}) == 1


def test_one_person_s_mix_moves_nobody_in_another_s_list(
    session: Session,
    make: Factory,
    edition: Edition,
    me: Profile,
    colleague: Profile,
    supplier: Profile,
) -> None:
    twin = make.profile(edition, research=me.research, needs=["cold chip"], fields=["quantum"])
    encode_everybody(session)
    before = listed(session, twin)
    set_mix(session, edition.id, me.id, Mix.EXPLORATORY)
    assert listed(session, twin) == before


def test_whoever_is_on_all_lists_comes_a_little_later(
    session: Session, edition: Edition, me: Profile, colleague: Profile, supplier: Profile
) -> None:
    encode_everybody(session)
    first, second = listed(session, me)
    gap = first.score - second.score
    leader = colleague if first.profile_id == colleague.id else supplier

    price(session, edition, leader, gap + 0.01, "one")

    found = listed(session, me)
    assert ids(found) == [second.profile_id, first.profile_id]
    assert {item.score for item in found} == {first.score, second.score}


def test_prices_are_read_once_and_again_when_they_are_new(
    session: Session, edition: Edition, me: Profile, colleague: Profile, supplier: Profile
) -> None:
    encode_everybody(session)
    cache = AttentionCache()
    assert cache.prices(session, edition) == {}
    price(session, edition, colleague, 0.1, "one")
    known = cache.prices(session, edition)
    assert known == {colleague.id: 0.1} == read_prices(session, edition.id)
    assert cache.prices(session, edition) is known
    price(session, edition, colleague, 0.2, "two")
    assert cache.prices(session, edition) == {colleague.id: 0.2}


def test_people_who_fit_an_idea_are_in_the_order_of_their_scores(
    session: Session, edition: Edition, me: Profile, colleague: Profile, supplier: Profile
) -> None:
    encode_everybody(session)
    names = ("minilm", "words", "use-multilingual")
    vectors = {
        name: WordEncoder(name).encode(["turbine noise"])[0].astype("<f4").tobytes()
        for name in names
    }
    asker = idea_asker("turbine noise", vectors)
    set_mix(session, edition.id, me.id, Mix.SIMILAR)
    price(session, edition, supplier, 0.9, "one")
    found = listed(session, me, asker=asker)
    assert [item.score for item in found] == sorted((one.score for one in found), reverse=True)


def test_only_the_exploratory_mix_asks_for_what_people_have_in_common(
    session: Session,
    edition: Edition,
    me: Profile,
    colleague: Profile,
    count_queries: Callable[[], AbstractContextManager[Queries]],
) -> None:
    encode_everybody(session)
    price(session, edition, colleague, 0.1, "one")
    cache = MatcherCache()
    place, asker = place_of(session, me), asker_of(session, place_of(session, me))
    viewer = Viewer(me.id, Roles())
    suggest(session, cache, place, viewer, asker)
    counted = {}
    for mix in Mix:
        set_mix(session, edition.id, me.id, mix)
        with count_queries() as queries:
            suggest(session, cache, place, viewer, asker)
        counted[mix] = queries.total
    assert len({counted[mix] for mix in Mix if mix is not Mix.EXPLORATORY}) == 1
    assert counted[Mix.EXPLORATORY] == counted[Mix.BALANCED] + 2
