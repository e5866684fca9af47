"""Errors as pages: what happened, where, and what to do."""

from flask import Flask, Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from services.errors import NotAllowed, NotFound
from web.kept_form import keep_form, kept_form, sign_in_to_send

_PAGES = (400, 403, 404, 405, 413, 429, 500)


def _page(error: HTTPException) -> ResponseReturnValue:
    code = error.code if error.code in _PAGES else 500 if (error.code or 500) >= 500 else 400
    headers = [(k, v) for k, v in error.get_headers() if k.lower() in ("allow", "retry-after")]
    return render_template(f"errors/{code}.html", error=error), error.code or 500, headers


def _wrong_host(_error: SecurityError) -> ResponseReturnValue:
    # No page: a page needs addresses, and under this name the site has none.
    return Response("This site is not served under that name.\n", 400, mimetype="text/plain")


def _token_gone(error: CSRFError) -> ResponseReturnValue:
    kept = keep_form()
    if kept and current_user.is_authenticated:
        return render_template("accounts/kept.html", kept=kept_form(kept)), 400
    if kept and request.endpoint not in ("accounts.sign_in_now", "accounts.register_now"):
        return sign_in_to_send(kept)
    return render_template("errors/400.html", error=error, form_expired=True), 400


def _not_found(_error: NotFound) -> ResponseReturnValue:
    return render_template("errors/404.html"), 404


def _not_allowed(_error: NotAllowed) -> ResponseReturnValue:
    return render_template("errors/403.html"), 403


def init_app(app: Flask) -> None:
    """Answer every error with a page of the house."""
    app.register_error_handler(SecurityError, _wrong_host)
    app.register_error_handler(CSRFError, _token_gone)
    app.register_error_handler(HTTPException, _page)
    app.register_error_handler(NotFound, _not_found)
    app.register_error_handler(NotAllowed, _not_allowed)
