"""What a participant says moves their own list, can be switched off, and is theirs alone."""

import pytest
from sqlmodel import Session

from models import Edition, Exclusion, Meeting, MeetingReview, Profile
from services.candidates import Place, places_of
from services.learning import LessonAbout, Moved, lessons_of, set_learning, wishes_of
from services.matcher_cache import MatcherCache
from services.reactions import Said, react
from services.roles import Roles
from services.suggestions import Suggestion, asker_of, suggest
from services.visibility import Viewer
from tests.conftest import NOW
from tests.factories import Factory
from tests.word_encoder import encode_everybody


@pytest.fixture
def edition(make: Factory) -> Edition:
    return make.edition()


@pytest.fixture
def me(make: Factory, edition: Edition) -> Profile:
    return make.profile(edition, research="quantum photon chips")


@pytest.fixture
def people(session: Session, make: Factory, edition: Edition, me: Profile) -> dict[str, Profile]:
    """Make two pairs of people who are like each other, all as near to the asker."""
    found = {
        name: make.profile(edition, country="KR", name=name, research=text)
        for name, text in (
            ("photon one", "quantum photon laser laser lattice"),
            ("photon two", "quantum photon laser laser lattice"),
            ("chip one", "quantum chips cryostat cryostat helium"),
            ("chip two", "quantum chips cryostat cryostat helium"),
        )
    }
    encode_everybody(session)
    return found


def _place(session: Session, who: Profile) -> Place:
    return places_of(session, who.id)[0]


def _say(
    session: Session, who: Profile, whom: Profile, kind: str, reason: str | None = None
) -> None:
    viewer = Viewer(who.id, Roles())
    react(session, _place(session, who), viewer, whom.id, Said(kind, reason), NOW)
    session.commit()


def _lessons(session: Session, who: Profile) -> list[LessonAbout]:
    return list(lessons_of(session, _place(session, who), Viewer(who.id, Roles())))


def _list(session: Session, who: Profile) -> dict[int, Suggestion]:
    place = _place(session, who)
    asker = asker_of(session, place)
    found = suggest(session, MatcherCache(), place, Viewer(who.id, Roles()), asker)
    return {item.profile_id: item for item in found.items}


def _review(session: Session, edition: Edition, mine: Profile, kim: Profile, useful: int) -> None:
    meeting = Meeting(
        uid="m",
        edition_id=edition.id,
        left_id=mine.id,
        right_id=kim.id,
        starts_at=NOW,
        ends_at=NOW.replace(hour=NOW.hour + 1),
        state="accepted",
        created_at=NOW,
        changed_at=NOW,
    )
    session.add(meeting)
    session.flush()
    said = MeetingReview(
        meeting_id=meeting.id, profile_id=mine.id, met=True, useful=useful, changed_at=NOW
    )
    session.add(said)
    session.commit()


def test_who_is_like_somebody_of_interest_goes_up_and_is_told_why(
    session: Session, me: Profile, people: dict[str, Profile]
) -> None:
    before = _list(session, me)
    _say(session, me, people["photon one"], "interested")
    after = _list(session, me)
    assert next(iter(after)) == people["photon two"].id
    moved = after[people["photon two"].id].moved
    assert moved == Moved(True, people["photon one"].id, "interested")
    assert people["photon one"].id not in after
    for one, item in after.items():
        assert (item.score, item.grade) == (before[one].score, before[one].grade)


def test_who_is_like_somebody_passed_on_goes_down_and_is_told_why(
    session: Session, me: Profile, people: dict[str, Profile]
) -> None:
    _say(session, me, people["chip one"], "pass", "too-far")
    after = _list(session, me)
    assert list(after)[-1] == people["chip two"].id
    moved = after[people["chip two"].id].moved
    assert moved == Moved(False, people["chip one"].id, "pass")


def test_switched_off_it_has_no_effect_at_all(
    session: Session, me: Profile, people: dict[str, Profile]
) -> None:
    before = list(_list(session, me).values())
    _say(session, me, people["chip one"], "pass", "too-far")
    set_learning(session, _place(session, me), wanted=False)
    session.commit()
    assert not wishes_of(session, _place(session, me)).learns
    rest = [item for item in before if item.profile_id != people["chip one"].id]
    assert list(_list(session, me).values()) == rest
    assert _lessons(session, me) == []
    set_learning(session, _place(session, me), wanted=True)
    assert len(_lessons(session, me)) == 1


def test_what_others_say_moves_nothing_for_anybody_else(
    session: Session, make: Factory, edition: Edition, me: Profile, people: dict[str, Profile]
) -> None:
    rival = make.profile(edition, research="quantum photon chips")
    encode_everybody(session)
    before = _list(session, rival)
    for one in people.values():
        _say(session, me, one, "pass", "too-far")
        _say(session, one, rival, "pass", "too-far")
        _say(session, one, me, "interested")
    assert _list(session, rival) == before
    assert _lessons(session, rival) == []


def test_a_meeting_that_was_rated_counts_instead_of_what_was_said_before(
    session: Session, edition: Edition, me: Profile, people: dict[str, Profile]
) -> None:
    kim = people["photon one"]
    _say(session, me, kim, "interested")
    _review(session, edition, me, kim, useful=1)
    assert _lessons(session, me) == [LessonAbout(kim.id, "meeting", -1.0)]
    assert _lessons(session, kim) == []
    moved = _list(session, me)[people["photon two"].id].moved
    assert moved == Moved(False, kim.id, "meeting")


@pytest.mark.parametrize(("kind", "reason"), [("saved", None), ("pass", "known")])
def test_saving_somebody_or_knowing_them_is_no_word_on_their_work(
    session: Session, me: Profile, people: dict[str, Profile], kind: str, reason: str | None
) -> None:
    _say(session, me, people["photon one"], kind, reason)
    assert _lessons(session, me) == []


def test_nothing_is_learned_from_somebody_who_may_not_be_shown_any_more(
    session: Session, me: Profile, people: dict[str, Profile]
) -> None:
    kim = people["photon one"]
    _say(session, me, kim, "interested")
    session.add(Exclusion(profile_id=kim.id, other_id=me.id, created_at=NOW))
    session.commit()
    assert _lessons(session, me) == []
    assert all(item.moved is None for item in _list(session, me).values())


def test_a_filter_does_not_change_what_was_learned(
    session: Session, me: Profile, people: dict[str, Profile]
) -> None:
    people["photon two"].career_stage = "postdoc"
    session.add(people["photon two"])
    session.commit()
    _say(session, me, people["photon one"], "interested")
    assert _list(session, me)[people["photon two"].id].moved is not None
