"""The roles of a proposal, as its text lists them or as its sentences say them.

Public: ``SoughtRole``, ``roles_in(text)``, ``read_role(encoders, text)``, ``sought(text, vectors)``
and ``call_roles(call)``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlmodel import Session, col, select

from matchmaking.affinity_side import EncodedPerson
from models import Call, WantedRole
from services.errors import ServiceError
from services.idea_search import idea_asker
from services.shared_encoders import SharedEncoders
from services.suggestions import Asker

MOST_ROLES = 8
TEXT_LIMIT = 20_000
_BULLET = re.compile(r"^\s*(?:[-*+•·‣▪○●◦–—]|\(?\d{1,2}[.)]|[가-하][.)])\s+(?P<text>\S.*)$")
_END = re.compile(r"(?<=[.!?。])\s+|\s*\n\s*")
_SHORTEST = 8


class NoRoles(ServiceError):
    """A text in which nothing says who is needed."""

    code = "no-roles"


@dataclass(frozen=True, slots=True)
class SoughtRole:
    """A role that a team is to cover.

    Parameters
    ----------
    text
        What it says, English or Korean.
    asker
        The same with vectors, as ``sought`` and stored roles give it.
    weight
        How much it counts, above 0.
    side, organisation_type
        Who may take it; None for anybody.
    """

    text: str
    asker: Asker
    weight: float = 1.0
    side: str | None = None
    organisation_type: str | None = None

    @property
    def encoded(self) -> EncodedPerson:
        """Its passages with vectors."""
        return self.asker.encoded


def roles_in(text: str) -> tuple[str, ...]:
    """Take the roles out of a text: the points of its list, or its sentences.

    A list of two points or more is taken as it is, and what stands around it is left out. Of more
    than eight, neighbours are put together, so that nothing is dropped.

    Raises
    ------
    NoRoles
        When there is no sentence.
    """
    text = text[:TEXT_LIMIT]
    points = [match["text"] for line in text.splitlines() if (match := _BULLET.match(line))]
    parts = points if len(points) > 1 else _END.split(text)
    clean = [" ".join(part.split()) for part in parts]
    roles = [part for part in dict.fromkeys(clean) if len(part) >= _SHORTEST]
    if not roles:
        raise NoRoles("The text names no role: write a list of what is needed, a line each.")
    return tuple(_put_together(roles))


def sought(text: str, vectors: Mapping[str, bytes]) -> SoughtRole:
    """Make a role of a text that was encoded just now.

    Parameters
    ----------
    vectors
        By encoder: little-endian float32, unit length (``web.jobs.queues().ask``).
    """
    return SoughtRole(text, idea_asker(text, vectors))


def read_role(encoders: SharedEncoders, text: str) -> SoughtRole:
    """Make a role of a text, and have it encoded, ahead of long work."""
    rows = encoders.encode_question(text)
    return sought(text, {name: row[0].astype("<f4").tobytes() for name, row in rows.items()})


def call_roles(session: Session, call: Call, profile_id: int | None) -> Sequence[str]:
    """List what a call needs: the roles that somebody looks for there, or what its text says.

    Raises
    ------
    NoRoles
    """
    if profile_id is not None:
        query = select(WantedRole.text).where(
            WantedRole.call_id == call.id, WantedRole.profile_id == profile_id
        )
        wanted = session.exec(query.order_by(col(WantedRole.position))).all()
        if wanted:
            return wanted
    return roles_in("\n".join([call.text_en or call.text_ko, *call.topics]))


def _put_together(roles: Sequence[str]) -> list[str]:
    """Join neighbours until there are eight at most, in parts of about equal number."""
    count = min(len(roles), MOST_ROLES)
    borders = [round(number * len(roles) / count) for number in range(count + 1)]
    return [" ".join(roles[low:high]) for low, high in pairwise(borders)]
