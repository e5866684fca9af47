"""Conflicts read from the tables: for a round, for suggestions, for an organiser's eyes."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from matchmaking.conflicts import ConflictCode
from models import (
    Edition,
    Exclusion,
    Organisation,
    OrganisationLink,
    Pairing,
    Profile,
    Publication,
    Round,
)
from models.database import SessionMaker, make_sessions
from seed.organisations import load_organisations
from services.conflicts import KnownConflict, conflicting, conflicts_of, forbidden_pairs
from services.errors import NotFound
from services.round_input import read_input
from services.round_parameters import RoundParameters
from tests.conftest import Queries
from tests.factories import Factory
from tests.services.round_example import forum, known, run

Counting = Callable[[], AbstractContextManager[Queries]]
TITLE = "Annealing by read noise in a memristive network"


@pytest.fixture
def sessions(engine: Engine) -> SessionMaker:
    return make_sessions(engine)


def publish(session: Session, owner: Profile, *authors: object, **given: object) -> None:
    """Put a publication on somebody's list."""
    values: dict[str, Any] = {"title": TITLE, "authors": list(authors)} | given
    session.add(Publication(profile_id=owner.id, **values))
    session.commit()


def organisation(session: Session, name: str, country: str = "KR") -> int:
    row = Organisation(name=name, country=country)
    session.add(row)
    session.commit()
    return row.id


def link(session: Session, one: int, other: int, kind: str) -> None:
    session.add(OrganisationLink(organisation_id=one, linked_id=other, kind=kind))
    session.commit()


def pairs(session: Session, left: list[Profile], right: list[Profile]) -> list[list[int]]:
    left_ids, right_ids = ([one.id for one in side] for side in (left, right))
    found: list[list[int]] = forbidden_pairs(session, left_ids, right_ids).tolist()
    return found


@pytest.fixture
def couple(make: Factory) -> tuple[Profile, Profile]:
    """Make somebody from Jülich and somebody from Daejeon."""
    return (
        make.profile(name="Anneliese Brückner", country="DE"),
        make.profile(name="Kim Seo-yeon", name_native="김서연", country="KR"),
    )


class TestNames:
    @pytest.mark.parametrize("printed", ["Seoyeon Kim", "김서연", {"name": "Gim, Seo-Yeon"}])
    def test_a_co_author_is_known_by_either_name(
        self, session: Session, couple: tuple[Profile, Profile], printed: object
    ) -> None:
        publish(session, couple[0], "A. Brückner", printed)
        assert pairs(session, [couple[0]], [couple[1]]) == [[0, 0]]

    def test_a_publication_that_counts_for_nothing_has_authors_all_the_same(
        self, session: Session, couple: tuple[Profile, Profile]
    ) -> None:
        publish(session, couple[0], "김서연", weight=0)
        assert pairs(session, [couple[0]], [couple[1]]) == [[0, 0]]

    def test_a_shared_doi_is_a_conflict(
        self, session: Session, couple: tuple[Profile, Profile]
    ) -> None:
        publish(session, couple[0], title="A preprint", doi="10.1000/x")
        publish(session, couple[1], title="The paper", doi="10.1000/X")
        assert pairs(session, [couple[0]], [couple[1]]) == [[0, 0]]


