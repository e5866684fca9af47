"""What the worker does in each lane, and how it answers a question.

Everything here finds its work in the tables, because it is called at the worker's start and once a
minute whether somebody sent a message or not.
"""

from collections.abc import Callable
from functools import wraps
from threading import Lock

from flask import Flask

from matchmaking.encoder_plan import EncoderPlan
from models.database import SessionMaker, make_sessions, reading
from services.call_texts import every_text
from services.edition_calibration import calibrate, uncalibrated
from services.editions import editions
from services.encoding_run import Progress, encode_stale
from services.landscape import draw_landscape
from services.matcher import make_judge
from services.matcher_cache import MatcherCache
from services.matcher_queue import run_matcher_work
from services.retention import forget_old
from services.round_queue import run_queued_rounds
from services.rounds import queued_rounds
from services.shared_encoders import SharedEncoders
from services.team_search import TeamWork, run_team_searches
from services.text_vectors import encode_texts
from web.bounces import read_bounces
from web.clock import now
from web.config import Settings, settings
from web.consortium_mails import end_invitations
from web.database import engine
from web.erasing import forget_old_pages
from web.jobs import Hands, TextVectors
from web.mail_delivery import deliver_mails
from web.mailing_work import spread
from web.meeting_mails import write_about_meetings
from web.registrant_work import work_for_registrants
from web.schedule_printing import print_schedules

Stopping = Callable[[], bool]


def encoder_plan(settings: Settings) -> EncoderPlan:
    """Give the encoders that this installation is set to; one name for both reads everything."""
    every = settings.encoder_multilingual
    english = "" if settings.encoder_english == every else settings.encoder_english
    return EncoderPlan(english, every)


def hands(app: Flask, encoders: SharedEncoders, stopping: Stopping) -> Hands:
    """Say what is done in each lane. This is the table to add to, with ``web.jobs.LANES``."""

    def lane(work: Callable[[SessionMaker], object]) -> Callable[[], None]:
        @wraps(work)
        def act() -> None:
            with app.app_context():
                work(make_sessions(engine()))

        return act

    # Two lanes may want to encode; twice the same at once would only take twice as long.
    at_the_encoders = Lock()

    def read(sessions: SessionMaker) -> None:
        with at_the_encoders:
            encode(sessions, encoders, stopping)

    def pair(sessions: SessionMaker) -> None:
        with sessions() as session:
            waiting = queued_rounds(session, now())
            session.commit()
        if waiting:
            read(sessions)  # a round is of everything that people wrote until now
        run_queued_rounds(sessions, now, make_judge, stopping)

    return Hands(
        lanes={
            "encoding": lane(read),
            "mail": lane(lambda _sessions: deliver_mails(stopping)),
            "mailings": lane(lambda sessions: spread(sessions, stopping)),
            "bounces": lane(read_bounces),
            "rounds": lane(pair),
            "meetings": lane(write_about_meetings),
            "teams": lane(end_invitations),
            "proposals": lane(proposing(encoders, stopping)),
            "retention": lane(forget),
            "registrants": lane(lambda sessions: work_for_registrants(sessions, stopping)),
            "prints": lane(print_schedules),
            "matcher": lane(
                lambda sessions: run_matcher_work(sessions, now, encoders, stopping),
            ),
        },
        answer=lambda text: answer(encoders, text),
    )


def proposing(encoders: SharedEncoders, stopping: Stopping) -> Callable[[SessionMaker], int]:
    """Make the forming of whole teams; people are kept ready to compare between two askings."""
    compared = MatcherCache()

    def propose(sessions: SessionMaker) -> int:
        work = TeamWork(sessions, reading(engine()), now, encoders, compared)
        return run_team_searches(work, stopping)

    return propose


def forget(sessions: SessionMaker) -> None:
    """Delete what is kept no longer than it is needed; empty the database's log of old rows."""
    with sessions() as session:
        forget_old(session, settings().unconfirmed_days, now())
        session.commit()
    forget_old_pages(engine())


def answer(encoders: SharedEncoders, text: str) -> TextVectors:
    """Encode a search text."""
    vectors = encoders.encode_question(text)
    return TextVectors(
        tuple((name, rows[0].astype("<f4").tobytes()) for name, rows in vectors.items())
    )


def encode(
    sessions: SessionMaker,
    encoders: SharedEncoders,
    stopping: Stopping = lambda: False,
    progress: Progress = lambda _done, _of: None,
) -> int:
    """Encode what is stale, then bring up to date what hangs on it; return how many passages.

    Calls and the roles sought for them are read too. An edition gets a scale of its own when the
    encoders are not those that its scale is for, and the front page's picture is drawn again.
    """
    count = encode_stale(sessions, encoders, now, progress=progress, cancelled=stopping)
    encode_texts(sessions, encoders, every_text, stopping)
    with sessions() as session:
        for edition in uncalibrated(session, encoders.plan):
            calibrate(session, edition, encoders)
        for edition in editions(session):
            if count or not edition.landscape:
                draw_landscape(session, edition, encoders.plan.every)
        session.commit()
    return count
