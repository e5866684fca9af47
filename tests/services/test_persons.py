from sqlmodel import Session

from models import Organisation, OrganisationLink, Publication
from services.persons import person_of, persons
from tests.factories import Factory


def test_a_person_carries_texts_in_the_order_their_owner_gave_them(
    session: Session, make: Factory
) -> None:
    make.field("quantum")
    profile = make.profile(
        research="Spin qubits.",
        offers=["A cryostat", "Data"],
        needs=["Readout chips"],
        publications=["First paper", "Second paper"],
        fields=["quantum"],
        topics=["spin"],
    )
    person = person_of(session, profile)
    assert person.key == str(profile.id)
    assert person.research == "Spin qubits."
    assert person.offers == ("A cryostat", "Data")
    assert person.needs == ("Readout chips",)
    assert [work.title for work in person.publications] == ["First paper", "Second paper"]
    assert (person.fields, person.topics, person.country) == (("quantum",), ("spin",), "DE")


def test_a_publication_of_weight_zero_is_left_out(session: Session, make: Factory) -> None:
    profile = make.profile(publications=["Kept"])
    session.add(Publication(profile_id=profile.id, position=1, title="Left out", weight=0))
    session.commit()
    assert [work.title for work in person_of(session, profile).publications] == ["Kept"]


def test_authors_may_be_names_or_records(session: Session, make: Factory) -> None:
    profile = make.profile()
    authors = ["Jana Nováková", {"name": "김서연"}]
    session.add(Publication(profile_id=profile.id, title="A paper", authors=authors))
    session.commit()
    assert person_of(session, profile).publications[0].authors == ("Jana Nováková", "김서연")


def test_a_university_and_its_cooperation_foundation_are_one_organisation(
    session: Session, make: Factory
) -> None:
    rows = [Organisation(name=name, country="KR") for name in ("University", "Foundation", "Other")]
    session.add_all(rows)
    session.flush()
    link = OrganisationLink(
        organisation_id=rows[1].id, linked_id=rows[0].id, kind="cooperation-foundation"
    )
    session.add(link)
    session.commit()
    people = [make.profile(organisation_id=row.id) for row in rows]
    groups = [persons(session, people)[one.id].organisation for one in people]
    assert groups[0] == groups[1] != groups[2]


def test_an_organisation_that_is_only_a_name_is_known_by_it(
    session: Session, make: Factory
) -> None:
    one = make.profile(organisation_name="TU  Dresden")
    two = make.profile(organisation_name="tu dresden")
    nobody = make.profile()
    found = persons(session, [one, two, nobody])
    assert found[one.id].organisation == found[two.id].organisation != ""
    assert found[nobody.id].organisation == ""
