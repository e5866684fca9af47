import pytest
from sqlmodel import Session

from models import Edition, Exclusion, Profile
from services.candidates import Filters, Place, places_of
from services.idea_search import WordMatches, idea_asker, idea_words, search_words
from services.matcher_cache import MatcherCache
from services.roles import Roles
from services.suggestions import Span, suggest
from services.visibility import Viewer
from tests.factories import Factory
from tests.word_encoder import encode_everybody, word_encoders


@pytest.fixture
def edition(make: Factory) -> Edition:
    return make.edition()


@pytest.fixture
def me(make: Factory, edition: Edition) -> Profile:
    return make.profile(edition)


def _place(session: Session, me: Profile) -> Place:
    return places_of(session, me.id)[0]


def _words(session: Session, me: Profile, text: str, **given: object) -> WordMatches:
    viewer = Viewer(me.id, Roles())
    return search_words(session, _place(session, me), viewer, text, **given)  # type: ignore[arg-type] # filters or span


@pytest.mark.parametrize("idea", ["quantum photon", "양자 광자"])
def test_an_idea_in_either_language_finds_work_and_offers(
    session: Session, make: Factory, edition: Edition, me: Profile, idea: str
) -> None:
    far = make.profile(edition, country="KR", research="turbine noise")
    work = make.profile(edition, country="KR", research="quantum photon")
    offer = make.profile(edition, country="KR", research="turbine noise", offers=["quantum photon"])
    encode_everybody(session)
    rows = word_encoders()[0].encode_question(idea)
    asker = idea_asker(idea, {name: row[0].tobytes() for name, row in rows.items()})
    viewer = Viewer(me.id, Roles())
    found = suggest(session, MatcherCache(), _place(session, me), viewer, asker)
    order = [item.profile_id for item in found.items]
    assert set(order[:2]) == {work.id, offer.id}
    assert order[2] == far.id
    assert found.items[0].reasons[0].evidence[0].my_kind == "idea"


def test_without_vectors_rare_words_count_more_than_common_ones(
    session: Session, make: Factory, edition: Edition, me: Profile
) -> None:
    common = [make.profile(edition, country="KR", research="quantum chips") for _ in range(3)]
    rare = make.profile(edition, country="KR", research="cryogenic probes")
    encode_everybody(session)
    found = _words(session, me, "Quantum devices that are cryogenic")
    assert [item.profile_id for item in found.items] == [rare.id, *(one.id for one in common)]
    assert found.items[0].words == ("cryogenic",)
    assert found.total == 4


def test_a_korean_word_is_found_inside_of_longer_ones(
    session: Session, make: Factory, edition: Edition, me: Profile
) -> None:
    one = make.profile(edition, country="KR", research="저는 극저온측정을 합니다.")
    make.profile(edition, country="KR", research="전력 반도체")
    encode_everybody(session)
    found = _words(session, me, "극저온에서 일합니다")
    assert [item.profile_id for item in found.items] == [one.id]


def test_words_respect_exclusions_visibility_and_filters(
    session: Session, make: Factory, edition: Edition, me: Profile
) -> None:
    shown = make.profile(edition, country="KR", research="quantum", career_stage="student")
    hidden = make.profile(edition, country="KR", research="quantum", visibility="nobody")
    excluded = make.profile(edition, country="KR", research="quantum")
    make.profile(edition, country="FR", research="quantum")
    session.add(Exclusion(profile_id=excluded.id, other_id=me.id, created_at=make.now))
    encode_everybody(session)
    assert hidden.id
    assert [item.profile_id for item in _words(session, me, "quantum").items] == [shown.id]
    nobody = _words(session, me, "quantum", filters=Filters(career_stage="postdoc"))
    assert nobody.total == 0


def test_signs_that_a_database_reads_as_patterns_are_only_signs(
    session: Session, make: Factory, edition: Edition, me: Profile
) -> None:
    make.profile(edition, country="KR", research="plain text")
    encode_everybody(session)
    assert _words(session, me, "%%% p__in 100%").total == 0


def test_the_words_of_an_idea_are_few_different_and_telling() -> None:
    assert idea_words("The spin of the SPIN in 6G dots") == ("spin", "6g", "dots")
    assert idea_words("양자컴퓨팅을 위한 극저온에서") == ("양자컴퓨팅", "위한", "극저온")
    assert idea_words("!?") == ()
    assert len(idea_words(" ".join(f"word{number}" for number in range(99)))) == 24


def test_an_idea_without_telling_words_finds_nobody(
    session: Session, make: Factory, edition: Edition, me: Profile
) -> None:
    make.profile(edition, country="KR", research="the and")
    encode_everybody(session)
    assert _words(session, me, "the and", span=Span(0, 5)) == WordMatches((), 0)
