"""The schedule at the organisers' desk: the board, moving, planning, planning again."""

from web.routes.schedule import board, moving, planning, printing, replanning
from web.routes.schedule.base import blueprint

__all__ = ["blueprint", "board", "moving", "planning", "printing", "replanning"]
