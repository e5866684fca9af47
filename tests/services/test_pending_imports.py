"""An import waits for its owner, is merged with what is there, and is remembered."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func
from sqlmodel import Session, col, select

from models import Account, ImportedWork, PendingImport, Profile, Publication
from services.accounts import Desk
from services.accounts_erasure import erase
from services.errors import NotFound
from services.import_saving import save_import
from services.imports_works import WorkRecord
from services.key_works import mark_key_work
from services.pending_imports import (
    LASTS,
    Pending,
    begin_import,
    change_lines,
    discard_import,
    find_import,
)
from services.pending_lines import FactLine, WorkLine
from services.profile_values import BadValue
from services.profiles import own_profile
from services.publications import remove_work, works_of
from services.reading import Found, FoundFact, FoundWork, Unread
from tests.factories import Factory


@pytest.fixture
def account(make: Factory) -> Account:
    return make.account()


@pytest.fixture
def profile(make: Factory, account: Account) -> Profile:
    values: dict[str, Any] = {"country": None, "name": ""}
    return make.profile(account_id=account.id, source="account", **values)


def work(title: str, **given: Any) -> WorkRecord:
    return WorkRecord(title=title, **given)


def found(*works: WorkRecord, kind: str = "bibtex", facts: tuple[FoundFact, ...] = ()) -> Found:
    return Found(kind, tuple(FoundWork(n, one) for n, one in enumerate(works, 1)), facts)


def waiting(session: Session, account: Account, make: Factory) -> Pending:
    pending = find_import(session, account.id, make.now)
    assert pending is not None
    return pending


def states(session: Session, account: Account, make: Factory) -> list[tuple[str, str, bool]]:
    lines = waiting(session, account, make).lines
    return [(one.work.title, one.state, one.keep) for one in lines if isinstance(one, WorkLine)]


def import_all(session: Session, account: Account, make: Factory, *works: WorkRecord) -> None:
    begin_import(session, account.id, found(*works), make.now)
    save_import(session, account, make.now)


def titles(session: Session, profile: Profile) -> list[str]:
    return [row.title for row in works_of(session, profile.id)]


@pytest.mark.usefixtures("profile")
class TestLines:
    def test_everything_new_is_ticked(
        self, session: Session, account: Account, make: Factory
    ) -> None:
        begin_import(session, account.id, found(work("One"), work("Two")), make.now)

        assert states(session, account, make) == [("One", "new", True), ("Two", "new", True)]

    def test_what_a_cv_suggests_is_never_ticked(
        self, session: Session, account: Account, make: Factory
    ) -> None:
        begin_import(session, account.id, found(work("One"), kind="cv"), make.now)

        assert states(session, account, make) == [("One", "new", False)]

    def test_a_work_that_a_file_names_twice_comes_once_and_whole(
        self, session: Session, account: Account, make: Factory
    ) -> None:
        twice = (work("The same long title", year=2020), work("the SAME long title.", doi="10.1/a"))
        begin_import(session, account.id, found(*twice), make.now)

        (line,) = [
            one for one in waiting(session, account, make).lines if isinstance(one, WorkLine)
        ]
        assert (line.work.year, line.work.doi) == (2020, "10.1/a")

    def test_a_fact_that_differs_is_shown_beside_the_present_one_and_not_ticked(
        self, session: Session, account: Account, profile: Profile, make: Factory
    ) -> None:
        profile.name = "Kim"
        facts = (FoundFact(1, "name", "Lee"), FoundFact(1, "country", "KR"))
        begin_import(session, account.id, found(facts=facts), make.now)

        lines = {
            one.field: one
            for one in waiting(session, account, make).lines
            if isinstance(one, FactLine)
        }
        assert (lines["name"].state, lines["name"].keep) == ("differs", False)
        assert lines["name"].present == "Kim"
        assert (lines["country"].state, lines["country"].keep) == ("new", True)
        assert {"research", "offers", "needs"} <= {n for n in lines if lines[n].state == "asked"}


def test_an_import_of_somebody_without_a_profile_makes_none_before_it_is_saved(
    session: Session, account: Account, make: Factory
) -> None:
    begin_import(session, account.id, found(work("One")), make.now)
    assert own_profile(session, account.id) is None

    save_import(session, account, make.now)

    saved = own_profile(session, account.id)
    assert saved is not None
    assert titles(session, saved) == ["One"]


class TestSecondImport:
    def test_the_same_file_again_changes_nothing(
        self, session: Session, account: Account, profile: Profile, make: Factory
    ) -> None:
        works = (work("One long title here", doi="10.1/a"), work("Another long title here"))
        import_all(session, account, make, *works)
        begin_import(session, account.id, found(*works), make.now)

        assert {state for _, state, _ in states(session, account, make)} == {"known"}
        saved = save_import(session, account, make.now)
        assert (saved.added, saved.filled, saved.to_read) == (0, 0, False)
        assert len(titles(session, profile)) == 2

    @pytest.mark.parametrize(
        ("first", "second", "same"),
        [
            (work("One", doi="10.1/a"), work("Uno", doi="10.1/a"), True),
            (work("A title of five words"), work("a TITLE of five-words"), True),
            (
                work("A title of five words", doi="10.1/a"),
                work("A title of five words", doi="10.1/b"),
                True,
            ),
            (work("Editorial", doi="10.1/a"), work("Editorial", doi="10.1/b"), False),
            (work("Editorial", doi="10.1/a"), work("Editorial"), True),
            (work("강유전체 시냅스 소자 연구"), work("강유전체시냅스소자연구"), True),
            (work("One title of these words"), work("One title of those words"), False),
        ],
    )
    def test_works_are_the_same_by_doi_or_else_by_title(
        self,
        session: Session,
        account: Account,
        profile: Profile,
        make: Factory,
        first: WorkRecord,
        second: WorkRecord,
        same: bool,
    ) -> None:
        import_all(session, account, make, first)
        import_all(session, account, make, second)

        assert len(titles(session, profile)) == (1 if same else 2)

    def test_gaps_are_filled_and_what_the_person_wrote_stays(
        self, session: Session, account: Account, profile: Profile, make: Factory
    ) -> None:
        import_all(session, account, make, work("One long title here", year=2020))
        row = works_of(session, profile.id)[0]
        row.title, row.weight = "In my own words", 0.5
        mark_key_work(session, profile, row, make.now, key_work=True)

        richer = work("One long title here", year=1999, abstract="What we did.", weight=1.0)
        import_all(session, account, make, richer)

        (row,) = works_of(session, profile.id)
        assert (row.title, row.year, row.abstract) == ("In my own words", 2020, "What we did.")
        assert (row.weight, row.key_work) == (0.5, True)

    def test_what_was_dropped_or_removed_is_offered_unticked(
        self, session: Session, account: Account, profile: Profile, make: Factory
    ) -> None:
        works = (work("One long title here"), work("Another long title here"))
        begin_import(session, account.id, found(*works), make.now)
        lines = waiting(session, account, make).lines
        number = next(n for n, one in enumerate(lines) if isinstance(one, WorkLine))
        line = lines[number]
        assert isinstance(line, WorkLine)
        change_lines(
            session, account.id, {number: WorkLine(line.work, line.keys, keep=False)}, make.now
        )
        save_import(session, account, make.now)
        remove_work(session, profile, works_of(session, profile.id)[0], make.now)

        begin_import(session, account.id, found(*works), make.now)

        assert [one[1:] for one in states(session, account, make)] == [("dropped", False)] * 2

    def test_topics_are_added_to_the_ones_there_each_once(
        self, session: Session, account: Account, profile: Profile, make: Factory
    ) -> None:
        profile.topics = ["hafnia"]
        facts = tuple(FoundFact(1, "topics", text) for text in ("Hafnia", "synapses", "synapses"))
        begin_import(session, account.id, found(facts=facts), make.now)
        save_import(session, account, make.now)

        assert profile.topics == ["hafnia", "synapses"]
        assert "topics" in profile.edited_fields


@pytest.mark.usefixtures("profile")
class TestKeeping:
    def test_a_second_import_takes_the_place_of_the_first(
        self, session: Session, account: Account, make: Factory
    ) -> None:
        begin_import(session, account.id, found(work("One")), make.now)
        begin_import(session, account.id, found(work("Two")), make.now)

        assert [one[0] for one in states(session, account, make)] == ["Two"]

    def test_an_import_expires_and_is_deleted_when_somebody_imports(
        self, session: Session, account: Account, make: Factory
    ) -> None:
        begin_import(session, account.id, found(work("One")), make.now)
        later = make.now + LASTS + timedelta(seconds=1)

        assert find_import(session, account.id, later) is None
        begin_import(session, make.account().id, found(work("Two")), later)
        assert len(session.exec(select(PendingImport)).all()) == 1

    def test_a_discarded_import_cannot_be_saved_or_changed(
        self, session: Session, account: Account, make: Factory
    ) -> None:
        begin_import(session, account.id, found(work("One")), make.now)
        discard_import(session, account.id)

        with pytest.raises(NotFound):
            save_import(session, account, make.now)
        with pytest.raises(NotFound):
            change_lines(session, account.id, {}, make.now)

    def test_what_could_not_be_read_waits_beside_the_lines(
        self, session: Session, account: Account, make: Factory
    ) -> None:
        unread = (Unread(7, "bad-doi", {"value": "x"}),)
        begin_import(session, account.id, Found("csl", unread=unread), make.now)

        assert waiting(session, account, make).unread == unread

    def test_a_value_that_cannot_be_taken_leaves_the_import_waiting(
        self, session: Session, account: Account, profile: Profile, make: Factory
    ) -> None:
        make.participation(make.edition(), profile)
        profile.country = "DE"
        begin_import(session, account.id, found(), make.now)
        row = session.exec(select(PendingImport)).one()
        row.lines = [
            {
                "field": "country",
                "value": "US",
                "line": 0,
                "state": "new",
                "keep": True,
                "present": "",
            }
        ]
        session.commit()

        with pytest.raises(BadValue):
            save_import(session, account, make.now)
        session.rollback()

        assert find_import(session, account.id, make.now) is not None

    def test_erasing_the_account_erases_import_and_memory(
        self, session: Session, account: Account, make: Factory, desk: Desk
    ) -> None:
        import_all(session, account, make, work("One"))
        begin_import(session, account.id, found(work("Two")), make.now)
        session.commit()

        erase(session, desk, account.id, make.now)

        for table in (PendingImport, ImportedWork, Publication):
            assert session.exec(select(func.count()).select_from(table)).one() == 0

    def test_the_order_of_the_profile_is_kept_and_new_works_follow(
        self, session: Session, account: Account, make: Factory
    ) -> None:
        import_all(session, account, make, work("One"))
        import_all(session, account, make, work("Two"), work("One"))

        query = select(Publication.title, Publication.position).order_by(col(Publication.position))
        assert session.exec(query).all() == [("One", 0), ("Two", 1)]
