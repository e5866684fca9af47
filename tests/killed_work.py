"""The kinds of work that are killed: what is there before, who does it, and what comes of it."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, select

from matchmaking.encoder_plan import DEFAULT_PLAN
from models import (
    AuditEntry,
    Mail,
    Mailing,
    Meeting,
    Pairing,
    Participation,
    Passage,
    PassageVector,
    Profile,
    RegistrantFile,
    RegistrantFileContent,
    Round,
)
from services.encoding import stale, write_all_passages
from services.mailing_progress import progress_of
from services.mailing_sending import send_mailing
from services.registrant_files import ask_to_take
from services.registrant_upload import Upload, receive
from services.round_parameters import RoundParameters
from services.rounds import request_round
from tests.conftest import NOW
from tests.services.meeting_example import MeetingExample
from tests.services.test_round_schedule import done_round
from tests.word_encoder import encode_everybody

EACH_SIDE = 12
_WORDS = ("quantum", "photon", "chip", "memory", "sensor", "laser", "bonding", "neuromorphic")


@dataclass
class Kind:
    """A kind of work: what is there before, the command or the worker, its end, what came of it."""

    prepare: Callable[[MeetingExample], None]
    outcome: Callable[[Session], Any]
    command: tuple[str, ...] = ()
    done: Callable[[Session], bool] = field(default=lambda _session: False)


def registrants() -> str:
    rows = ["id,name,country,research"]
    for number in range(60):
        country = "KR" if number % 2 else "DE"
        rows.append(f"p{number},Person {number},{country},Chip {number}.")
    return "\n".join(rows)


def people(example: MeetingExample) -> None:
    """Half of them have accounts and want mails, the others were imported."""
    some = random.Random(7)  # noqa: S311 - the same people every time
    for number in range(2 * EACH_SIDE):
        country = "KR" if number % 2 else "DE"
        text = " ".join(some.sample(_WORDS, 4))
        if number % 4 < 2:
            example.person(country, research=f"{text} {number}.")
        else:
            example.make.profile(
                example.edition,
                country=country,
                research=f"{text} {number}.",
                email=f"imported{number}@example.org",
            )
    write_all_passages(example.make.session, example.make.session.exec(select(Profile)).all())
    example.make.session.commit()


def queue_round(example: MeetingExample) -> None:
    people(example)
    encode_everybody(example.make.session)
    parameters = RoundParameters(least=1, most=3)
    request_round(example.make.session, example.edition, parameters, NOW)
    example.make.session.commit()


def finish_round(example: MeetingExample) -> None:
    people(example)
    everybody = example.make.session.exec(select(Profile).order_by("id")).all()
    left, right = everybody[::2], everybody[1::2]
    done_round(example, *((left[n], right[(n + k) % len(right)]) for n in range(8) for k in (0, 1)))


def queue_mailing(example: MeetingExample) -> None:
    people(example)
    row = example.make.mailing(example.edition)
    send_mailing(example.make.session, row, NOW)
    example.make.session.commit()


def imported(session: Session) -> Any:
    rows = session.exec(select(Profile.source_key, Profile.name, Profile.research)).all()
    places = session.exec(select(Participation.profile_id)).all()
    passages = session.exec(select(Passage.profile_id, Passage.text)).all()
    return sorted(rows), len(places), len(set(places)), len(passages)


def queue_file(example: MeetingExample) -> None:
    """Let an organiser have said yes to a file that was checked, too large for a request."""
    session = example.make.session
    upload = Upload("people.csv", registrants().encode())
    row = receive(session, example.edition, upload, example.make.account("organiser").id, NOW)
    row.state, row.report = "checked", {"errors": []}
    ask_to_take(session, row)
    session.commit()


def taken_in(session: Session) -> Any:
    """Read who is in, and that the file's content went with it."""
    files = session.exec(select(RegistrantFile.state)).all()
    contents = session.exec(select(RegistrantFileContent.file_id)).all()
    acts = session.exec(select(AuditEntry.act).where(AuditEntry.subject == "registrant")).all()
    return imported(session), files, contents, acts


def encoded(session: Session) -> Any:
    rows = session.exec(
        select(PassageVector.passage_id, PassageVector.encoder, PassageVector.vector)
    ).all()
    return sorted(rows)


def paired(session: Session) -> Any:
    rounds = session.exec(select(Round.number, Round.state, Round.total)).all()
    pairs = session.exec(select(Pairing.left_id, Pairing.right_id, Pairing.score)).all()
    return rounds, sorted(pairs)


def scheduled(session: Session) -> Any:
    rows = session.exec(
        select(Meeting.left_id, Meeting.right_id, Meeting.starts_at, Meeting.state)
    ).all()
    return sorted(rows), Counter(session.exec(select(Mail.recipient)))


def mailed(session: Session) -> Any:
    row = session.exec(select(Mailing)).one()
    return row.state, dict(progress_of(session, row).counts)


def mailing_is_over(session: Session) -> bool:
    return session.exec(select(Mailing.state)).one() == "done"


def file_is_taken_in(session: Session) -> bool:
    return session.exec(select(RegistrantFile.state)).one() == "done"


def round_is_over(session: Session) -> bool:
    return session.exec(select(Round.state)).one() not in ("queued", "running")


WORK = {
    "import": Kind(lambda _example: None, imported, ("import", "profiles", "people.csv")),
    "file": Kind(queue_file, taken_in, done=file_is_taken_in),
    "encoding": Kind(people, encoded, done=lambda session: not stale(session, DEFAULT_PLAN)),
    "round": Kind(queue_round, paired, done=round_is_over),
    "schedule": Kind(finish_round, scheduled, ("schedule",)),
    "mailing": Kind(queue_mailing, mailed, done=mailing_is_over),
}
