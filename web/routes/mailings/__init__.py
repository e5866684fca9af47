"""The pages of mailings, one file for each part of them."""

from web.routes.mailings import (  # noqa: F401 - each hangs its pages on the blueprint
    addresses,
    previewing,
    reading,
    sending,
    writing,
)
from web.routes.mailings.base import blueprint

__all__ = ["blueprint"]
