"""Each part of a profile is shown to whom its owner chose, and to nobody else, wherever it is."""

from dataclasses import dataclass

import pytest
from sqlmodel import Session, select

from matchmaking.affinity_side import EncodedPerson
from models import Edition, Meeting, PartVisibility, Profile, Publication
from services.candidates import Filters, candidate_ids, options, places_of
from services.exclusions import unwanted_by
from services.idea_search import search_words
from services.matcher_cache import MatcherCache
from services.people import PersonPage, person_lines, person_page
from services.profile_values import BadValue
from services.profiles import publish
from services.roles import Roles
from services.suggestions import Asker, asker_of, suggest
from services.visibility import Viewer, may_see
from services.visibility_parts import (
    ALL_PARTS,
    LEVELS,
    PARTS,
    Part,
    levels_of,
    set_levels,
    shown_parts,
)
from tests.factories import Factory
from tests.services.reaction_people import People, two_people
from tests.word_encoder import encode_everybody

# Who sees a part of each level: the owner always, then from the nearest to the farthest.
SEEN: dict[str, set[str]] = {
    "nobody": {"owner"},
    "organisers": {"owner", "organiser"},
    "matches": {"owner", "organiser", "match"},
    "participants": {"owner", "organiser", "match", "participant"},
    "as the whole": {"owner", "organiser", "match", "participant", "stranger"},
}


@dataclass
class Forum:
    """Kim, whose profile is in question, and everybody who may look at it."""

    kim: Profile
    edition: Edition
    viewers: dict[str, Viewer]


@pytest.fixture
def people(session: Session, make: Factory) -> People:
    return two_people(session, make)


@pytest.fixture
def forum(session: Session, make: Factory, people: People) -> Forum:
    """Let Ana and Kim be a match; Kim shows the profile to everybody who signs in."""
    kim, edition = people.kim, people.edition
    kim.visibility = "signed-in"
    kim.research, kim.topics, kim.languages = "quantum chips", ["spin"], ["Korean"]
    kim.career_stage = "postdoc"
    session.add(Publication(profile_id=kim.id, title="Kim on quantum", doi="10.1/a"))
    people.say(people.ana, kim)
    people.say(kim, people.ana)
    viewers = {
        "owner": Viewer(kim.id, Roles()),
        "organiser": Viewer(None, Roles(organises=frozenset({edition.id}))),
        "match": Viewer(people.ana.id, Roles()),
        "participant": Viewer(make.profile(edition).id, Roles()),
        "stranger": Viewer(make.profile().id, Roles(organises=frozenset({99}))),
    }
    return Forum(kim, edition, viewers)


def _set(session: Session, profile: Profile, **levels: str) -> None:
    set_levels(session, profile, {part: level for part, level in levels.items() if level in LEVELS})
    session.commit()


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("level", SEEN)
def test_a_part_is_shown_to_whom_its_owner_chose(
    session: Session, forum: Forum, part: Part, level: str
) -> None:
    if (part, level) == ("identity", "nobody"):
        pytest.skip("a name is never hidden from organisers")
    _set(session, forum.kim, **{part: level})
    seeing = {
        name
        for name, viewer in forum.viewers.items()
        if part in shown_parts(session, viewer, [forum.kim.id])[forum.kim.id]
    }
    assert seeing == SEEN[level]


def _says(page: PersonPage) -> set[str]:
    """Tell which parts say something on a page."""
    texts = page.texts
    said: dict[str, object] = {
        "identity": page.line.name or page.line.organisation or page.line.name_native,
        "research": texts.research,
        "publications": texts.publications,
        "exchange": texts.offers or texts.needs,
        "topics": texts.topics or texts.fields or page.fields,
        "career": page.line.career_stage or page.languages,
    }
    return {part for part, value in said.items() if value}


@pytest.mark.parametrize("part", PARTS)
def test_a_page_says_nothing_of_a_part_that_is_hidden(
    session: Session, make: Factory, forum: Forum, part: str
) -> None:
    kim = make.profile(
        forum.edition,
        country="KR",
        research="quantum",
        publications=["A paper"],
        offers=["laser"],
        needs=["chip"],
        topics=["spin"],
        fields=[make.field().slug],
        career_stage="postdoc",
        languages=["Korean"],
    )
    reader = forum.viewers["participant"]
    assert _says(person_page(session, reader, kim.id)) == ALL_PARTS
    _set(session, kim, **{part: "matches"})
    gone = {"identity", "publications"} if part == "identity" else {part}
    assert _says(person_page(session, reader, kim.id)) == ALL_PARTS - gone
    assert _says(person_page(session, forum.viewers["organiser"], kim.id)) == ALL_PARTS


def test_a_list_shows_no_name_to_whom_it_is_hidden_from(session: Session, forum: Forum) -> None:
    _set(session, forum.kim, identity="matches", career="matches")
    ids = [forum.kim.id]
    hidden = person_lines(session, ids, forum.viewers["participant"])[forum.kim.id]
    assert (hidden.name, hidden.organisation, hidden.career_stage) == ("", "", "")
    assert hidden.country == "KR"
    assert person_lines(session, ids)[forum.kim.id].name == ""
    assert person_lines(session, ids, forum.viewers["match"])[forum.kim.id].name == "Kim"


