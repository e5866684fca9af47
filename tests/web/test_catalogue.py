"""Every sentence of the pages is in the catalogue, ready to be translated."""

import re
from pathlib import Path
from typing import Any

from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "web" / "translations" / "messages.pot"
# Text between tags with a word in it; what a template says itself must go through _().
BARE = re.compile(r">([^<>{}]*[A-Za-z]{3,}[^<>{}]*)<")
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)


def sentences(path: Path) -> set[object]:
    with path.open("rb") as file:
        return {message.id for message in read_po(file) if message.id}


def test_the_catalogue_holds_what_the_pages_say(tmp_path: Path) -> None:
    fresh = tmp_path / "messages.pot"
    command = ["pybabel", "-q", "extract", "-F", str(ROOT / "pyproject.toml")]
    run: Any = CommandLineInterface().run
    run([*command, "--no-location", "-o", str(fresh), str(ROOT)])
    assert sentences(fresh) == sentences(CATALOGUE), "run: make catalogues"


def test_no_page_says_anything_past_the_catalogue() -> None:
    said = {}
    for path in (ROOT / "templates").rglob("*.html"):
        text = COMMENT.sub("", path.read_text(encoding="utf-8"))
        found = [part.strip() for part in BARE.findall(text)]
        bare = [part for part in found if part != "Ieum"]
        if bare:
            said[path.name] = bare
    assert said == {}
