"""The administrator's pages, one file for each subject; organisers see the requests too."""

from web.routes.admin import (  # noqa: F401 - each hangs its pages on the blueprint
    accounts,
    desk,
    fields,
    mails,
    requests,
    roles,
    topics,
)
from web.routes.admin.base import blueprint

__all__ = ["blueprint"]
