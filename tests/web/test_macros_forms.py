"""Form macros: a label for every field, errors in words beside it and in a summary at the top."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, render_template_string
from flask_babel import Babel
from flask_wtf import CSRFProtect
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    HiddenField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    widgets,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

TEMPLATES = Path(__file__).parents[2] / "templates"


class Person(Form):
    """A form with a field of each kind."""

    email = StringField("E-mail", [InputRequired("Write your address.")], description="At work.")
    research = TextAreaField("Research", [Length(max=9, message="Too <long>.")])
    offers = FieldList(StringField("Offer", [Length(max=3, message="Shorter.")]))
    stage = RadioField(
        "Stage", [InputRequired("Choose one.")], choices=[SelectChoice("d", "Doctoral")]
    )
    topics = SelectMultipleField(
        "Topics",
        choices=[SelectChoice("q", "Quantum")],
        widget=widgets.ListWidget(),
        option_widget=widgets.CheckboxInput(),
    )
    agree = BooleanField("I agree", [InputRequired("Agree to go on.")])
    key = HiddenField()


@pytest.fixture(autouse=True)
def page() -> Iterator[None]:
    app = Flask(__name__, template_folder=str(TEMPLATES))
    app.secret_key = "a key for tests"
    Babel(app)
    CSRFProtect(app)
    with app.test_request_context():
        yield


def _filled(**values: Any) -> Person:
    return Person(MultiDict(values))


def _render(call: str, **values: Any) -> str:
    names = "error_summary, field, button, link_button, post_button"
    return render_template_string(
        '{% from "_macros/forms.html" import ' + names + " %}{{ " + call + " }}", **values
    ).strip()


def test_a_field_has_its_label_and_its_hint_tied_to_it() -> None:
    html = _render("field(form.email)", form=Person())

    assert '<label for="email">E-mail</label>' in html
    assert '<p class="hint" id="email-hint">At work.</p>' in html
    assert 'aria-describedby="email-hint"' in html
    assert "aria-invalid" not in html


def test_an_error_is_said_in_words_and_tied_to_the_field() -> None:
    form = _filled()
    form.validate()
    html = _render("field(form.email)", form=form)

    assert '<p class="field-error" id="email-error">Write your address.</p>' in html
    assert 'aria-describedby="email-hint email-error"' in html
    assert 'aria-invalid="true"' in html


def test_only_what_may_be_left_out_is_called_optional() -> None:
    form = Person()

    assert "(optional)" not in _render("field(form.email)", form=form)
    assert "(optional)" in _render("field(form.research)", form=form)
    assert "(optional)" not in _render("field(form.research, optional=false)", form=form)


def test_attributes_reach_the_control() -> None:
    html = _render(
        'field(form.research, attrs={"rows": 4, "class": "short", "autocomplete": "off"})',
        form=Person(),
    )

    assert re.search(r'<textarea[^>]* autocomplete="off"[^>]* rows="4"', html)
    assert 'class="input short"' in html


def test_a_group_of_choices_is_named_by_its_legend() -> None:
    for name, kind in (("stage", "radio"), ("topics", "checkbox")):
        html = _render(f"field(form.{name})", form=Person())
        assert html.startswith("<fieldset")
        assert "<legend>" in html
        assert f'type="{kind}"' in html
        assert f'<label for="{name}-0">' in html


def test_a_check_box_stands_before_its_label() -> None:
    html = _render("field(form.agree)", form=Person())

    assert html.index("<input") < html.index('<label for="agree">I agree</label>')


def test_a_hidden_field_stays_hidden() -> None:
    assert "label" not in _render("field(form.key)", form=Person())


def test_the_summary_leads_to_every_field_in_error() -> None:
    form = _filled(research="far too long", **{"offers-0": "too long"})
    form.validate()
    html = _render("error_summary(form)", form=form)

    assert re.findall(r'href="#([\w-]+)"', html) == [
        "email",
        "research",
        "offers-0",
        "stage-0",
        "agree",
    ]
    assert 'role="alert"' in html
    assert "autofocus" in html
    assert "Too &lt;long&gt;." in html


def test_errors_of_the_whole_form_are_in_the_summary() -> None:
    form = Person()
    form.form_errors.append("The two do not go together.")

    assert "The two do not go together." in _render("error_summary(form)", form=form)


def test_a_form_without_errors_has_no_summary() -> None:
    assert _render("error_summary(form)", form=Person()) == ""


def test_a_post_button_is_a_form_with_its_token_and_says_about_whom() -> None:
    html = _render(
        'post_button("/interest/7", "Interested", fields={"wanted": "yes"}, about=name)',
        name='Jana "J" <Nováková>',
    )

    assert 'method="post" action="/interest/7"' in html
    assert re.search(r'name="csrf_token" value="[\w.-]{20,}"', html)
    assert '<input type="hidden" name="wanted" value="yes">' in html
    assert ": Jana &#34;J&#34; &lt;Nováková&gt;</span>" in html


def test_a_button_may_carry_a_value() -> None:
    assert 'name="then" value="next"' in _render('button("Save", name="then", value="next")')
    assert "name=" not in _render('button("Save")')


def test_a_link_that_downloads_says_so() -> None:
    assert 'href="/list.csv" download>' in _render(
        'link_button("List", "/list.csv", download=true)'
    )
    assert "download" not in _render('link_button("List", "/list")')
