"""The exposure of an edition's people, from a terminal."""

import json

from flask import Flask
from sqlmodel import Session

from tests.factories import Factory
from tests.word_encoder import encode_everybody


def test_the_command_tells_both_sides_before_and_after(
    app: Flask, make: Factory, session: Session
) -> None:
    edition = make.edition(slug="jeju")
    for country in ("DE", "KR"):
        for text in ("quantum photon", "turbine noise"):
            make.profile(edition, country=country, research=text)
    encode_everybody(session)

    answer = app.test_cli_runner().invoke(args=["exposure", "jeju", "--json"])

    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.stdout)
    assert told["length"] == 10
    assert told["never"] == []
    for side in ("left", "right"):
        assert told[side]["before"] == {"people": 2, "never": 0, "gini": 0.0, "most": 2}
        assert told[side]["after"]["never"] == 0
        assert told[side]["cost"] == 0

    text = app.test_cli_runner().invoke(args=["exposure", "jeju"]).stdout
    assert "The first 10 of everybody's list:" in text


def test_an_unknown_edition_is_named_with_the_known_ones(app: Flask, make: Factory) -> None:
    make.edition(slug="jeju")
    answer = app.test_cli_runner().invoke(args=["exposure", "nowhere"])
    assert answer.exit_code == 1
    assert "jeju" in answer.stderr
