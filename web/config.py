"""Every setting, where it comes from and what it is by default (docs/settings.md lists them)."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from flask import Flask, current_app

_ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Settings:
    """What this installation runs with. Each field is an environment variable in capitals."""

    instance_dir: Path = _ROOT / "instance"
    database_url: str = ""
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = ""
    trusted_hosts: tuple[str, ...] = ()
    proxies: int = 0
    mail_server: str = ""
    mail_port: int = 25
    mail_username: str = ""
    mail_password: str = ""
    mail_use_tls: bool = False
    mail_sender: str = "Ieum <no-reply@localhost>"
    bounce_address: str = ""
    bounce_imap_server: str = ""
    bounce_imap_port: int = 993
    bounce_imap_plain: bool = False
    bounce_imap_username: str = ""
    bounce_imap_password: str = ""
    bounce_imap_folder: str = "INBOX"
    encoder_english: str = "minilm"
    encoder_multilingual: str = "use-multilingual"
    reminder_hours: tuple[int, ...] = (24, 1)
    rate_limit_store: str = "memory://"
    job_store: str = ""
    unconfirmed_days: int = 14
    contact_organisation: str = ""
    contact_address: str = ""
    contact_email: str = ""
    contact_eu_representative: str = ""
    contact_data_protection: str = ""
    contact_korean_officer: str = ""
    orcid_client_id: str = ""
    orcid_client_secret: str = ""
    orcid_issuer: str = "https://orcid.org"
    orcid_api: str = "https://pub.orcid.org/v3.0"
    crossref_api: str = "https://api.crossref.org"
    doi_resolver: str = "https://doi.org"
    openalex_api: str = "https://api.openalex.org"
    testing: bool = False

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read the settings; what is absent or empty keeps its default.

        Raises
        ------
        SystemExit
            When a value cannot be read, naming the variable and what it takes.
        """
        given: dict[str, Any] = {}
        for field in fields(cls):
            text = environment.get(field.name.upper(), "").strip()
            if text and field.name != "testing":
                given[field.name] = _read(field.name, text, getattr(cls, field.name))
        return cls(**given)

    @property
    def database_address(self) -> str:
        """The database's address: SQLite in the instance folder unless another is set."""
        return self.database_url or f"sqlite:///{self.instance_dir.resolve() / 'ieum.sqlite'}"


def _read(name: str, text: str, default: object) -> object:
    if isinstance(default, bool):
        return text.lower() in ("1", "true", "yes", "on")
    if isinstance(default, int):
        if not text.isdecimal():
            raise SystemExit(f"{name.upper()} is {text!r}; it takes a whole number.")
        return int(text)
    if isinstance(default, tuple):
        parts = tuple(part.strip() for part in text.split(",") if part.strip())
        return tuple(_read(name, part, default[0]) for part in parts) if default else parts
    return Path(text) if isinstance(default, Path) else text


def secret_key(folder: Path) -> str:
    """Read this installation's secret, made on the first start and readable by its owner only."""
    path = folder / "secret_key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    secret = secrets.token_hex(32)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secret)
    return secret


def settings() -> Settings:
    """Give the settings of the application at work."""
    found: Settings = current_app.extensions["settings"]
    return found


def init_app(app: Flask, chosen: Settings) -> None:
    """Put the settings in place; makes the instance folder, private to its owner."""
    chosen.instance_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    app.extensions["settings"] = chosen
    app.config.update(
        SECRET_KEY=secret_key(chosen.instance_dir),
        TESTING=chosen.testing,
        # A form or a file of profiles may be large, a request without bound may not.
        MAX_CONTENT_LENGTH=32 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=4 * 1024 * 1024,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        REMEMBER_COOKIE_HTTPONLY=True,
        REMEMBER_COOKIE_SAMESITE="Lax",
        TRUSTED_HOSTS=list(chosen.trusted_hosts) or None,
    )
