"""A provider of sign-in in the test's own process: it checks what a real one checks."""

import base64
import hashlib
import threading
import time
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs, urlsplit

from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server

CLIENT, SECRET = "APP-IEUM", "known to both"
JOSIAH = "0000-0002-1825-0097"


@lru_cache
def signing_key(owner: str) -> RSAKey:
    """Give the key of an owner; making one takes time."""
    return RSAKey.generate_key(2048, {"kid": "one"})


@dataclass
class Provider:
    """Knows one client; ``claims`` are what it says of whoever signs in."""

    claims: dict[str, Any] = field(default_factory=lambda: {"sub": JOSIAH})
    signs_with: RSAKey | None = None
    fails: bool = False
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.key = signing_key("its own")
        app = Flask("provider")
        app.add_url_rule("/.well-known/openid-configuration", view_func=self._configuration)
        app.add_url_rule("/jwks", view_func=lambda: jsonify(keys=[self.key.as_dict(private=False)]))
        app.add_url_rule("/token", view_func=self._token, methods=["POST"])
        self.server = make_server("127.0.0.1", 0, app, threaded=True)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        quick = {"poll_interval": 0.02}
        target = self.server.serve_forever
        threading.Thread(target=target, kwargs=quick, daemon=True).start()

    def consent(self, asked: str) -> str:
        """Let the person sign in and consent; gives the way back, without the host."""
        sent = {name: values[0] for name, values in parse_qs(urlsplit(asked).query).items()}
        assert sent["client_id"] == CLIENT
        assert sent["response_type"] == "code"
        assert sent["code_challenge_method"] == "S256"
        code = f"code-{len(self.codes)}"
        self.codes[code] = sent
        return f"{urlsplit(sent['redirect_uri']).path}?code={code}&state={sent['state']}"

    def _configuration(self) -> ResponseReturnValue:
        if self.fails:
            return "down", 503
        return jsonify(
            issuer=self.address,
            authorization_endpoint=f"{self.address}/authorize",
            token_endpoint=f"{self.address}/token",
            jwks_uri=f"{self.address}/jwks",
            id_token_signing_alg_values_supported=["RS256"],
        )

    def _token(self) -> ResponseReturnValue:
        sent = self.codes.pop(request.form["code"], None)
        digest = hashlib.sha256(request.form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        known = (request.form["client_id"], request.form["client_secret"]) == (CLIENT, SECRET)
        if sent is None or not known or challenge != sent["code_challenge"]:
            return jsonify(error="invalid_grant"), 400
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 600}
        claims |= {"nonce": sent["nonce"], **self.claims}
        header = {"alg": "RS256", "kid": "one"}
        signed = jwt.encode(header, claims, self.signs_with or self.key)
        return jsonify(access_token="secret-token", token_type="bearer", id_token=signed)
