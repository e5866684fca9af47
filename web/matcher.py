"""The matcher's memory of this process, and the question it puts to the worker."""

from flask import Flask, current_app

from matchmaking.passages import normalised
from services.idea_search import idea_asker
from services.jobs import worker_is_there
from services.matcher_cache import MatcherCache
from services.suggestions import Asker
from web.clock import now
from web.database import session
from web.jobs import queues
from web.matcher_warming import Warming


def cache() -> MatcherCache:
    """Give the cache of the sides of all editions."""
    found: MatcherCache = current_app.extensions["matcher"]
    return found


def idea(text: str) -> Asker | None:
    """Have an idea encoded; None when no worker is there, or none answers within a second."""
    if not worker_is_there(session(), now()):
        return None
    answer = queues().ask(normalised(text))
    return idea_asker(text, dict(answer.vectors)) if answer else None


def init_app(app: Flask) -> None:
    """Begin with an empty memory; it fills with the first question."""
    app.extensions["matcher"] = MatcherCache(Warming(app))
