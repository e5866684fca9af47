"""A match list of any length is written in pieces, in little memory."""

import tracemalloc
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from matchmaking.export import ListedMeeting, ListedPerson, Match, MatchedPerson, MatchList
from matchmaking.export_columns import USUAL
from models import Edition
from web.locale import speaking
from web.match_list_file import TYPES, list_pieces

AT = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
MEGABYTE = 1 << 20


def long_list(count: int) -> MatchList:
    left = [
        ListedPerson(MatchedPerson(f"eu-{n}", f"Jana Nováková {n}", "", "TU Dresden", "DE"))
        for n in range(500)
    ]
    right = [
        ListedPerson(MatchedPerson(f"kr-{n}", f"Kim Na-rae {n}", "김나래", "KAIST", "KR"))
        for n in range(500)
    ]
    end = AT + timedelta(minutes=20)
    matches = (
        Match(
            left[n % 500],
            right[n * 7 % 500],
            0.5,
            "good",
            ListedMeeting(n, f"m{n}", 0, "accepted", AT, end, n % 20, AT),
        )
        for n in range(count)
    )
    return MatchList("big", 1, AT, ("Europe/Brussels", "Asia/Seoul"), tuple(matches))


def peak(app: Flask, kind: str, count: int) -> int:
    """Write a list of so many pairs, and tell how much memory it took at most."""
    moments: dict[str, Any] = dict.fromkeys(
        ("opens_at", "closes_at", "starts_at", "ends_at", "created_at"), AT
    )
    edition = Edition(id=1, slug="big", name_en="Big", **moments)
    matches = long_list(count)
    with app.app_context(), speaking("en"):
        for _piece in list_pieces(kind, long_list(10), edition, USUAL):
            pass
        tracemalloc.start()
        for _piece in list_pieces(kind, matches, edition, USUAL):
            pass
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return found


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_a_list_takes_little_memory(app: Flask, kind: str) -> None:
    assert peak(app, kind, 300) < 8 * MEGABYTE


@pytest.mark.slow
@pytest.mark.parametrize("kind", sorted(TYPES))
def test_a_list_of_fifty_thousand_pairs_takes_hardly_more(app: Flask, kind: str) -> None:
    assert peak(app, kind, 50_000) < 60 * MEGABYTE
