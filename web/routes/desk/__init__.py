"""The organiser's desk: what belongs to an edition as a whole, one file for each part of it."""

from web.routes.desk import (  # noqa: F401 - each hangs its pages on the blueprint
    audit,
    cloning,
    deleting,
    founding,
    parts,
    states,
)
from web.routes.desk.base import blueprint

__all__ = ["blueprint"]
