"""A session in the first slots of an edition with a programme."""

from datetime import datetime, timedelta
from typing import Any

from models import EditionSession, Profile, SessionPlace
from services.mail import Letter, Written
from services.session_places import sign_up
from services.sessions import SessionDraft, create_session
from tests.services.meeting_example import MINUTES, MeetingExample


class Scribe:
    """Writes letters down instead of putting them into words."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []

    def __call__(self, letter: Letter) -> Written:
        self.letters.append(letter)
        return Written(letter.kind, letter.facts.get("start", "-"))

    @property
    def told(self) -> list[tuple[str, str]]:
        return [(letter.kind, letter.recipient) for letter in self.letters]


def draft(example: MeetingExample, **given: Any) -> SessionDraft:
    """Describe a workshop for one person that fills the first slot."""
    start: datetime = given.pop("starts_at", example.slot(0))
    values: dict[str, Any] = {
        "kind": "workshop",
        "title_en": "Chiplets by hand",
        "title_ko": "칩렛 실습",
        "text_en": "",
        "text_ko": "",
        "starts_at": start,
        "ends_at": start + timedelta(minutes=MINUTES),
        "place": "Room 2",
        "link": "",
        "capacity": 1,
        "sign_up_until": start,
        "audience": "all",
    }
    return SessionDraft(**values | given)


def workshop(example: MeetingExample, **given: Any) -> EditionSession:
    """Put a session into the programme."""
    session = example.make.session
    row = create_session(
        session, example.edition, draft(example, **given), example.make.now, actor_id=None
    )
    session.commit()
    return row


def signed_up(example: MeetingExample, row: EditionSession, who: Profile) -> SessionPlace:
    """Let somebody sign up."""
    session = example.make.session
    place = sign_up(session, row, example.place(who), example.make.now)
    session.commit()
    return place
