"""What people say of those who are suggested to them, one file for each part of it."""

from web.routes.reactions import (  # noqa: F401 - each hangs its pages on the blueprint
    lists,
    ordering,
    saying,
    widening,
)
from web.routes.reactions.base import blueprint

__all__ = ["blueprint"]
