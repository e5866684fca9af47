"""The pages on an edition's matcher, one file for each thing that an organiser asks of it."""

from web.routes.matcher import (  # noqa: F401 - each hangs its pages on the blueprint
    exposure,
    good_pairs,
    overview,
    scale,
)
from web.routes.matcher.base import blueprint

__all__ = ["blueprint"]
