"""The language of a page: the account's choice, then the visitor's, then the browser's."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, has_request_context, request
from flask import session as cookie
from flask_babel import Babel, Locale, force_locale, get_locale
from flask_login import current_user

LANGUAGES = ("en", "ko")


def chosen_language() -> str:
    """Find the language for this request, or the first of the site outside of one."""
    if not has_request_context():
        return LANGUAGES[0]
    account = getattr(current_user, "account", None)
    for wish in (account.language if account else None, cookie.get("language")):
        if wish in LANGUAGES:
            return str(wish)
    return request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]


def page_language() -> str:
    """Give the language that is spoken here and now: the page's, or the one of ``speaking``."""
    locale = get_locale()
    return str(locale.language) if locale else LANGUAGES[0]


@contextmanager
def speaking(language: str | None) -> Iterator[str]:
    """Speak somebody's language for a while: mails, PDF, calendars. Needs an application context.

    Parameters
    ----------
    language
        Such as ``account.language``; what the site does not speak becomes its first language.

    Yields
    ------
    str
        The language that is spoken inside: sentences, numbers, dates and country names alike.
    """
    spoken = language if language in LANGUAGES else LANGUAGES[0]
    with force_locale(spoken):
        yield spoken


def country_name(code: str) -> str:
    """Name a country in the page's language."""
    return str(Locale(page_language()).territories.get(code, code))


def init_app(app: Flask) -> None:
    """Speak the reader's language."""
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", "translations")
    Babel(app, locale_selector=chosen_language)
    app.jinja_env.filters["country_name"] = country_name
    app.jinja_env.globals["get_locale"] = get_locale
    app.jinja_env.globals["page_language"] = page_language
    app.jinja_env.globals["languages"] = [(code, Locale(code).display_name) for code in LANGUAGES]