def test_who_agreed_to_meet_is_a_match_until_one_hides_the_other(
    session: Session, make: Factory, forum: Forum
) -> None:
    other = make.profile(forum.edition)
    edition, now = forum.edition, make.now
    meeting = Meeting(
        uid="one",
        edition_id=edition.id,
        left_id=other.id,
        right_id=forum.kim.id,
        starts_at=edition.starts_at,
        ends_at=edition.ends_at,
        created_at=now,
        changed_at=now,
    )
    session.add(meeting)
    _set(session, forum.kim, research="matches")

    def sees() -> bool:
        session.commit()
        shown = shown_parts(session, Viewer(other.id, Roles()), [forum.kim.id])
        return "research" in shown[forum.kim.id]

    assert not sees()
    meeting.state = "accepted"
    assert sees()
    make.exclusion(forum.kim, other)
    assert not sees()


def test_filters_tell_nothing_of_a_part_that_is_hidden(
    session: Session, make: Factory, people: People, forum: Forum
) -> None:
    reader = make.profile(people.edition)
    place, viewer = places_of(session, reader.id)[0], Viewer(reader.id, Roles())
    filters = Filters(career_stage="postdoc")
    assert candidate_ids(session, place, viewer, filters) == [forum.kim.id]
    assert options(session, place, viewer).career_stages == ("postdoc",)
    _set(session, forum.kim, career="matches")
    assert candidate_ids(session, place, viewer, filters) == []
    assert options(session, place, viewer).career_stages == ()
    assert candidate_ids(session, place, viewer) == [forum.kim.id]


def test_a_search_finds_nobody_by_what_they_hide(
    session: Session, make: Factory, people: People, forum: Forum
) -> None:
    reader = make.profile(people.edition)
    encode_everybody(session)
    place, viewer = places_of(session, reader.id)[0], Viewer(reader.id, Roles())
    idea = Asker(EncodedPerson("idea", ()), {}, idea=True)
    assert [one.profile_id for one in search_words(session, place, viewer, "quantum").items] == [
        forum.kim.id
    ]
    _set(session, forum.kim, research="matches", publications="matches")
    assert search_words(session, place, viewer, "quantum").items == ()
    assert candidate_ids(session, place, viewer, searched=idea.idea) == []


def test_a_hidden_passage_counts_and_is_not_quoted(
    session: Session, make: Factory, people: People
) -> None:
    kim = make.profile(people.edition, country="KR", research="quantum chips", offers=["laser"])
    reader = make.profile(people.edition, research="quantum chips", needs=["laser"])
    encode_everybody(session)
    place, viewer = places_of(session, reader.id)[0], Viewer(reader.id, Roles())

    def found() -> tuple[float, set[str], set[str]]:
        asker, cache = asker_of(session, place), MatcherCache()
        items = suggest(session, cache, place, viewer, asker).items
        one = next(item for item in items if item.profile_id == kim.id)
        quoted = {e.theirs for reason in one.reasons for e in reason.evidence}
        return one.score, {reason.code for reason in one.reasons}, quoted

    score, codes, quoted = found()
    assert {"similar-work", "offers-what-you-need"} <= codes
    assert {"quantum chips", "laser"} <= quoted
    _set(session, kim, exchange="matches")
    after, codes, quoted = found()
    assert after == score
    assert (codes, quoted) == ({"similar-work"}, {"quantum chips"})
    _set(session, kim, exchange="matches", research="nobody")
    assert found()[1:] == (set(), set())


def test_a_profile_for_matches_is_read_by_matches_and_organisers(
    session: Session, make: Factory, forum: Forum
) -> None:
    publish(session, forum.kim, "matches", make.now)
    session.commit()
    seeing = {name for name, v in forum.viewers.items() if may_see(session, v, forum.kim)}
    assert seeing == {"owner", "organiser", "match"}
    publish(session, forum.kim, "organisers", make.now)
    session.commit()
    assert not may_see(session, forum.viewers["match"], forum.kim)


def test_without_consent_to_the_transfer_a_profile_stays_on_its_side(
    session: Session, make: Factory, people: People
) -> None:
    account = make.account()
    kim = make.profile(
        people.edition, country="KR", account_id=account.id, consents=("matching", "showing")
    )
    neighbour = make.profile(people.edition, country="KR")
    assert not may_see(session, Viewer(people.ana.id, Roles()), kim)
    assert may_see(session, Viewer(neighbour.id, Roles()), kim)
    place, viewer = places_of(session, people.ana.id)[0], Viewer(people.ana.id, Roles())
    assert kim.id not in candidate_ids(session, place, viewer)
    make.consents(account.id, "overseas")
    assert may_see(session, viewer, kim)
    assert kim.id in candidate_ids(session, place, viewer)


def test_setting_levels_replaces_what_was_set(session: Session, make: Factory) -> None:
    mine = make.profile()
    _set(session, mine, research="matches", topics="nobody")
    _set(session, mine, research="organisers")
    assert levels_of(session, mine.id) == {"research": "organisers"}
    assert len(session.exec(select(PartVisibility)).all()) == 1


@pytest.mark.parametrize(
    "wrong", [{"identity": "nobody"}, {"page": "matches"}, {"research": "everybody"}]
)
def test_what_cannot_be_set_is_refused(
    session: Session, make: Factory, wrong: dict[str, str]
) -> None:
    with pytest.raises(BadValue):
        set_levels(session, make.profile(), wrong)


def test_a_private_list_names_nobody_whose_name_is_hidden(
    session: Session, make: Factory, forum: Forum
) -> None:
    reader = make.profile(forum.edition)
    make.exclusion(reader, forum.kim)
    assert [one.label for one in unwanted_by(session, reader.id)] == ["Kim"]
    _set(session, forum.kim, identity="matches")
    assert [one.label for one in unwanted_by(session, reader.id)] == [""]
