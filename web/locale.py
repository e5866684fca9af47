"""The language of a page: the account's choice, then the visitor's, then the browser's."""

from flask import Flask, has_request_context, request
from flask import session as cookie
from flask_babel import Babel, Locale, get_locale
from flask_login import current_user

LANGUAGES = ("en",)


def chosen_language() -> str:
    """Find the language for this request."""
    if not has_request_context():
        return LANGUAGES[0]
    account = getattr(current_user, "account", None)
    for wish in (account.language if account else None, cookie.get("language")):
        if wish in LANGUAGES:
            return str(wish)
    return request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]


def country_name(code: str) -> str:
    """Name a country in the page's language."""
    return str(Locale(chosen_language()).territories.get(code, code))


def init_app(app: Flask) -> None:
    """Speak the reader's language."""
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", "translations")
    Babel(app, locale_selector=chosen_language)
    app.jinja_env.filters["country_name"] = country_name
    app.jinja_env.globals["get_locale"] = get_locale
    app.jinja_env.globals["languages"] = [(code, Locale(code).display_name) for code in LANGUAGES]
