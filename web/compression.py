"""Style sheets and scripts travel packed: a phone on a conference's wireless loads a quarter.

Pages do not: they hold a secret (the token of their forms) beside what a reader typed, and packing
both together would let somebody who watches the lengths guess the secret (BREACH, CVE-2013-3587).
"""

import gzip

from flask import Flask, Response, request

_WORTH_IT = frozenset({"text/css", "text/javascript", "application/javascript", "image/svg+xml"})


def init_app(app: Flask) -> None:
    """Pack what stands in static/ once, and keep it as long as the file stays the same."""
    packed: dict[tuple[str, str], bytes] = {}

    def pack(response: Response) -> Response:
        if request.endpoint != "static" or response.mimetype not in _WORTH_IT:
            return response
        response.vary.add("Accept-Encoding")
        version, _ = response.get_etag()
        if response.status_code != 200 or not version or not request.accept_encodings["gzip"]:
            return response
        key = (request.path, version)
        if key not in packed:
            response.direct_passthrough = False
            packed[key] = gzip.compress(response.get_data(), mtime=0)
        response.close()
        response.direct_passthrough = False
        response.set_data(packed[key])
        response.content_encoding = "gzip"
        # The same file, but not the same bytes: the tag is a weak one.
        response.set_etag(version, weak=True)
        return response

    app.after_request(pack)