class TestOrganisations:
    def belong(self, make: Factory, one: int | None, other: int | None) -> list[list[int]]:
        left = make.profile(organisation_id=one)
        right = make.profile(country="KR", organisation_id=other)
        return pairs(make.session, [left], [right])

    def test_one_legal_entity_is_a_conflict(self, make: Factory, session: Session) -> None:
        kist = organisation(session, "KIST")
        assert self.belong(make, kist, kist) == [[0, 0]]
        assert self.belong(make, kist, organisation(session, "IHP", "DE")) == []
        assert self.belong(make, None, None) == []

    def test_a_university_and_its_foundation_are_one(self, make: Factory, session: Session) -> None:
        university, foundation = organisation(session, "HYU"), organisation(session, "HYU IUCF")
        link(session, university, foundation, "cooperation-foundation")
        assert self.belong(make, university, foundation) == [[0, 0]]
        assert self.belong(make, foundation, university) == [[0, 0]]

    def test_an_institute_abroad_belongs_to_its_parent(
        self, make: Factory, session: Session
    ) -> None:
        abroad, parent = organisation(session, "KIST Europe", "DE"), organisation(session, "KIST")
        link(session, abroad, parent, "parent")
        assert self.belong(make, abroad, parent) == [[0, 0]]

    def test_institutes_of_one_parent_are_one(self, make: Factory, session: Session) -> None:
        one, other, parent = (organisation(session, name) for name in ("IZM", "IPMS", "FhG"))
        link(session, one, parent, "parent")
        link(session, other, parent, "parent")
        assert self.belong(make, one, other) == [[0, 0]]

    def test_a_joint_laboratory_does_not_make_its_parents_one(
        self, make: Factory, session: Session
    ) -> None:
        joint, one, other = (organisation(session, name) for name in ("Lab", "CNRS", "Yonsei"))
        link(session, joint, one, "parent")
        link(session, joint, other, "parent")
        assert self.belong(make, one, other) == []
        assert self.belong(make, joint, one) == self.belong(make, joint, other) == [[0, 0]]

    def test_organisations_that_are_merely_related_are_two(
        self, make: Factory, session: Session
    ) -> None:
        one, other = organisation(session, "A"), organisation(session, "B")
        link(session, one, other, "related")
        assert self.belong(make, one, other) == []

    def test_links_in_a_circle_end(self, make: Factory, session: Session) -> None:
        one, other, third = (organisation(session, name) for name in "ABC")
        link(session, one, other, "parent")
        link(session, other, one, "parent")
        assert self.belong(make, one, other) == [[0, 0]]
        assert self.belong(make, one, third) == []

    def test_a_name_in_words_is_compared_as_words(self, make: Factory, session: Session) -> None:
        left = make.profile(organisation_name="Onnuri Cryogenics")
        right = make.profile(country="KR", organisation_name="ONNURI  cryogenics")
        other = make.profile(country="KR", organisation_name="Garam Bonding")
        assert pairs(session, [left], [right, other]) == [[0, 0]]

    @pytest.mark.parametrize("words", ["", "Independent researcher", "Freelance", "n/a", "무소속"])
    def test_people_without_an_organisation_share_none(
        self, make: Factory, session: Session, words: str
    ) -> None:
        left = make.profile(organisation_name=words)
        right = make.profile(country="KR", organisation_name=words)
        assert pairs(session, [left], [right]) == []

    def test_the_demo_s_institutes_know_their_parents(
        self, make: Factory, session: Session
    ) -> None:
        load_organisations(session)
        names = ("Fraunhofer IZM", "Fraunhofer IPMS", "TU Dresden")
        query = select(Organisation.name, Organisation.id).where(col(Organisation.name).in_(names))
        ids = dict(session.exec(query).all())
        izm, ipms, dresden = (ids[name] for name in names)
        assert self.belong(make, izm, ipms) == [[0, 0]]
        assert self.belong(make, izm, dresden) == []


class TestForbiddenPairs:
    def test_they_are_places_in_the_lists_that_were_given(
        self, make: Factory, session: Session, couple: tuple[Profile, Profile]
    ) -> None:
        publish(session, couple[0], "김서연", "Kim Seo-yeon")
        left, right = make.profile(), make.profile(country="KR")
        found = forbidden_pairs(session, [left.id, couple[0].id], [couple[1].id, right.id])
        assert found.tolist() == [[1, 0]]
        assert found.dtype == np.int32

    def test_nobody_has_no_conflicts(self, session: Session) -> None:
        assert forbidden_pairs(session, [], []).shape == (0, 2)
        assert forbidden_pairs(session, [404], [405]).shape == (0, 2)

    def test_the_number_of_queries_does_not_grow_with_people(
        self, make: Factory, session: Session, count_queries: Counting
    ) -> None:
        for people in (1, 5):
            left = [make.profile().id for _ in range(people)]
            right = [make.profile(country="KR").id for _ in range(people)]
            with count_queries() as queries:
                forbidden_pairs(session, left, right)
            assert len(queries.statements) == 6

    def test_more_people_than_a_query_takes_parameters_are_read_at_once(
        self, session: Session, couple: tuple[Profile, Profile]
    ) -> None:
        publish(session, couple[0], "김서연")
        crowd = [couple[0].id, *range(10_000, 80_000)]
        assert forbidden_pairs(session, crowd, [couple[1].id]).tolist() == [[0, 0]]


class TestConflicting:
    def test_it_names_the_candidates_to_leave_out(
        self, make: Factory, session: Session, couple: tuple[Profile, Profile]
    ) -> None:
        publish(session, couple[0], "김서연")
        other = make.profile(country="KR")
        assert conflicting(session, couple[0].id, [other.id, couple[1].id]) == {couple[1].id}
        assert conflicting(session, couple[1].id, {couple[0].id}) == {couple[0].id}
        assert conflicting(session, couple[0].id, []) == set()

    def test_it_takes_three_queries(
        self, session: Session, couple: tuple[Profile, Profile], count_queries: Counting
    ) -> None:
        mine, theirs = couple[0].id, couple[1].id
        with count_queries() as queries:
            conflicting(session, mine, [theirs])
        assert len(queries.statements) == 3


