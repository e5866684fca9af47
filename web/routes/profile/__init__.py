"""The pages of one's own profile, one file for each part of it."""

from web.routes.profile import (  # noqa: F401 - each hangs its pages on the blueprint
    claims,
    importing,
    overview,
    publications,
    showing,
    steps,
    unwanted,
)
from web.routes.profile.base import blueprint

__all__ = ["blueprint"]
