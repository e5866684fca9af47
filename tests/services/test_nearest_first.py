"""Of a large side the nearest are found first and the tables are asked about these alone."""

import pytest
from sqlmodel import Session

from models import Edition, Exclusion, Profile
from services import matcher_cache
from services.candidates import Filters, places_of
from services.index_version import note_change
from services.matcher_cache import MatcherCache, SideCache
from services.roles import Roles
from services.suggestions import Span, asker_of, suggest
from services.visibility import Viewer
from tests.factories import Factory
from tests.word_encoder import encode_everybody

_COMPARED = 4
WORDS = ("quantum", "photon", "chip", "laser", "cold", "source", "noise", "turbine")


@pytest.fixture(autouse=True)
def _few_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a side of a dozen a large one."""
    made = SideCache.__init__

    def few(self: SideCache, calibration: object, **others: object) -> None:
        made(self, calibration, _COMPARED, **others)  # type: ignore[arg-type]

    monkeypatch.setattr(matcher_cache.SideCache, "__init__", few)


@pytest.fixture
def edition(make: Factory) -> Edition:
    return make.edition()


@pytest.fixture
def me(make: Factory, edition: Edition) -> Profile:
    return make.profile(edition, research="quantum photon source chip laser cold")


@pytest.fixture
def people(session: Session, make: Factory, edition: Edition, me: Profile) -> list[Profile]:
    """Give twelve, each further away than the one before."""
    texts = [" ".join(WORDS[: max(1, 6 - n // 2)]) + f" turbine{n}" * n for n in range(12)]
    rows = [make.profile(edition, country="KR", research=text) for text in texts]
    encode_everybody(session)
    return rows


def _ids(
    session: Session, cache: MatcherCache, me: Profile, filters: Filters | None = None
) -> list[int]:
    place, viewer = places_of(session, me.id)[0], Viewer(me.id, Roles())
    asker = asker_of(session, place)
    found = suggest(session, cache, place, viewer, asker, filters, Span(0, 50))
    return [item.profile_id for item in found.items]


@pytest.fixture
def warm(session: Session, people: list[Profile], me: Profile) -> MatcherCache:
    cache = MatcherCache()
    _ids(session, cache, me)
    return cache


def test_a_warm_list_is_that_of_a_cold_one_and_begins_as_the_exact_one(
    session: Session, warm: MatcherCache, me: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = _ids(session, warm, me)
    assert first == _ids(session, warm, me) == _ids(session, MatcherCache(), me)
    assert len(first) == _COMPARED
    monkeypatch.undo()
    assert _ids(session, MatcherCache(), me)[:2] == first[:2]


def test_only_the_nearest_are_asked_about_when_enough_of_them_may_be_shown(
    session: Session, warm: MatcherCache, me: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def whole(*_: object, **__: object) -> None:
        raise AssertionError("everybody was asked about")

    monkeypatch.setattr(SideCache, "nearest", whole)
    assert len(_ids(session, warm, me)) == _COMPARED


def test_who_is_excluded_or_hidden_is_gone_at_once(
    session: Session, make: Factory, warm: MatcherCache, me: Profile
) -> None:
    first, second, third, *_ = _ids(session, warm, me)
    session.add(Exclusion(profile_id=second, other_id=me.id, created_at=make.now))
    session.get_one(Profile, first).visibility = "organisers"
    session.commit()
    found = _ids(session, warm, me)
    assert found[0] == third
    assert not {first, second} & {*found}


def test_when_few_of_the_nearest_may_be_shown_those_further_away_are(
    session: Session, warm: MatcherCache, people: list[Profile], me: Profile
) -> None:
    for one in people[:9]:
        one.visibility = "organisers"
    session.commit()
    assert {*_ids(session, warm, me)} == {one.id for one in people[9:]}


def test_a_filter_looks_beyond_the_nearest(
    session: Session, warm: MatcherCache, people: list[Profile], me: Profile
) -> None:
    people[-1].career_stage = "student"
    session.commit()
    assert _ids(session, warm, me, Filters(career_stage="student")) == [people[-1].id]


def test_who_joins_with_a_text_that_was_read_long_ago_is_found(
    session: Session, make: Factory, edition: Edition, warm: MatcherCache, me: Profile
) -> None:
    late = make.profile(country="KR", research=me.research)
    encode_everybody(session)
    assert late.id not in _ids(session, warm, me)
    make.participation(edition, late)
    assert late.id in _ids(session, warm, me)[:2]


def test_a_new_text_moves_its_owner(
    session: Session, warm: MatcherCache, people: list[Profile], me: Profile
) -> None:
    people[-1].research = me.research
    encode_everybody(session)
    assert people[-1].id in _ids(session, warm, me)[:2]


def test_who_changes_the_side_is_found_there(
    session: Session, make: Factory, edition: Edition, warm: MatcherCache, me: Profile
) -> None:
    other = make.profile(edition, country="FR", research=me.research)
    encode_everybody(session)
    assert other.id not in _ids(session, warm, me)
    other.country = "KR"
    note_change(session, [other.id])
    session.commit()
    assert other.id in _ids(session, warm, me)[:2]
