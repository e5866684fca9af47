"""Who sees which part, page by page: one person with a mark in each part, read by everybody."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient
from sqlmodel import Session

from models import Account, Edition, Profile, Publication, Reaction
from services.visibility_parts import PARTS, set_levels
from tests.factories import Factory
from tests.word_encoder import encode_everybody

SignIn = Callable[[Account], FlaskClient]

# What stands in each part of the person, and nowhere else on any page.
MARKS = {
    "identity": ("Zyxname", "Zyxhouse"),
    "research": ("zyxresearch",),
    "publications": ("Zyxpaper",),
    "exchange": ("zyxoffer", "zyxneed"),
    "topics": ("zyxtopic",),
    "career": ("Zyxlanguage",),
}
# Who sees a part of each level.
SEEING = {
    "nobody": set(),
    "organisers": {"organiser"},
    "matches": {"organiser", "match"},
    "participants": {"organiser", "match", "participant"},
}
EVERYBODY = ("stranger", "participant", "match", "organiser")
PAGES = ("/people/{id}", "/suggestions/", "/suggestions/?idea=laser+quantum", "/meetings/")


@dataclass
class Forum:
    """The person, and an account of each kind of reader."""

    person: Profile
    readers: dict[str, Account]


@pytest.fixture
def forum(session: Session, make: Factory) -> Forum:
    edition = make.edition()
    person = make.profile(
        edition,
        country="KR",
        visibility="signed-in",
        name="Zyxname",
        organisation_name="Zyxhouse",
        research="quantum laser zyxresearch",
        offers=["laser zyxoffer"],
        needs=["quantum zyxneed"],
        topics=["zyxtopic"],
        languages=["Zyxlanguage"],
    )
    session.add(Publication(profile_id=person.id, title="Zyxpaper on quantum laser"))
    readers = {"organiser": make.account("organiser")}
    for name in ("stranger", "participant", "match"):
        account = readers[name] = make.account()
        place = None if name == "stranger" else edition
        texts = {"research": "quantum laser", "needs": ["laser"], "offers": ["quantum"]}
        mine = make.profile(place, account_id=account.id, **texts)
        if name == "match":
            _match(session, edition, mine, person)
    encode_everybody(session)
    return Forum(person, readers)


def _match(session: Session, edition: Edition, one: Profile, other: Profile) -> None:
    session.add_all(
        Reaction(
            edition_id=edition.id,
            profile_id=a.id,
            other_id=b.id,
            kind="interested",
            made_at=edition.created_at,
        )
        for a, b in ((one, other), (other, one))
    )
    session.commit()


def _read(client: FlaskClient, person: Profile) -> str:
    found = (client.get(page.format(id=person.id), follow_redirects=True) for page in PAGES)
    return "\n".join(answer.text for answer in found)


def _told(client: FlaskClient, person: Profile, part: str) -> list[str]:
    text = _read(client, person)
    return [mark for mark in MARKS[part] if mark in text]


@pytest.mark.parametrize("part", PARTS)
def test_no_page_tells_a_part_to_whom_it_is_hidden_from(
    session: Session, forum: Forum, sign_in: SignIn, part: str
) -> None:
    set_levels(session, forum.person, {part: "matches"})
    session.commit()
    for name in EVERYBODY:
        told = _told(sign_in(forum.readers[name]), forum.person, part)
        assert told == (list(MARKS[part]) if name in SEEING["matches"] else []), name


@pytest.mark.parametrize("level", SEEING)
def test_each_level_opens_every_part_to_the_readers_it_names(
    session: Session, forum: Forum, sign_in: SignIn, level: str
) -> None:
    hidden = [part for part in PARTS if part != "identity"]
    set_levels(session, forum.person, dict.fromkeys(hidden, level))
    session.commit()
    for name in EVERYBODY:
        text = _read(sign_in(forum.readers[name]), forum.person)
        told = {part for part in hidden for mark in MARKS[part] if mark in text}
        assert told == (set(hidden) if name in SEEING[level] else set()), name


def test_without_levels_everybody_who_sees_the_profile_sees_all_of_it(
    forum: Forum, sign_in: SignIn
) -> None:
    for name in EVERYBODY:
        text = _read(sign_in(forum.readers[name]), forum.person)
        assert [mark for marks in MARKS.values() for mark in marks if mark not in text] == [], name
