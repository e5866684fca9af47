"""What a profile lacks, and how many people on the other side the next step could bring."""

from typing import Any

import pytest
from sqlmodel import Session

from models import Edition, PartVisibility, Profile
from services.completeness import PARTS, NextStep, place_ahead, progress
from services.roles import Roles
from services.visibility import Viewer
from tests.factories import Factory

WHOLE: dict[str, Any] = {
    "organisation_name": "KAIST",
    "research": "Ferroelectric synapses.",
    "topics": ["hafnia"],
    "offers": ["test chips"],
    "needs": ["a pilot line"],
    "publications": ["One"],
}


@pytest.fixture
def edition(make: Factory) -> Edition:
    """Make an edition with two people on the other side who offer, and one who needs."""
    made = make.edition()
    make.profile(made, country="DE", offers=["a pilot line", "masks"])
    make.profile(made, country="FR", offers=["a clean room"], needs=["designs"])
    make.profile(made, country="FR", published_at=None, offers=["seen by nobody"])
    make.profile(made, country="KR", offers=["of my own side"])
    return made


def step(session: Session, make: Factory, edition: Edition | None, **given: Any) -> NextStep | None:
    mine = make.profile(edition, **{"country": "KR", "name": "Kim"} | given)
    place = place_ahead(session, mine, make.now)
    return progress(session, mine, place, Viewer(mine.id, Roles())).step


def test_a_whole_profile_needs_no_step(session: Session, make: Factory, edition: Edition) -> None:
    mine = make.profile(edition, **WHOLE | {"country": "KR"})
    place = place_ahead(session, mine, make.now)
    told = progress(session, mine, place, Viewer(mine.id, Roles()))

    assert (told.filled, told.step, told.of) == (PARTS, None, len(PARTS))


@pytest.mark.parametrize(
    ("without", "expected"),
    [
        (("country", "needs"), NextStep("country")),
        (("research", "publications", "needs"), NextStep("research", 2)),
        (("needs",), NextStep("needs", 2)),
        (("offers",), NextStep("offers", 1)),
        (("offers", "needs"), NextStep("needs", 2)),
        (("research",), NextStep("research", 2)),
        (("publications",), NextStep("publications", 2)),
        (("organisation_name", "topics"), NextStep("organisation")),
        (("topics",), NextStep("topics")),
    ],
)
def test_the_next_step_is_the_one_that_brings_most_and_says_how_many(
    session: Session,
    make: Factory,
    edition: Edition,
    without: tuple[str, ...],
    expected: NextStep,
) -> None:
    given = {name: value for name, value in WHOLE.items() if name not in without}
    if "country" in without:
        given["country"] = None

    assert step(session, make, edition, **given) == expected


def test_whoever_hides_what_they_offer_is_not_counted(
    session: Session, make: Factory, edition: Edition
) -> None:
    hiding = make.profile(edition, country="DE", offers=["secret"])
    session.add(PartVisibility(profile_id=hiding.id, part="exchange", level="nobody"))
    session.commit()
    given = {name: value for name, value in WHOLE.items() if name != "needs"}

    assert step(session, make, edition, **given) == NextStep("needs", 2)


def test_somebody_who_has_not_joined_is_told_of_the_edition_ahead(
    session: Session, make: Factory, edition: Edition
) -> None:
    given = {name: value for name, value in WHOLE.items() if name != "needs"}

    assert step(session, make, None, **given) == NextStep("needs", 2)


def test_without_a_side_nothing_is_counted(session: Session, make: Factory) -> None:
    make.edition()

    assert step(session, make, None, country="US") == NextStep("organisation")


def test_it_takes_two_queries_for_any_number_of_people(
    session: Session, make: Factory, edition: Edition, count_queries: Any
) -> None:
    mine: Profile = make.profile(edition, country="KR")
    place = place_ahead(session, mine, make.now)
    with count_queries() as queries:
        progress(session, mine, place, Viewer(mine.id, Roles()))

    assert queries.total == 2
