"""Reads the people of an edition into the matcher's memory while pages are served."""

from threading import Lock, Thread

from flask import Flask

from models.database import reading
from models.edition import SIDES
from services.edition_calibration import calibration_of, weighing_of
from services.editions import OVER, editions, state_now
from services.matcher_cache import MatcherCache, SideCache
from services.participants import participant_ids
from web.database import engine


class Warming:
    """Reads one side of an edition after the other, in a thread that ends with them."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._lock = Lock()
        self._waiting: list[tuple[SideCache, int, str]] = []
        self._working = False

    def __call__(self, cache: SideCache, edition_id: int, side: str) -> None:
        """Have everybody of a side read; asking twice does no harm."""
        with self._lock:
            if not any(waiting[0] is cache for waiting in self._waiting):
                self._waiting.append((cache, edition_id, side))
            if self._working:
                return
            self._working = True
        Thread(target=self._work, name="matcher-warming", daemon=True).start()

    def _work(self) -> None:
        try:
            while (task := self._next()) is not None:
                with self._app.app_context():
                    self._read(*task)
        finally:
            with self._lock:
                self._working = False

    def _next(self) -> tuple[SideCache, int, str] | None:
        with self._lock:
            return self._waiting.pop(0) if self._waiting else None

    def _read(self, cache: SideCache, edition_id: int, side: str) -> None:
        there_are_more = True
        while there_are_more:
            with reading(engine())() as session:
                ids = participant_ids(session, edition_id, side)
                there_are_more = cache.warm(session, ids)


def warm(app: Flask) -> None:
    """Begin to read both sides of every edition that is not over; returns at once."""
    Thread(target=_begin, args=(app,), name="matcher-warming-start", daemon=True).start()


def _begin(app: Flask) -> None:
    cache: MatcherCache = app.extensions["matcher"]
    with app.app_context(), reading(engine())() as session:
        for edition in editions(session):
            if state_now(edition, app.extensions["clock"]()) != OVER:
                reads = calibration_of(edition), weighing_of(edition)
                for side in SIDES:
                    cache.side(edition.id, side, *reads).fetch()
