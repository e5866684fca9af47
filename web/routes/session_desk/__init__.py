"""Sessions at the organisers' desk: written, changed, cancelled, and who comes."""

from web.routes.session_desk import reading, writing
from web.routes.session_desk.base import blueprint

__all__ = ["blueprint", "reading", "writing"]
