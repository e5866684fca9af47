"""The legal texts and the wordings of consents: versioned files, one for each language.

They are not in the catalogue: what somebody agreed to must be found again word by word.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import Flask, current_app
from flask_login import current_user

from services.consents import LEGAL_VERSION
from web.config import settings
from web.locale import chosen_language

LANGUAGES = ("en", "ko")
DOCUMENTS = ("privacy", "terms", "contact", "help")


@dataclass(frozen=True)
class Wording:
    """What somebody is asked to consent to, in one language."""

    purpose: str
    title: str
    text: str
    language: str


@dataclass(frozen=True)
class Contact:
    """Who runs this installation and answers for its data; empty where nobody is named."""

    organisation: str
    address: str
    email: str
    eu_representative: str
    data_protection: str
    korean_officer: str

    @property
    def named(self) -> bool:
        """Tell whether people can find out who answers for their data, and write to them."""
        return bool(self.organisation and self.email)

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of the address."""
        return tuple(part for part in (self.organisation, self.address) if part)


def text_language() -> str:
    """Give the language that legal texts are shown in to this reader."""
    language = chosen_language()
    return language if language in LANGUAGES else LANGUAGES[0]


def wording(purpose: str) -> Wording:
    """Give the present wording of a purpose, in the reader's language."""
    language = text_language()
    module: Any = _wordings(current_app._get_current_object(), language)  # type: ignore[attr-defined] # the application itself, to cache by
    return Wording(purpose, module.titles[purpose], module.wordings[purpose], language)


@lru_cache(maxsize=32)
def _wordings(app: Flask, language: str) -> Any:  # noqa: ANN401 - a module of a template
    return app.jinja_env.get_template(f"legal/texts/consents.{language}.html").module


def document(name: str, language: str) -> Any:  # noqa: ANN401 - a module of a template
    """Give a text: ``title``, ``lede``, and ``body(contact)``."""
    return current_app.jinja_env.get_template(f"legal/texts/{name}.{language}.html").module


def contact() -> Contact:
    """Give who runs this installation, as the settings name them."""
    chosen = settings()
    return Contact(
        organisation=chosen.contact_organisation,
        address=chosen.contact_address,
        email=chosen.contact_email,
        eu_representative=chosen.contact_eu_representative,
        data_protection=chosen.contact_data_protection,
        korean_officer=chosen.contact_korean_officer,
    )


def texts_are_new() -> bool:
    """Tell whether whoever is signed in was not told of the present legal texts yet."""
    if not current_user.is_authenticated:
        return False
    return bool(current_user.account.legal_seen != LEGAL_VERSION)


def init_app(app: Flask) -> None:
    """Let every page find the wordings, and whether the texts are new to its reader."""
    app.jinja_env.globals["consent_wording"] = wording
    app.jinja_env.globals["legal_texts_are_new"] = texts_are_new
    app.jinja_env.globals["legal_version"] = LEGAL_VERSION
