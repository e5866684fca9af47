"""Sessions as participants meet them: the programme, one session, and the place in it."""

from web.routes.sessions import programme, showing, signing_up
from web.routes.sessions.base import blueprint

__all__ = ["blueprint", "programme", "showing", "signing_up"]
