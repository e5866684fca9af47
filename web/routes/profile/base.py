"""What the pages of the profile share: the blueprint, whose profile it is, what is read of it."""

from dataclasses import dataclass

from flask import Blueprint, abort

from models import Profile
from services.encoding import stale
from services.jobs import worker_is_there
from services.profiles import own_profile
from web import jobs
from web.clock import now
from web.config import settings
from web.database import session
from web.login import account_id
from web.worker_hands import encoder_plan

blueprint = Blueprint("profile", __name__, url_prefix="/profile")


@dataclass(frozen=True)
class Reading:
    """How much of a profile's text the encoders have still to read, and whether anybody does."""

    waiting: int
    worker: bool


def find_own() -> Profile | None:
    """Find the profile of whoever is signed in."""
    return own_profile(session(), account_id())


def own() -> Profile:
    """Give the profile of whoever is signed in; without one, the page is not there."""
    found = find_own()
    if found is None:
        abort(404)
    return found


def reading(profile: Profile | None) -> Reading:
    """Tell whether a profile's text waits to be read."""
    if profile is None:
        return Reading(0, worker=True)
    waiting = stale(session(), encoder_plan(settings()), profile.id)
    return Reading(waiting, worker_is_there(session(), now()))


def commit(*, to_read: bool) -> None:
    """Commit, and wake the worker if there is something new to read."""
    session().commit()
    if to_read:
        jobs.wake_encoding()
