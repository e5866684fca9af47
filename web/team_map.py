"""A team on the map of the research landscape, as a page draws it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from models import Edition
from services.landscape import Point, landscape
from services.team_map import places_of
from services.visibility import Viewer

_BACKGROUND = 500
"""How many people stand behind the team: more would be a grey cloud, and a heavy page."""
_WIDTH, _HEIGHT, _MARGIN = 400.0, 320.0, 16.0
_APART = 26.0
_ROUNDS = 40


@dataclass(frozen=True, slots=True)
class Mark:
    """A member: number, where the mark is drawn, where they really stand, and who is nearest."""

    number: int
    profile_id: int
    side: str
    x: float
    y: float
    from_x: float
    from_y: float
    nearest: int | None


@dataclass(frozen=True, slots=True)
class TeamMap:
    """Some of everybody as points, and the team's members before them."""

    points: tuple[Point, ...]
    marks: tuple[Mark, ...]


def maps_of(
    session: Session,
    edition: Edition,
    viewer: Viewer,
    teams: Sequence[Mapping[int, str]],
) -> list[TeamMap]:
    """Draw teams on the same map; one query.

    Parameters
    ----------
    teams
        The side of each member by profile id, in the order in which they are numbered.
    """
    places = places_of(session, edition, viewer, {one for team in teams for one in team})
    everybody = landscape(edition)
    # Every n-th, so that the picture is the same each time.
    behind = tuple(everybody[:: 1 + len(everybody) // _BACKGROUND])
    return [TeamMap(behind, _marks(team, places)) for team in teams]


def _marks(team: Mapping[int, str], places: Mapping[int, tuple[float, float]]) -> tuple[Mark, ...]:
    there = [
        (number, one, side) for number, (one, side) in enumerate(team.items(), 1) if one in places
    ]
    true = [_at(*places[one]) for _, one, _ in there]
    moved = spread(true)
    return tuple(
        Mark(number, one, side, *moved[n], *true[n], nearest=_nearest(n, true, there))
        for n, (number, one, side) in enumerate(there)
    )


def _at(x: float, y: float) -> tuple[float, float]:
    wide, high = _WIDTH - 2 * _MARGIN, _HEIGHT - 2 * _MARGIN
    return _MARGIN + x * wide, _MARGIN + y * high


def spread(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Move points that lie upon each other just so far apart that all can be read.

    Parameters
    ----------
    points
        In the units of the picture, 400 wide and 320 high; they stay within it.
    """
    found = [complex(*point) for point in points]
    for _ in range(_ROUNDS):
        quiet = True
        for one in range(len(found)):
            for other in range(one):
                apart = found[one] - found[other]
                if abs(apart) >= _APART:
                    continue
                quiet = False
                # Two in one place part along a direction of their own.
                way = apart / abs(apart) if abs(apart) > 1e-6 else complex(1, one - other)
                step = way / abs(way) * (_APART - abs(apart)) / 2
                found[one], found[other] = _inside(found[one] + step), _inside(found[other] - step)
        if quiet:
            break
    return [(round(point.real, 1), round(point.imag, 1)) for point in found]


def _inside(point: complex) -> complex:
    return complex(
        min(max(point.real, _MARGIN), _WIDTH - _MARGIN),
        min(max(point.imag, _MARGIN), _HEIGHT - _MARGIN),
    )


def _nearest(
    place: int, true: Sequence[tuple[float, float]], there: Sequence[tuple[int, int, str]]
) -> int | None:
    """Give the profile id of whoever stands nearest in the team."""
    here = complex(*true[place])
    others = [(abs(complex(*point) - here), n) for n, point in enumerate(true) if n != place]
    return there[min(others)[1]][1] if others else None
