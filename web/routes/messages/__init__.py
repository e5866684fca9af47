"""The pages of messages, one file for each part of them."""

from web.routes.messages import (  # noqa: F401 - each hangs its pages on the blueprint
    guarding,
    reading,
    reports,
    writing,
)
from web.routes.messages.base import blueprint

__all__ = ["blueprint"]
