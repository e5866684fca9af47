"""The frame of every page: its language, its ways in, and errors that stand on their own."""

import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask, flash, render_template
from flask_babel import Babel, get_locale
from flask_wtf import CSRFProtect

from web import edition_words
from web.appearance import appearance
from web.locale import page_language

TEMPLATES = Path(__file__).parents[2] / "templates"
ERRORS = sorted((TEMPLATES / "errors").glob("*.html"))


def _frame() -> list[Path]:
    """List the templates that are rendered here: the addresses that they name must exist."""
    names = ("base", "front", "_navigation", "_language", "_appearance", "legal/_links")
    return [TEMPLATES / f"{name}.html" for name in names] + ERRORS


ENDPOINTS = sorted(
    set(re.findall(r'"([a-z]+\.[a-z_]+)"', "".join(p.read_text("utf-8") for p in _frame())))
)
VISITOR = SimpleNamespace(is_authenticated=False, roles=frozenset(), display_name="")
EDITION = SimpleNamespace(
    **{f"{word}_{tongue}": "" for word in ("name", "text") for tongue in ("en", "ko")}
    | {"name_en": "Forum 2027", "left_name_en": "Europe", "left_name_ko": "유럽"}
    | {"right_name_en": "Korea", "right_name_ko": "한국"}
)


def _member(*roles: str) -> SimpleNamespace:
    return SimpleNamespace(is_authenticated=True, roles=set(roles), display_name="Jana")


@pytest.fixture(autouse=True)
def page() -> Iterator[Flask]:
    app = Flask(__name__, template_folder=str(TEMPLATES))
    app.secret_key = "a key for tests"
    for endpoint in ENDPOINTS:
        app.add_url_rule("/" + endpoint.replace(".", "/"), endpoint)
    Babel(app)
    CSRFProtect(app)
    edition_words.init_app(app)
    languages = [("en", "English"), ("ko", "한국어")]
    app.jinja_env.globals.update(get_locale=get_locale, languages=languages)
    app.jinja_env.globals.update(page_language=page_language, appearance=appearance)
    app.jinja_env.globals.update(legal_texts_are_new=lambda: False, at_the_desk=lambda: False)
    with app.test_request_context("/accounts/sign_in?next=/x"):
        yield app


def _front(user: Any = VISITOR, **values: Any) -> str:
    given = {"edition": None, "dates": [], "landscape": [], "landscape_links": [], **values}
    return render_template("front.html", current_user=user, **given)


def _ways(html: str) -> list[str]:
    nav = html[html.index('aria-label="Main"') : html.index("</nav>")]
    return re.findall(r">([^<>\n]+)</(?:a|button)>", nav)


def test_a_page_names_its_language_and_can_be_entered_at_its_text() -> None:
    html = _front()

    assert '<html lang="en">' in html
    assert html.index('href="#main"') < html.index("<header")
    assert '<main class="main main-wide" id="main" tabindex="-1">' in html
    assert html.count("<h1") == 1


def test_the_navigation_offers_what_the_reader_may_do() -> None:
    visitor, member = _ways(_front()), _ways(_front(_member()))

    assert visitor == ["Editions", "Sign in", "Register"]
    assert (member[0], member[-2:]) == ("Suggestions", ["Account", "Sign out"])
    assert {"My calls", "My profile", "Editions"} <= set(member)
    assert not {"Sign in", "Register", "Organise", "Administer"} & set(member)


def test_organisers_and_administrators_find_their_desks() -> None:
    assert "Organise" in _ways(_front(_member("organiser")))
    assert "Administer" not in _ways(_front(_member("organiser")))
    assert {"Organise", "Administer"} <= set(_ways(_front(_member("administrator"))))
    assert "Organise" not in _ways(_front(_member("coordinator")))


def test_the_page_that_is_open_is_marked_in_the_navigation() -> None:
    marked = re.findall(r'aria-current="page">([^<]+)', _front())

    assert marked == ["Sign in"]


def test_signing_out_is_a_form_with_a_token() -> None:
    html = _front(_member())

    assert 'method="post" action="/accounts/sign_out"' in html
    assert 'href="/accounts/sign_out"' not in html


def test_the_other_language_is_offered_under_its_own_name_and_leads_back_here() -> None:
    html = _front()

    assert 'name="language" value="ko" lang="ko">한국어</button>' in html
    assert 'value="en"' not in html
    assert 'name="next" value="/accounts/sign_in?next=/x"' in html


def test_with_one_language_there_is_nothing_to_choose(page: Flask) -> None:
    page.jinja_env.globals["languages"] = [("en", "English")]

    assert "language" not in _front()


def test_what_was_done_is_shown_on_the_next_page() -> None:
    flash("Your profile is saved.")

    assert "Your profile is saved." in _front()


def test_the_front_page_shows_the_dates_in_both_clocks() -> None:
    clocks = [
        {"side": "left", "place": "Brussels", "date": "Friday", "time": "18:00", "iso": "a"},
        {"side": "right", "place": "Seoul", "date": "Saturday", "time": "02:00", "iso": "b"},
    ]
    html = _front(edition=EDITION, dates=[{"title": "Registration closes", "clocks": clocks}])

    assert html.index("Registration closes") < html.index("18:00") < html.index("02:00")
    assert "Forum 2027" in html


def test_the_front_page_stands_before_there_is_an_edition() -> None:
    html = _front()

    assert "The next dates" not in html
    assert all(door in html for door in ("I research", "I coordinate", "I organise"))


def test_the_doors_lead_a_member_on_and_a_visitor_in() -> None:
    assert "/accounts/register" in _front()
    member = _front(_member("organiser"))
    assert "/accounts/register" not in member
    assert member.count("/suggestions/index") == 2
    assert member.count("/rounds/index") == 2


@pytest.mark.parametrize("path", ERRORS, ids=lambda path: path.stem)
def test_an_error_page_says_what_happened_and_what_to_do(path: Path) -> None:
    html = render_template(f"errors/{path.name}", current_user=VISITOR)

    assert f"Error {path.stem}" in html
    assert html.count("<h1>") == 1
    assert len(re.findall(r"<p>[^<]{20,}</p>", html)) >= 2
    assert "Go to the front page" in html


def test_a_form_that_expired_says_that_nothing_was_saved() -> None:
    html = render_template("errors/400.html", current_user=VISITOR, form_expired=True)

    assert "This form has expired" in html
    assert "Nothing was saved" in html


def test_the_page_for_our_own_failures_asks_neither_session_nor_account() -> None:
    class Broken:
        def __getattr__(self, name: str) -> Any:
            raise ConnectionError(name)

    html = render_template("errors/500.html", current_user=Broken(), session=Broken())

    assert "Something broke on our side" in html
    assert "csrf_token" not in html
