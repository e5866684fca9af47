import pytest
from sqlmodel import Session

from models import Edition, Exclusion, Profile
from services.candidates import Filters, Place, candidate_ids, options, places_of
from services.roles import Roles
from services.visibility import Viewer
from tests.factories import Factory


@pytest.fixture
def edition(make: Factory) -> Edition:
    return make.edition()


@pytest.fixture
def me(make: Factory, edition: Edition) -> Profile:
    return make.profile(edition, country="DE")


def _place(session: Session, profile: Profile) -> Place:
    return places_of(session, profile.id)[0]


def _shown(session: Session, me: Profile, filters: Filters | None = None) -> list[int]:
    viewer = Viewer(me.id, Roles())
    return sorted(candidate_ids(session, _place(session, me), viewer, filters))


def test_only_the_other_side_is_shown(
    session: Session, make: Factory, edition: Edition, me: Profile
) -> None:
    other = make.profile(edition, country="KR")
    make.profile(edition, country="FR")
    make.profile(edition, country="US")
    make.profile(country="KR")
    assert _shown(session, me) == [other.id]
    assert _place(session, other).side == "right"
    assert len(_shown(session, other)) == 2


def test_who_excluded_whom_makes_no_difference(
    session: Session, make: Factory, edition: Edition, me: Profile
) -> None:
    by_me, by_them, free = (make.profile(edition, country="KR") for _ in range(3))
    session.add(Exclusion(profile_id=me.id, other_id=by_me.id, created_at=make.now))
    session.add(Exclusion(profile_id=by_them.id, other_id=me.id, created_at=make.now))
    session.add(Exclusion(profile_id=by_me.id, other_id=free.id, created_at=make.now))
    session.commit()
    assert _shown(session, me) == [free.id]


def test_an_exclusion_of_somebody_unknown_hides_nobody(
    session: Session, make: Factory, edition: Edition, me: Profile
) -> None:
    other = make.profile(edition, country="KR")
    session.add(Exclusion(profile_id=me.id, other_key="not-here", created_at=make.now))
    session.commit()
    assert _shown(session, me) == [other.id]


def test_joining_leaving_and_hiding_count_at_once(
    session: Session, make: Factory, edition: Edition, me: Profile
) -> None:
    other = make.profile(country="KR")
    assert _shown(session, me) == []
    row = make.participation(edition, other)
    assert _shown(session, me) == [other.id]
    other.visibility = "organisers"
    session.commit()
    assert _shown(session, me) == []
    other.visibility = "signed-in"
    session.delete(row)
    session.commit()
    assert _shown(session, me) == []


def test_filters_narrow_the_list_and_add_up(
    session: Session, make: Factory, edition: Edition, me: Profile
) -> None:
    make.field("quantum")
    make.field("neuromorphic")
    both = make.profile(
        edition, country="KR", fields=["quantum", "neuromorphic"], career_stage="postdoc"
    )
    one = make.profile(edition, country="KR", fields=["quantum"], career_stage="established")
    assert _shown(session, me, Filters(field="quantum")) == [both.id, one.id]
    assert _shown(session, me, Filters(field="neuromorphic")) == [both.id]
    assert _shown(session, me, Filters(career_stage="established")) == [one.id]
    assert _shown(session, me, Filters("quantum", "KR", "postdoc")) == [both.id]
    assert _shown(session, me, Filters(country="FR")) == []


def test_filters_offer_only_what_somebody_shown_has(
    session: Session, make: Factory, edition: Edition, me: Profile
) -> None:
    for slug, position in (("quantum", 2), ("neuromorphic", 1), ("unused", 0)):
        make.field(slug, position=position)
    make.profile(edition, country="KR", fields=["quantum"], career_stage="established")
    make.profile(edition, country="KR", fields=["neuromorphic"], career_stage="student")
    make.profile(edition, country="KR", fields=["unused"], published_at=None)
    found = options(session, _place(session, me), Viewer(me.id, Roles()))
    assert [field.slug for field in found.fields] == ["neuromorphic", "quantum"]
    assert found.countries == ("KR",)
    assert found.career_stages == ("student", "established")


def test_the_latest_edition_comes_first_and_a_country_on_no_side_has_no_place(
    session: Session, make: Factory, edition: Edition, me: Profile
) -> None:
    later = make.edition(starts_at=edition.ends_at)
    make.participation(later, me)
    assert [place.edition.id for place in places_of(session, me.id)] == [later.id, edition.id]
    assert places_of(session, make.profile(edition, country="US").id) == []
