"""Macros of pages, people and numbers: what is shown is also said in words."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, flash, render_template_string
from flask_babel import Babel, force_locale

from web.locale import page_language

TEMPLATES = Path(__file__).parents[2] / "templates"


@pytest.fixture(autouse=True)
def page() -> Iterator[None]:
    app = Flask(__name__, template_folder=str(TEMPLATES))
    app.secret_key = "a key for tests"
    app.add_url_rule("/people", "people.index")
    Babel(app)
    app.jinja_env.globals["page_language"] = page_language
    with app.test_request_context():
        yield


def _render(file: str, macro: str, call: str, body: str | None = None, **values: Any) -> str:
    head = f'{{% from "_macros/{file}.html" import {macro} %}}'
    if body is None:
        return render_template_string(f"{head}{{{{ {macro}{call} }}}}", **values).strip()
    source = f"{head}{{% call {macro}{call} %}}{body}{{% endcall %}}"
    return render_template_string(source, **values).strip()


def _words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)).strip()


@pytest.mark.parametrize(("side", "shape"), [("left", "<circle"), ("right", "<rect")])
def test_a_side_has_a_shape_and_a_name_beside_its_hue(side: str, shape: str) -> None:
    html = _render("people", "side_mark", "(side, 'Somewhere')", side=side)

    assert shape in html
    assert _words(html) == "Somewhere"


def test_a_korean_page_names_a_korean_person_as_koreans_do() -> None:
    call = "(name, native)"
    minjun = {"name": "Minjun Kim", "native": "김민준"}
    jiri = {"name": "Jiri Novak", "native": "Jiří Novák"}

    def told(person: dict[str, str]) -> str:
        return _words(_render("people", "person_name", call, **person))

    assert told(minjun) == "Minjun Kim 김민준"
    with force_locale("ko"):
        assert told(minjun) == "김민준 Minjun Kim"
        assert told(jiri) == "Jiri Novak Jiří Novák"


def test_a_name_at_home_is_marked_as_korean_only_when_it_is() -> None:
    korean = _render("people", "person_name", "('Kim Min-seo', '김민서')")
    greek = _render("people", "person_name", "('Eleni', 'Ελένη')")

    assert '<span class="native" lang="ko">김민서</span>' in korean
    assert "lang=" not in greek
    assert _words(_render("people", "person_name", "('Jana', 'Jana')")) == "Jana"


@pytest.mark.parametrize(
    ("code", "bars", "words"),
    [("excellent", 4, "Excellent fit 0.91"), ("weak", 0, "Weak fit 0.91"), ("odd", 0, "odd 0.91")],
)
def test_a_grade_is_a_word_with_the_number_beside_it(code: str, bars: int, words: str) -> None:
    html = _render("people", "grade", "(code, 0.914)", code=code)

    assert html.count('class="on"') == bars
    assert _words(html) == words


def test_every_grade_of_the_rules_has_its_word() -> None:
    grades = pytest.importorskip("matchmaking.calibration").Grade

    for grade in grades:
        assert _words(_render("people", "grade", "(code)", code=str(grade))).endswith(" fit")


def test_matched_words_are_marked_and_everything_is_escaped() -> None:
    html = _render(
        "people",
        "evidence_pair",
        "(mine, theirs)",
        mine={"side": "right", "who": "You write", "parts": [("<저온 ", False), ("패키징", True)]},
        theirs={"side": "left", "who": "Jana writes", "parts": "whole", "source": "2025"},
    )

    assert "&lt;저온 <mark>패키징</mark>" in html
    assert html.index("You write") < html.index("Jana writes")
    assert "<p>whole</p>" in html


def test_a_person_in_a_list_has_name_place_grade_reason_and_buttons() -> None:
    html = _render(
        "people",
        "person_row",
        "('Jana', '/p/1', place='Prague', code='good', score=0.5, reason='She offers a line.')",
        body="<button>Interested</button>",
    )

    assert '<h2><a href="/p/1">' in html
    assert _words(html) == "Jana Good fit 0.50 Prague She offers a line. Interested"


def test_both_clocks_show_with_their_own_date() -> None:
    times = [
        {"side": "left", "place": "Brussels", "date": "Friday", "time": "18:00", "iso": "a"},
        {"side": "right", "place": "Seoul", "date": "Saturday", "time": "02:00", "iso": "b"},
    ]

    assert _words(_render("people", "clocks", "(times)", times=times)) == (
        "BrusselsFriday 18:00SeoulSaturday 02:00"
    )


def test_a_table_has_a_caption_headings_and_numbers_to_the_right() -> None:
    html = _render(
        "data",
        "data_table",
        "('Who fares worst', ['Person', {'label': 'Total', 'numeric': true}], [['Jana', 1.5]])",
    )

    assert "<caption>Who fares worst</caption>" in html
    assert 'role="region" aria-label="Who fares worst" tabindex="0"' in html
    assert '<th scope="row">Jana</th><td class="number">1.5</td>' in html


def test_progress_says_in_words_what_the_line_shows_and_stops_asking_at_the_end() -> None:
    running = _render("data", "progress", "('run', 3, 9, 'Block 3 of 9', '/r', '/r/line')")
    done = _render("data", "progress", "('run', 9, 9, 'Done', '/r')")

    assert 'aria-live="polite"' in running
    assert '<progress aria-labelledby="run-text" value="3" max="9">' in running
    assert 'data-hx-get="/r/line"' in running
    assert '<a href="/r">Look again</a>' in running
    assert "hx-" not in done
    assert "Look again" not in done


def test_progress_of_unknown_length_has_no_value() -> None:
    assert "value=" not in _render("data", "progress_line", "('run', 0, 0, 'Reading')")


def test_a_picture_has_its_table_beneath() -> None:
    html = _render("data", "figure", "('Packaging is sought by 14', svg)", body="TABLE", svg="SVG")

    assert html.index("Packaging") < html.index("SVG") < html.index("TABLE")


def test_the_landscape_counts_both_sides_in_words_and_joins_the_pairs() -> None:
    left, right = {"x": 0.0, "y": 0.5, "side": "left"}, {"x": 1.0, "y": 1.0, "side": "right"}
    html = _render(
        "data",
        "landscape",
        "(points, links, 'Europe', 'Korea')",
        points=[left, right],
        links=[{"a": left, "b": right}],
    )

    assert "1 from Europe and 1 from Korea" in html
    assert 'd="M8.0 160.0L392.0 312.0"' in html


def test_without_points_the_landscape_is_the_emblem() -> None:
    assert 'class="emblem"' in _render("data", "landscape", "([], [], 'Europe', 'Korea')")


def test_pages_keep_the_filters_and_end_at_both_ends() -> None:
    first = _render("page", "pagination", "(1, 3, 'people.index', {'field': 'quantum'})")
    last = _render("page", "pagination", "(3, 3, 'people.index')")

    assert 'rel="next" href="/people?field=quantum&amp;page=2"' in first
    assert 'rel="prev"' not in first
    assert 'rel="next"' not in last
    assert _render("page", "pagination", "(1, 1, 'people.index')") == ""


def test_filters_read_as_words_and_each_can_be_taken_away() -> None:
    html = _render(
        "page", "filters_line", "('People', [('in quantum', '/a'), ('here', '/b')], '/')"
    )

    assert _words(html).startswith("People in quantum: take this filter away, here")
    assert "Show everybody" in html


def test_a_step_says_its_state_in_words() -> None:
    html = _render(
        "page",
        "steps",
        "([{'label': 'People', 'url': '/p', 'state': 'done'}, {'label': 'Run', 'state': 'current'},"
        " {'label': 'Publish', 'state': 'blocked'}], 'The round')",
    )

    assert html.count('aria-current="step"') == 1
    assert '<a href="/p">People</a>' in html
    assert "done" in _words(html)
    assert "not yet possible" in _words(html)


def test_the_tab_that_is_open_is_named_as_such() -> None:
    html = _render("page", "tabs", "([('All', '/a', true), ('Mine', '/m', false)], 'Lists')")

    assert '<a href="/a" aria-current="page">All</a>' in html
    assert '<a href="/m">Mine</a>' in html


def test_what_was_done_is_told_once_with_a_sign_for_its_kind() -> None:
    flash("Saved.")
    flash("Not read.", "error")
    flash("Odd.", "anything")
    html = _render("page", "flash_messages", "()")

    assert re.findall(r"notice-(\w+)", html) == ["info", "error", "info"]
    assert 'role="status"' in html


def test_an_empty_page_says_what_will_be_here_and_the_next_step() -> None:
    html = _render("page", "empty_state", "('No matches yet', 'They will be here.', 'NEXT')")

    assert _words(html) == "No matches yetThey will be here.NEXT"


def test_an_empty_value_has_no_line_but_a_zero_has() -> None:
    html = _render("page", "definition_list", "([('Gap', 0), ('Notes', ''), ('Seconds', none)])")

    assert _words(html) == "Gap0"


def test_the_last_crumb_is_where_the_reader_is() -> None:
    html = _render("page", "breadcrumb", "([('Editions', '/e'), ('Demo', none)])")

    assert '<a href="/e">Editions</a>' in html
    assert '<span aria-current="page">Demo</span>' in html


def test_htmx_neither_evaluates_nor_keeps_pages() -> None:
    html = _render("page", "htmx", "()")

    assert '"allowEval": false' in html
    assert '"historyCacheSize": 0' in html
    assert '"includeIndicatorStyles": false' in html


def test_a_heading_has_its_actions_and_a_notice_may_hold_more_than_a_line() -> None:
    assert _words(_render("page", "page_header", "('Matches', 'All.')", body="GO")) == (
        "Matches All. GO"
    )
    assert "<ul>" in _render("page", "notice", "(kind='warning')", body="<ul></ul>")
