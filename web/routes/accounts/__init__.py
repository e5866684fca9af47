"""The pages of accounts, one file for each part of their life."""

from web.routes.accounts import (  # noqa: F401 - each hangs its pages on the blueprint
    credentials,
    leaving,
    moving,
    orcid,
    orcid_linking,
    passwords,
    registration,
    settings,
    sign_in,
)
from web.routes.accounts.base import blueprint

__all__ = ["blueprint"]
