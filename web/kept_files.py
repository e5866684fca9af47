"""Style sheets, scripts and fonts are asked for once, not at every page.

The address of a file names what is in it, so a browser may keep it for good; a file that changes
has another address. Without that a browser asks at each page whether one of twenty files changed,
which between Seoul and a server in Europe takes a second. Fonts are named by style sheets, without
what is in them: they are kept for a month, and change with their vendored package only. (A template
that names a font says ``v=none``, so that it is the same one.)
"""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

_FOR_GOOD = "public, max-age=31536000, immutable"
_A_MONTH = "public, max-age=2592000"
_SIGNS = 6


def init_app(app: Flask) -> None:
    """Put what is in a static file into its address, and let browsers keep it."""
    folder = Path(str(app.static_folder))

    def name_content(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static":
            values.setdefault("v", _content_of(folder / values["filename"]))

    def keep(response: Response) -> Response:
        if request.endpoint != "static" or response.status_code not in (200, 304):
            return response
        wanted = request.args.get("v")
        if wanted and wanted == _content_of(folder / (request.view_args or {})["filename"]):
            response.headers["Cache-Control"] = _FOR_GOOD
        elif (response.mimetype or "").startswith("font/"):
            response.headers["Cache-Control"] = _A_MONTH
        return response

    app.url_defaults(name_content)
    app.after_request(keep)


def _content_of(path: Path) -> str | None:
    """Give a short name for what is in a file; None without it, which leaves the address as is."""
    return _named(path, path.stat().st_mtime_ns) if path.is_file() else None


@lru_cache(1024)
def _named(path: Path, _changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:_SIGNS]
