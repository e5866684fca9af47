"""The worker: the one process that loads the encoders and does the long work.

What it does is in ``worker_hands``; here is how it lives: it starts, says every few seconds that it
is there, looks once a minute for work that a lost message would have announced, and stops.
"""

import logging
import os
import signal
import sys
import threading
from collections.abc import Sequence
from types import FrameType

from flask import Flask
from huey.consumer import Consumer

from models.database import SessionMaker, make_sessions
from services.jobs import BEAT_EVERY, beat
from services.mail_delivery import release_claims
from services.shared_encoders import SharedEncoders
from web.clock import now
from web.database import engine
from web.jobs import LANES, Queues, queues
from web.worker_hands import hands

SWEEP_SECONDS = 60
STOP_SECONDS = 5
_log = logging.getLogger(__name__)


def run(app: Flask, encoders: SharedEncoders) -> None:
    """Work until SIGTERM or SIGINT; what is not finished by then is found again at the next start.

    Parameters
    ----------
    encoders
        Those that this installation is set to; they are loaded before anything else.

    Raises
    ------
    EncoderMissing
        When an encoder is not there: a worker that cannot read is of no use.
    """
    stop = _stop_on_signals()
    encoders.load_all()
    with app.app_context():
        waiting = queues()
        waiting.hands = hands(app, encoders, stop.is_set)
        sessions = make_sessions(engine())
        with sessions() as session:
            release_claims(session)
            session.commit()
        consumers = _consumers(waiting)
        for consumer in consumers:
            consumer.start()
        _log.info("the worker is ready")
        _keep_going(waiting, sessions, consumers, stop)
    _leave(consumers)


class _Consumer(Consumer):
    """One of several in this process, which takes its signals itself."""

    def _set_signal_handlers(self) -> None:
        return


def _stop_on_signals() -> threading.Event:
    stop = threading.Event()

    def ask_to_stop(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask_to_stop)
    signal.signal(signal.SIGINT, ask_to_stop)
    return stop


def _consumers(waiting: Queues) -> list[_Consumer]:
    """Make one consumer for each queue; questions are looked for every 20 to 50 ms."""
    pace = {"workers": 1, "periodic": False, "scheduler_interval": 60}
    quick = _Consumer(waiting.questions, initial_delay=0.02, max_delay=0.05, **pace)
    slow = [
        _Consumer(waiting.lanes[name], initial_delay=0.1, max_delay=0.5, **pace) for name in LANES
    ]
    return [quick, *slow]


def _keep_going(
    waiting: Queues,
    sessions: SessionMaker,
    consumers: Sequence[Consumer],
    stop: threading.Event,
) -> None:
    """Say every few seconds that the worker is there; look for forgotten work once a minute."""
    pause = BEAT_EVERY.total_seconds()
    beats = 0
    while not stop.is_set():
        try:
            if beats % round(SWEEP_SECONDS / pause) == 0:
                for lane in LANES:
                    waiting.wake(lane)
            with sessions() as session:
                beat(session, now())
                session.commit()
            for consumer in consumers:
                consumer.check_worker_health()
        except Exception:  # a database that is away for a moment must not end the worker
            _log.exception("the worker could not say that it is there; it tries again")
        beats += 1
        stop.wait(pause)


def _leave(consumers: Sequence[Consumer]) -> None:
    for consumer in consumers:
        consumer.stop_flag.set()
    for consumer in consumers:
        for _worker, thread in consumer.worker_threads:
            thread.join(STOP_SECONDS)
    alive = any(
        thread.is_alive() for consumer in consumers for _w, thread in consumer.worker_threads
    )
    _log.info(
        "the worker stops%s", "; what it was at is taken up at the next start" if alive else ""
    )
    if alive:
        # A thread inside of native code cannot be stopped, and would crash a normal exit.
        sys.stderr.flush()
        os._exit(0)
