"""The proof of a round is kept with it: it names nobody, and outlives whoever was in it."""

import json
from datetime import datetime

import pytest
from sqlalchemy import Engine, delete
from sqlmodel import Session, col, select

from matchmaking.proof_check import check
from matchmaking.proof_file import read_proof
from models import Profile, Round, RoundPerson
from models.database import SessionMaker, make_sessions
from services.errors import NotFound
from services.round_proof import manifest_of
from tests.factories import Factory
from tests.services.round_example import forum, run


@pytest.fixture
def sessions(engine: Engine) -> SessionMaker:
    return make_sessions(engine)


@pytest.mark.parametrize("fair", ["none", "both"])
def test_a_finished_round_is_recomputed_from_its_manifest(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime, fair: str
) -> None:
    edition, _, _ = forum(make)
    row = run(session, sessions, edition, now, fair=fair, most=2)
    found = check(read_proof(manifest_of(session, row)))
    assert found.same, found.differences
    assert (found.total, found.bound) == pytest.approx((row.total, row.bound))


def test_it_says_of_what_it_is_and_names_nobody(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    edition, left, right = forum(make)
    row = run(session, sessions, edition, now, seed=4)
    text = manifest_of(session, row).decode()
    whole = json.loads(text)
    assert (whole["edition"], whole["round"], whole["seed"]) == ("jeju", 1, 4)
    assert whole["input_hash"] == row.input_hash
    assert whole["versions"]["encoders"]
    for person in (*left, *right):
        assert person.name not in text
        assert person.source_key not in text


def test_everybody_has_another_pseudonym_in_each_round(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    edition, left, _ = forum(make)
    rows = [run(session, sessions, edition, now) for _ in range(2)]
    keys = [key_of(session, row, left[0]) for row in rows]
    assert None not in keys
    assert keys[0] != keys[1]


def key_of(session: Session, row: Round, person: Profile) -> str | None:
    query = select(RoundPerson.pseudonym).where(
        RoundPerson.round_id == row.id, RoundPerson.profile_id == person.id
    )
    return session.exec(query).first()


def test_with_a_person_goes_the_key_and_the_proof_holds_as_before(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    edition, left, _ = forum(make)
    row = run(session, sessions, edition, now)
    before, gone = manifest_of(session, row), key_of(session, row, left[0])
    session.execute(delete(Profile).where(col(Profile.id) == left[0].id))
    session.commit()
    assert gone is not None
    kept = session.exec(select(RoundPerson.pseudonym).where(RoundPerson.round_id == row.id)).all()
    assert gone not in kept
    assert len(kept) == 5
    assert manifest_of(session, row) == before
    assert check(read_proof(manifest_of(session, row))).same


def test_bounds_and_the_best_affinity_are_kept_with_each_person(
    make: Factory, session: Session, sessions: SessionMaker, now: datetime
) -> None:
    edition, left, right = forum(make)
    make.exclusion(right[0], left[0])
    row = run(session, sessions, edition, now, least=1, most=2)
    kept = {one.profile_id: one for one in session.exec(select(RoundPerson)).all()}
    assert len(kept) == 6
    assert (kept[left[0].id].least, kept[left[0].id].most) == (1, 2)
    # 0.9 with the first of the other side is hidden.
    assert kept[left[0].id].best == pytest.approx(0.8)
    assert kept[right[0].id].best == pytest.approx(0.7)
    assert row.began_at == now


def test_a_round_without_a_manifest_says_what_to_do(
    make: Factory, session: Session, now: datetime
) -> None:
    row = Round(edition_id=make.edition().id, number=3, state="done", created_at=now)
    session.add(row)
    session.commit()
    with pytest.raises(NotFound, match="Round 3 has no manifest: run a new round"):
        manifest_of(session, row)
