"""Sign-in with ORCID: OpenID Connect with PKCE, a state and a nonce.

No token is kept: of the whole exchange only the iD remains, in the visitor's own cookie until it is
linked to an account.
"""

import logging
from dataclasses import dataclass
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.base_client import MismatchingStateError
from authlib.integrations.flask_client import OAuth
from flask import Flask, current_app
from flask import session as cookie
from flask.typing import ResponseReturnValue
from joserfc.errors import JoseError

from services.errors import ServiceError
from services.profile_values import BadValue, orcid
from web.clock import now
from web.config import Settings

_SECONDS = 8
_PENDING = "orcid"
_LASTS = 3600
_STATE = "_state_orcid_"

# It writes secrets of the exchange at the level of debugging.
logging.getLogger("authlib").setLevel(logging.WARNING)


class OrcidTrouble(ServiceError):
    """Signing in with ORCID did not come to an end; ``code`` says why.

    ``orcid-denied``, ``orcid-replayed`` (a link that was used or is of another browser),
    ``orcid-silent`` (no answer), ``orcid-strange`` (an answer that proves nothing).
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Someone:
    """As whom this browser signed in at ORCID; ``authenticated_at`` in seconds, 0 if not told."""

    subject: str
    name: str
    authenticated_at: int = 0


def is_offered() -> bool:
    """Tell whether this installation is known to ORCID."""
    return "orcid_client" in current_app.extensions


def begin(callback: str, *, afresh: bool = False) -> ResponseReturnValue:
    """Send the browser to ORCID; ``afresh``: to sign in there even if somebody is signed in.

    Raises
    ------
    OrcidTrouble
    """
    # A cookie is small: of the attempts that were broken off, none is of use.
    for key in [key for key in cookie if key.startswith(_STATE)]:
        cookie.pop(key)
    try:
        more = {"prompt": "login"} if afresh else {}
        answer: ResponseReturnValue = _client().authorize_redirect(callback, **more)
    except (requests.RequestException, AuthlibBaseError, ValueError, RuntimeError):
        raise OrcidTrouble("orcid-silent") from None
    return answer


def finish() -> Someone:
    """Read who came back from ORCID; every way back works once.

    Raises
    ------
    OrcidTrouble
    """
    try:
        token = _client().authorize_access_token()
    except MismatchingStateError:
        raise OrcidTrouble("orcid-replayed") from None
    except AuthlibBaseError as error:
        denied = getattr(error, "error", "") == "access_denied"
        raise OrcidTrouble("orcid-denied" if denied else "orcid-strange") from None
    except requests.RequestException:
        raise OrcidTrouble("orcid-silent") from None
    except (JoseError, ValueError, KeyError, TypeError, RuntimeError):
        raise OrcidTrouble("orcid-strange") from None
    return _someone(token.get("userinfo") or {})


def remember(someone: Someone) -> None:
    """Keep in the cookie as whom this browser signed in, until it is linked to an account."""
    cookie[_PENDING] = [someone.subject, someone.name, int(now().timestamp())]


def pending() -> Someone | None:
    """Give as whom this browser signed in at ORCID within the last hour."""
    subject, name, since = cookie.get(_PENDING, ("", "", 0))
    if not subject or now().timestamp() - since > _LASTS:
        return None
    return Someone(subject, name)


def forget() -> None:
    """Forget as whom this browser signed in."""
    cookie.pop(_PENDING, None)


def _someone(claims: dict[str, object]) -> Someone:
    try:
        subject = orcid(str(claims.get("sub") or ""))
    except BadValue:
        subject = None
    if subject is None:
        raise OrcidTrouble("orcid-strange")
    names = (str(claims.get(part) or "") for part in ("given_name", "family_name"))
    moment = claims.get("auth_time")
    since = moment if isinstance(moment, int) else 0
    return Someone(subject, " ".join(name for name in names if name)[:200], since)


def _client() -> Any:  # noqa: ANN401 - authlib is not typed
    return current_app.extensions["orcid_client"]


def init_app(app: Flask) -> None:
    """Make this installation's client at ORCID, if it is set up."""
    app.jinja_env.globals["orcid_is_offered"] = is_offered
    chosen: Settings = app.extensions["settings"]
    if not (chosen.orcid_client_id and chosen.orcid_client_secret):
        return
    app.extensions["orcid_client"] = OAuth(app).register(
        "orcid",
        client_id=chosen.orcid_client_id,
        client_secret=chosen.orcid_client_secret,
        server_metadata_url=f"{chosen.orcid_issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid",
            "code_challenge_method": "S256",
            "token_endpoint_auth_method": "client_secret_post",
            "default_timeout": _SECONDS,
        },
    )
