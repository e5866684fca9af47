from sqlalchemy import Engine
from sqlmodel import Session

from models.database import make_sessions
from services.index_version import Change, changed_since, index_version, note_change


def test_the_version_is_zero_before_the_first_change(session: Session) -> None:
    assert index_version(session) == 0
    assert changed_since(session, 0) == ()


def test_each_change_raises_the_version_by_one(session: Session) -> None:
    assert [note_change(session, [7]), note_change(session, [8]), note_change(session, [])] == [
        1,
        2,
        3,
    ]
    assert index_version(session) == 3


def test_only_what_changed_after_a_version_is_listed(session: Session) -> None:
    note_change(session, [1, 2])
    before = index_version(session)
    note_change(session, [2, 3])
    assert changed_since(session, before) == (Change(2, False), Change(3, False))


def test_a_deletion_outlives_its_profile(session: Session) -> None:
    note_change(session, [5])
    note_change(session, [5], gone=True)
    assert changed_since(session, 0) == (Change(5, True),)


def test_a_rolled_back_change_leaves_the_version_alone(engine: Engine) -> None:
    with make_sessions(engine)() as session:
        note_change(session, [1])
        session.rollback()
        assert index_version(session) == 0
        assert changed_since(session, 0) == ()


def test_many_profiles_are_noted_in_one_version(session: Session) -> None:
    note_change(session, range(10, 700))
    note_change(session, range(1, 1300))
    assert len(changed_since(session, 1)) == 1299
