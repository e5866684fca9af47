"""Meetings: what a person has before and behind them, and every act on it."""

from web.routes.meetings import (
    after,
    answering,
    calendar,
    feed,
    listing,
    proposing,
    times,
)
from web.routes.meetings.base import blueprint

__all__ = ["after", "answering", "blueprint", "calendar", "feed", "listing", "proposing", "times"]
