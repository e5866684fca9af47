from collections.abc import Sequence

from sqlalchemy import delete
from sqlmodel import Session, col, select

from matchmaking.encoder_plan import DEFAULT_PLAN, EncoderPlan
from matchmaking.passages import text_hash
from models import Passage, PassageVector, Profile, Statement
from services.encoding import passage_value, stale, write_all_passages, write_passages
from services.index_version import changed_since, index_version
from tests.factories import Factory


def _texts(session: Session, profile: Profile) -> list[tuple[str, str]]:
    rows = session.exec(select(Passage).where(Passage.profile_id == profile.id)).all()
    return sorted((row.kind, row.text) for row in rows)


def _pretend_encoded(session: Session) -> None:
    """Give every passage the vectors that the plan asks for; their bytes are the text."""
    for row in session.exec(select(Passage)).all():
        for encoder in DEFAULT_PLAN.encoders_of(passage_value(row)):
            data = f"{encoder}:{row.text}".encode()
            vector = PassageVector(
                passage_id=row.id, encoder=encoder, text_hash=row.text_hash, vector=data
            )
            session.add(vector)
    session.commit()


def _vectors(session: Session) -> Sequence[tuple[str, str, bytes]]:
    rows = session.exec(
        select(Passage.text, PassageVector.encoder, PassageVector.vector).join(
            PassageVector, col(PassageVector.passage_id) == Passage.id
        )
    )
    return sorted(rows.all())


def test_every_text_of_a_profile_becomes_a_passage(session: Session, make: Factory) -> None:
    profile = make.profile(
        research="양자 센서를 만듭니다.",
        offers=["Cryostat"],
        needs=["Chips"],
        publications=["Paper"],
    )
    assert write_passages(session, profile)
    assert _texts(session, profile) == [
        ("need", "Chips"),
        ("offer", "Cryostat"),
        ("publication", "Paper"),
        ("research", "양자 센서를 만듭니다."),
    ]
    hangul = {row.text: row.hangul for row in session.exec(select(Passage))}
    assert hangul["양자 센서를 만듭니다."]
    assert not hangul["Paper"]


def test_an_english_passage_waits_for_all_encoders_and_a_korean_one_for_its_own(
    session: Session, make: Factory
) -> None:
    english = make.profile(research="Spin qubits.")
    korean = make.profile(research="스핀 큐비트.")
    write_all_passages(session, [english, korean])
    assert stale(session, DEFAULT_PLAN) == 2
    assert stale(session, DEFAULT_PLAN, korean.id) == 1
    for encoder, left in (("use-multilingual", 1), ("minilm", 1), ("words", 0)):
        for row in session.exec(select(Passage)).all():
            if encoder == "use-multilingual" or not row.hangul:
                session.add(
                    PassageVector(
                        passage_id=row.id, encoder=encoder, text_hash=row.text_hash, vector=b""
                    )
                )
        session.flush()
        assert stale(session, DEFAULT_PLAN) == left


def test_another_encoder_in_the_settings_makes_everything_stale(
    session: Session, make: Factory
) -> None:
    write_passages(session, make.profile(research="Spin qubits."))
    _pretend_encoded(session)
    assert stale(session, DEFAULT_PLAN) == 0
    assert stale(session, EncoderPlan("", "one-for-all")) == 1


def test_saving_without_a_change_changes_nothing(session: Session, make: Factory) -> None:
    profile = make.profile(research="Spin qubits.", offers=["Cryostat"])
    write_passages(session, profile)
    before = index_version(session)
    assert not write_passages(session, profile)
    assert index_version(session) == before


def test_a_changed_text_loses_its_vectors_and_the_others_keep_theirs(
    session: Session, make: Factory
) -> None:
    profile = make.profile(research="Spin qubits.", offers=["Cryostat"])
    write_passages(session, profile)
    _pretend_encoded(session)
    profile.research = "Photonic qubits."
    assert write_passages(session, profile)
    assert stale(session, DEFAULT_PLAN) == 1
    assert {text for text, _, _ in _vectors(session)} == {"Cryostat"}


def test_a_text_that_moved_takes_its_vectors_along(session: Session, make: Factory) -> None:
    profile = make.profile(offers=["Cryostat", "Data"])
    write_passages(session, profile)
    _pretend_encoded(session)
    before = _vectors(session)
    session.execute(delete(Statement))
    for position, text in enumerate(["Data", "Something new", "Cryostat"]):
        row = Statement(profile_id=profile.id, kind="offer", position=position, text=text)
        session.add(row)
    write_passages(session, profile)
    assert _vectors(session) == before
    assert stale(session, DEFAULT_PLAN) == 1


def test_the_same_text_twice_keeps_one_vector_each(session: Session, make: Factory) -> None:
    profile = make.profile(offers=["Data"], needs=["Data"])
    write_passages(session, profile)
    _pretend_encoded(session)
    session.add(Statement(profile_id=profile.id, kind="need", position=1, text="Data"))
    write_passages(session, profile)
    assert stale(session, DEFAULT_PLAN) == 0
    assert len(_vectors(session)) == 9


def test_a_stale_vector_is_not_taken_along(session: Session, make: Factory) -> None:
    profile = make.profile(offers=["Data"])
    write_passages(session, profile)
    _pretend_encoded(session)
    for row in session.exec(select(PassageVector)):
        row.text_hash = text_hash("an older text")
    profile.research = "New."
    write_passages(session, profile)
    assert stale(session, DEFAULT_PLAN) == 2


def test_a_new_weight_is_a_change_and_needs_no_new_vector(session: Session, make: Factory) -> None:
    profile = make.profile(publications=["Paper"])
    write_passages(session, profile)
    _pretend_encoded(session)
    session.exec(select(Passage)).one().weight = 0.25
    before = index_version(session)
    assert write_passages(session, profile)
    assert index_version(session) == before + 1
    assert session.exec(select(Passage)).one().weight == 1.0
    assert stale(session, DEFAULT_PLAN) == 0


def test_a_change_is_noted_for_the_index(session: Session, make: Factory) -> None:
    people = [make.profile(research=text) for text in ("One.", "Two.", "")]
    assert write_all_passages(session, people) == 2
    assert [change.profile_id for change in changed_since(session, 0)] == [
        people[0].id,
        people[1].id,
    ]


def test_emptied_texts_leave_no_passage(session: Session, make: Factory) -> None:
    profile = make.profile(research="Spin qubits.")
    write_passages(session, profile)
    profile.research = ""
    write_passages(session, profile)
    assert _texts(session, profile) == []
