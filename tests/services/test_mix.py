"""A participant's mix is their own: it is read and set by person and edition."""

import pytest
from sqlmodel import Session

from matchmaking.mix import Mix
from services.errors import NotFound
from services.mix import mix_of, set_mix
from tests.factories import Factory


def test_everybody_begins_balanced(make: Factory, session: Session) -> None:
    edition = make.edition()
    profile = make.profile(edition)
    assert mix_of(session, edition.id, profile.id) is Mix.BALANCED


def test_a_mix_is_kept_for_one_person_in_one_edition(make: Factory, session: Session) -> None:
    edition, other = make.edition(), make.edition()
    profile, neighbour = make.profile(edition), make.profile(edition)
    make.participation(other, profile)

    set_mix(session, edition.id, profile.id, Mix.EXPLORATORY)

    assert mix_of(session, edition.id, profile.id) is Mix.EXPLORATORY
    assert mix_of(session, edition.id, neighbour.id) is Mix.BALANCED
    assert mix_of(session, other.id, profile.id) is Mix.BALANCED


def test_whoever_does_not_take_part_has_no_mix_to_set(make: Factory, session: Session) -> None:
    edition, profile = make.edition(), make.profile()
    with pytest.raises(NotFound):
        set_mix(session, edition.id, profile.id, Mix.SIMILAR)
    assert mix_of(session, edition.id, profile.id) is Mix.BALANCED
