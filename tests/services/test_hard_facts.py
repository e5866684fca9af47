import pytest
from sqlmodel import Session

from models import Edition, Profile, Publication
from services.candidates import places_of
from services.matcher_cache import MatcherCache
from services.roles import Roles
from services.suggestions import Span, asker_of, suggest
from services.visibility import Viewer
from tests.factories import Factory
from tests.word_encoder import encode_everybody


@pytest.fixture
def edition(make: Factory) -> Edition:
    return make.edition()


@pytest.fixture
def me(make: Factory, edition: Edition) -> Profile:
    return make.profile(
        edition, name="Anna Berg", organisation_name="Imec", research="quantum photon chip"
    )


def shown(session: Session, me: Profile, span: Span | None = None) -> list[int]:
    place = places_of(session, me.id)[0]
    asker = asker_of(session, place)
    found = suggest(session, MatcherCache(), place, Viewer(me.id, Roles()), asker, span=span)
    return [item.profile_id for item in found.items]


def test_colleagues_and_co_authors_are_not_suggested(
    session: Session, make: Factory, edition: Edition, me: Profile
) -> None:
    colleague = make.profile(
        edition, country="KR", organisation_name="IMEC", research="quantum photon chip"
    )
    author = make.profile(edition, country="KR", name="Kim Na-rae", research="quantum photon")
    free = make.profile(edition, country="KR", name="Lee Min-ho", research="quantum chip")
    names = ["Anna Berg", "Kim Na-rae"]
    session.add(Publication(profile_id=me.id, title="A work of two people", authors=names))
    encode_everybody(session)
    found = shown(session, me)
    assert free.id in found
    assert colleague.id not in found
    assert author.id not in found


def test_the_next_people_take_the_places_of_who_is_left_out(
    session: Session, make: Factory, edition: Edition, me: Profile
) -> None:
    for _ in range(20):
        make.profile(
            edition, country="KR", organisation_name="Imec", research="quantum photon chip"
        )
    free = [make.profile(edition, country="KR", research="quantum").id for _ in range(3)]
    encode_everybody(session)
    assert sorted(shown(session, me, Span(0, 2))) == free[:2]
    assert shown(session, me, Span(2, 2)) == free[2:]
