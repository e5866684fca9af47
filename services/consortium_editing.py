"""What a consortium is about: title, idea, size, and who may know of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from services.consortia import IDEA_LIMIT, LARGEST, TITLE_LIMIT
from services.consortium_access import Workspace, note
from services.profile_values import BadValue, plain_text, whole


@dataclass(frozen=True, slots=True)
class Frame:
    """Title, idea, how many members, and whether others who build for the call know of it."""

    title: str
    idea: str
    size_least: int
    size_most: int
    listed: bool


def set_frame(
    session: Session, at: Workspace, wish: Frame, now: datetime, *, actor_id: int
) -> None:
    """Say what the consortium is about.

    Raises
    ------
    BadValue
    """
    least = whole(wish.size_least, 2, LARGEST)
    most = whole(wish.size_most, 2, LARGEST)
    if least > most:
        raise BadValue("least-above-most", least=least, most=most)
    clean = {
        "title": plain_text(wish.title, TITLE_LIMIT),
        "idea": plain_text(wish.idea, IDEA_LIMIT),
        "size_least": least,
        "size_most": most,
        "listed": wish.listed,
    }
    before = {name: getattr(at.consortium, name) for name in clean}
    changed = [name for name in clean if before[name] != clean[name]]
    if not changed:
        return
    for name in changed:
        setattr(at.consortium, name, clean[name])
    told = [name for name in changed if name not in ("title", "idea")]
    after: dict[str, object] = {name: clean[name] for name in told}
    after |= {"texts": [name for name in changed if name in ("title", "idea")]}
    note(
        session,
        at,
        "changed",
        now,
        actor_id=actor_id,
        before={name: before[name] for name in told},
        after=after,
    )
