"""What the kept one of two profiles takes from the other: only where it says nothing itself."""

from typing import Any

from sqlmodel import Session

from models import Profile
from services.profile_content import Content, contents
from services.publications_replacing import joined

_OWNERS = frozenset({"email", "phone", "gender", "exclude"})
"""What somebody with an account says of themselves only, or is moved row by row."""


def gaps(session: Session, kept: Profile, gone: Profile) -> dict[str, Any]:
    """Give the values to write into the kept profile, by field; publications are put together."""
    both = contents(session, [kept, gone])
    mine, theirs = both[kept.id], both[gone.id]
    closed = set(kept.edited_fields) | {"exclude"}
    if kept.account_id is not None:
        closed |= _OWNERS
    found = {
        name: value
        for name, value in theirs.items()
        if value and not mine[name] and name not in closed
    }
    _with_organisation(found, mine, theirs)
    if theirs["publications"] and "publications" not in closed:
        found["publications"] = joined(mine["publications"], theirs["publications"])
    return found


def _with_organisation(found: dict[str, Any], mine: Content, theirs: Content) -> None:
    """Take an organisation whole or not at all: its name, what it is, and which it is."""
    if mine["organisation"]:
        found.pop("organisation_id", None)
    elif "organisation" in found:
        found["organisation_id"] = theirs["organisation_id"]