class TestConflictsOf:
    @pytest.fixture
    def edition(self, make: Factory) -> Edition:
        return make.edition()

    def test_each_conflict_comes_with_its_evidence(
        self, make: Factory, session: Session, edition: Edition
    ) -> None:
        kist = organisation(session, "KIST")
        me = make.profile(edition, name="Anneliese Brückner", organisation_id=kist)
        other = make.profile(edition, country="KR", name="김서연", organisation_id=kist)
        make.profile(edition, country="KR")
        publish(session, me, "Seoyeon Kim")
        assert conflicts_of(session, edition, me.id) == (
            KnownConflict(other.id, ConflictCode.CO_AUTHORS, TITLE, "Seoyeon Kim"),
            KnownConflict(other.id, ConflictCode.SAME_ORGANISATION, "KIST", ""),
        )
        mirrored = conflicts_of(session, edition, other.id)
        assert {(one.profile_id, one.code) for one in mirrored} == {
            (me.id, ConflictCode.CO_AUTHORS),
            (me.id, ConflictCode.SAME_ORGANISATION),
        }

    def test_an_organisation_in_words_is_named_as_it_was_written(
        self, make: Factory, session: Session, edition: Edition
    ) -> None:
        me = make.profile(edition, organisation_name="Onnuri Cryogenics")
        make.profile(edition, country="KR", organisation_name="ONNURI CRYOGENICS")
        (found,) = conflicts_of(session, edition, me.id)
        assert found.evidence == "Onnuri Cryogenics"

    def test_only_the_other_side_of_this_edition_is_looked_at(
        self, make: Factory, session: Session, edition: Edition
    ) -> None:
        me = make.profile(edition, organisation_name="KIST")
        make.profile(edition, country="FR", organisation_name="KIST")
        make.profile(make.edition(), country="KR", organisation_name="KIST")
        assert conflicts_of(session, edition, me.id) == ()

    def test_a_private_exclusion_is_not_among_them(
        self, make: Factory, session: Session, edition: Edition
    ) -> None:
        me, other = make.profile(edition), make.profile(edition, country="KR")
        session.add(Exclusion(profile_id=other.id, other_id=me.id, created_at=make.now))
        session.commit()
        assert conflicts_of(session, edition, me.id) == ()

    def test_somebody_who_does_not_take_part_is_not_found(
        self, make: Factory, session: Session, edition: Edition
    ) -> None:
        with pytest.raises(NotFound, match="does not take part"):
            conflicts_of(session, edition, make.profile().id)


class TestRounds:
    def test_co_authors_are_not_paired(
        self, make: Factory, session: Session, sessions: SessionMaker
    ) -> None:
        edition, left, right = forum(make)
        right[1].name = "Kim Seo-yeon"
        session.add(right[1])
        publish(session, left[0], "김서연")
        row: Round = run(session, sessions, edition, make.now)
        rows = session.exec(select(Pairing).where(Pairing.round_id == row.id)).all()
        assert row.state == "done"
        assert (left[0].id, right[1].id) not in {(one.left_id, one.right_id) for one in rows}
        assert len(rows) == 3

    def test_neither_facts_nor_private_choices_are_proposed_for_lifting(
        self, make: Factory, session: Session
    ) -> None:
        edition, left, right = forum(make)
        right[2].name = "Kim Seo-yeon"
        session.add(right[2])
        publish(session, left[1], "김서연")
        session.add(Exclusion(profile_id=right[0].id, other_id=left[0].id, created_at=make.now))
        session.commit()
        problem = read_input(session, edition, RoundParameters(1, 1), known).problem
        # What organisers forbid themselves may be lifted; a fact gives way to a pin alone.
        assert problem.forbidden.tolist() == []
        assert sorted(problem.sealed.tolist()) == [[0, 0], [1, 2]]

    def test_a_conflict_more_is_another_input(self, make: Factory, session: Session) -> None:
        edition, left, right = forum(make)
        before = read_input(session, edition, RoundParameters(1, 1), known).hash
        right[2].name = "Kim Seo-yeon"
        session.add(right[2])
        publish(session, left[1], "김서연")
        assert read_input(session, edition, RoundParameters(1, 1), known).hash != before
