"""A form that was sent after its sign-in had ended: kept by the browser, signed by us, sent again.

Nothing is kept on the server. The page that asks to sign in carries what was typed, signed and with
a time; after signing in, it stands on a page with one button that sends it where it was meant for.
Only what this site's own page sent is kept: another site could otherwise plant a form.
"""

from dataclasses import dataclass

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue
from itsdangerous import BadData, URLSafeTimedSerializer

from web.forms.accounts import SignInForm

_SECONDS = 3600
_LONGEST = 400_000
_NEVER_KEPT = frozenset({"csrf_token", "password", "new_password"})


@dataclass(frozen=True)
class KeptForm:
    """Where a form was meant for, and what was typed, as (name, value)."""

    path: str
    values: tuple[tuple[str, str], ...]


def keep_form() -> str:
    """Sign what this request brought, to be sent again; empty when there is nothing to keep."""
    if request.method != "POST" or request.files or not _from_here():
        return ""
    values = [
        (name, value) for name, value in request.form.items(multi=True) if name not in _NEVER_KEPT
    ]
    if not values or sum(len(value) for _, value in values) > _LONGEST:
        return ""
    return str(_signer().dumps([request.full_path.rstrip("?"), values]))


def kept_form(text: str) -> KeptForm | None:
    """Read a form that was kept; None when it was not signed here, or lay for too long."""
    try:
        path, values = _signer().loads(text, max_age=_SECONDS)
    except BadData:
        return None
    return KeptForm(str(path), tuple((str(name), str(value)) for name, value in values))


def sign_in_to_send(kept: str) -> ResponseReturnValue:
    """Ask somebody to sign in, on a page that carries what they sent."""
    form = SignInForm(formdata=None, kept=kept)
    return render_template("accounts/sign_in.html", form=form, tries=0, minutes=0), 401


def _from_here() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return (request.referrer or "").startswith(request.host_url)


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="kept-form")
