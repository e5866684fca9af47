"""Requests that htmx sent: they want a part of a page, and cannot follow us to another one."""

from flask import Flask, Response, request

_FAILED = 400


def wants_part() -> bool:
    """Tell whether htmx asked, so that a part of the page answers instead of the whole."""
    return request.headers.get("HX-Request") == "true"


def _reload_on_trouble(response: Response) -> Response:
    """Have the browser load its page anew where the answer is no part of it.

    So an error, or the end of a session, shows as it would without JavaScript.
    """
    if wants_part():
        to_sign_in = response.location and response.location.startswith("/sign-in")
        if to_sign_in or response.status_code >= _FAILED:
            response.headers["HX-Refresh"] = "true"
        if to_sign_in:
            # A browser would follow a redirect before htmx could read anything.
            response.status_code = 401
            del response.headers["Location"]
    return response


def init_app(app: Flask) -> None:
    """Look at every answer to htmx."""
    app.after_request(_reload_on_trouble)
