"""Consortia: the list, the bench, the workspace, invitations."""

from web.routes.consortia import (
    answering,
    comparing,
    editing,
    exporting,
    founding,
    inviting,
    listing,
    members,
    merging,
    roles,
    seats,
    showing,
    teams,
    working,
)
from web.routes.consortia.answering import invitations
from web.routes.consortia.base import blueprint

__all__ = [
    "answering",
    "blueprint",
    "comparing",
    "editing",
    "exporting",
    "founding",
    "invitations",
    "inviting",
    "listing",
    "members",
    "merging",
    "roles",
    "seats",
    "showing",
    "teams",
    "working",
]
