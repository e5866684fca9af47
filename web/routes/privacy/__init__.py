"""The pages on which a person is master of what is kept: who sees what, consents, everything."""

from web.routes.privacy import (  # noqa: F401 - each hangs its pages on the blueprint
    agreeing,
    overview,
    showing,
    taking,
)
from web.routes.privacy.base import blueprint

__all__ = ["blueprint"]
