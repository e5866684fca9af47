from dataclasses import replace

import pytest
from sqlmodel import Session, col, delete, select

from matchmaking.affinity_side import EncodedPerson, PackedSide
from matchmaking.calibration import default_calibration
from matchmaking.encoder_plan import DEFAULT_PLAN, EncoderPlan
from matchmaking.weighing import Weighing
from models import Passage, PassageVector, Profile
from services.encoded_people import encoded_people
from services.index_version import note_change
from services.matcher_cache import COMPARED, MatcherCache, SideCache
from tests.factories import Factory
from tests.word_encoder import encode_everybody


@pytest.fixture
def people(session: Session, make: Factory) -> list[Profile]:
    texts = ("quantum photon", "quantum chip", "turbine noise", "양자 칩")
    rows = [make.profile(research=text) for text in texts]
    encode_everybody(session)
    return rows


def _asker(session: Session, profile: Profile) -> EncodedPerson:
    return encoded_people(session, DEFAULT_PLAN, [profile.id])[profile.id]


def _names(found: PackedSide) -> list[int]:
    return [int(key) for key in found.keys]


CALIBRATION = default_calibration()


def _cache(compared: int = COMPARED) -> SideCache:
    return SideCache(CALIBRATION, compared)


def test_up_to_the_bound_everybody_who_is_allowed_is_returned(
    session: Session, people: list[Profile]
) -> None:
    allowed = [one.id for one in people[1:]]
    found = _cache().nearest(session, _asker(session, people[0]), allowed)
    assert _names(found) == allowed


def test_of_more_people_the_nearest_are_returned_in_either_language(
    session: Session, people: list[Profile]
) -> None:
    asker = _asker(session, people[0])
    allowed = [one.id for one in people[1:]]
    found = _names(_cache(compared=2).nearest(session, asker, allowed))
    assert people[1].id in found
    assert people[2].id not in found


def test_the_nearest_of_the_allowed_are_found_however_near_others_are(
    session: Session, people: list[Profile]
) -> None:
    cache = _cache(compared=1)
    asker = _asker(session, people[0])
    cache.nearest(session, asker, [one.id for one in people])
    far = [people[2].id, people[3].id]
    assert people[3].id in _names(cache.nearest(session, asker, far))


def test_somebody_of_whom_nothing_is_encoded_is_left_out(
    session: Session, people: list[Profile], make: Factory
) -> None:
    silent = make.profile(research="")
    allowed = [people[1].id, silent.id]
    found = _cache().nearest(session, _asker(session, people[0]), allowed)
    assert _names(found) == [people[1].id]


def _vector(found: PackedSide, profile: Profile) -> list[float]:
    here = found.expertise.english
    place = found.keys.index(str(profile.id))
    return [float(number) for number in here.vectors[here.starts[place]]]


def test_a_new_text_counts_in_the_next_use(session: Session, people: list[Profile]) -> None:
    cache = _cache()
    asker = _asker(session, people[0])
    allowed = [one.id for one in people[1:]]
    before = cache.nearest(session, asker, allowed)
    people[2].research = "quantum chip"
    encode_everybody(session)
    after = cache.nearest(session, asker, allowed)
    assert _vector(before, people[2]) != _vector(before, people[1])
    assert _vector(after, people[2]) == _vector(after, people[1])


def test_a_deleted_profile_is_gone_in_the_next_use(session: Session, people: list[Profile]) -> None:
    cache = _cache()
    asker = _asker(session, people[0])
    allowed = [one.id for one in people[1:]]
    cache.nearest(session, asker, allowed)
    note_change(session, [people[1].id], gone=True)
    session.delete(people[1])
    session.commit()
    assert people[1].id not in _names(cache.nearest(session, asker, allowed))


def test_only_what_changed_is_read_again(
    session: Session, people: list[Profile], monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = _cache()
    asker = _asker(session, people[0])
    allowed = [one.id for one in people[1:]]
    read: list[list[int]] = []

    def noting(
        session: Session, plan: EncoderPlan, ids: list[int], weighing: Weighing
    ) -> dict[int, EncodedPerson]:
        read.append(ids)
        return encoded_people(session, plan, ids, weighing)

    monkeypatch.setattr("services.ready_side.encoded_people", noting)
    cache.nearest(session, asker, allowed[:2])
    cache.nearest(session, asker, allowed)
    note_change(session, [people[1].id, people[0].id])
    cache.nearest(session, asker, allowed)
    cache.nearest(session, asker, allowed)
    assert read == [allowed[:2], allowed[2:], [people[1].id]]


def test_an_error_while_reading_leaves_the_cache_as_it_was(
    session: Session, people: list[Profile], monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = _cache()
    asker = _asker(session, people[0])
    allowed = [one.id for one in people[1:]]
    cache.nearest(session, asker, allowed)
    people[2].research = "quantum photon"
    encode_everybody(session)

    def broken(*_: object) -> dict[int, EncodedPerson]:
        raise OSError("the database is away")

    with monkeypatch.context() as patch:
        patch.setattr("services.ready_side.encoded_people", broken)
        with pytest.raises(OSError, match="away"):
            cache.nearest(session, asker, allowed)
    after = cache.nearest(session, asker, allowed)
    assert _vector(after, people[2]) == _vector(
        _cache().nearest(session, asker, allowed), people[2]
    )


def test_a_session_that_sees_the_past_is_not_mixed_with_the_present(
    session: Session, people: list[Profile], monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = _cache()
    asker = _asker(session, people[0])
    note_change(session, [])
    cache.nearest(session, asker, [people[1].id])
    monkeypatch.setattr("services.matcher_cache.index_version", lambda _session: 1)
    found = cache.nearest(session, asker, [people[2].id])
    assert _names(found) == [people[2].id]
    assert people[2].id not in cache._people


def test_vectors_of_an_older_text_are_not_used(session: Session, people: list[Profile]) -> None:
    for row in session.exec(select(Passage).where(Passage.profile_id == people[1].id)):
        row.text_hash = "0" * 64
    assert encoded_people(session, DEFAULT_PLAN, [people[1].id])[people[1].id].passages == ()


def test_vectors_of_an_encoder_that_is_not_in_use_are_not_read(
    session: Session, people: list[Profile]
) -> None:
    session.execute(delete(PassageVector).where(col(PassageVector.encoder) != "minilm"))
    only = encoded_people(session, EncoderPlan("", "use-multilingual"), [people[0].id])
    assert only[people[0].id].passages == ()


def test_each_side_of_each_edition_has_a_cache_that_lives_as_long_as_its_calibration() -> None:
    caches = MatcherCache()
    first = caches.side(1, "left", CALIBRATION)
    assert caches.side(1, "left", CALIBRATION) is first
    assert caches.side(1, "right", CALIBRATION) is not first
    assert caches.side(2, "left", CALIBRATION) is not first
    assert caches.side(1, "left", replace(CALIBRATION, source="another")) is not first
