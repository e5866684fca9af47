"""Every route says who may enter, and means it."""

import pytest
from flask import Flask

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
