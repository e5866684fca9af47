"""Where to go after a form: a page of this site, never another site."""

from urllib.parse import urlsplit

from flask import current_app, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect


def local_path(wish: str | None) -> str:
    """Give the page that was wished for if it is one of this site, else the front page.

    A page is what a browser can fetch: an address that only takes forms is none.
    """
    front = url_for("front.index")
    if not wish or not wish.startswith("/") or wish.startswith(("//", "/\\")):
        return front
    parts = urlsplit(wish)
    # Browsers drop tabs and line ends from an address, and may then read another host.
    if parts.scheme or parts.netloc or "\\" in wish or not wish.isprintable():
        return front
    try:
        current_app.url_map.bind("").match(parts.path, method="GET")
    except RequestRedirect:
        return wish
    except HTTPException:
        return front
    return wish
