"""What a browser is told besides the page: a strict policy on what it may load and keep."""

import secure
from flask import Flask, Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

from web.config import Settings

_POLICY = (
    secure.ContentSecurityPolicy()
    .default_src("'none'")
    .script_src("'self'")
    .style_src("'self'")
    .img_src("'self'", "data:")
    .font_src("'self'")
    .connect_src("'self'")
    .form_action("'self'")
    .frame_ancestors("'none'")
    .base_uri("'none'")
)
_HEADERS = secure.Secure(
    csp=_POLICY,
    referrer=secure.ReferrerPolicy().same_origin(),
    xcto=secure.XContentTypeOptions().nosniff(),
    xfo=secure.XFrameOptions().deny(),
    coop=secure.CrossOriginOpenerPolicy().same_origin(),
    permissions=secure.PermissionsPolicy().geolocation().camera().microphone(),
)
_STRICT_TRANSPORT = "max-age=31536000; includeSubDomains"


def _set_headers(response: Response) -> Response:
    for name, value in _HEADERS.headers.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = _STRICT_TRANSPORT
    if request.endpoint != "static":
        # Pages show people to those who may see them; no shared cache may keep one.
        response.headers.setdefault("Cache-Control", "no-store")
        response.vary.update(("Cookie", "Accept-Language"))
    return response


def init_app(app: Flask) -> None:
    """Set the headers on every answer, errors too."""
    chosen: Settings = app.extensions["settings"]
    if chosen.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign] # Flask's documented way
            app.wsgi_app, x_for=chosen.proxies, x_proto=chosen.proxies, x_host=chosen.proxies
        )
    app.after_request(_set_headers)
