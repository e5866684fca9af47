"""Every route says who may enter, and means it."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from models import Account
from tests.factories import Factory
from web.access import Access, access_of, init_app

LEVELS = {"public", "signed-in", "coordinator", "organiser", "organiser-of-all", "administrator"}


def test_every_route_names_its_level(app: Flask) -> None:
    for endpoint, view in app.view_functions.items():
        if endpoint != "static":
            assert isinstance(access_of(view), Access), endpoint
            assert access_of(view).level in LEVELS, endpoint


def test_a_route_without_a_level_keeps_the_application_from_starting() -> None:
    bare = Flask("bare")
    bare.add_url_rule("/open", "open", lambda: "anybody")
    with pytest.raises(RuntimeError, match="open does not say who may enter"):
        init_app(bare)


@pytest.mark.parametrize(
    ("path", "way"),
    [
        ("/organise/{slug}/schedule", "Organise"),
        ("/editions/{slug}/people", "Organise"),
        ("/editions/{slug}", "Editions"),
    ],
)
def test_a_page_of_the_desk_is_marked_as_one_whatever_its_address(
    sign_in: Callable[[Account], FlaskClient], make: Factory, path: str, way: str
) -> None:
    page = sign_in(make.account("organiser")).get(path.format(slug=make.edition().slug)).text
    ways = page[page.index('aria-label="Main"') :].partition("</nav>")[0]
    assert re.findall(r'aria-current="\w+">([^<]+)', ways) == [way]
