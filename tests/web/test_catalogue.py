"""Every sentence of the pages is in the catalogue, and said in Korean."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from babel.messages import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from web.locale import LANGUAGES

ROOT = Path(__file__).parents[2]
TRANSLATIONS = ROOT / "web" / "translations"
CATALOGUE = TRANSLATIONS / "messages.pot"
TRANSLATED = LANGUAGES[1:]  # the first is what the sentences are written in
# Text between tags with a word in it; what a template says itself must go through _().
BARE = re.compile(r">([^<>{}]*[A-Za-z]{3,}[^<>{}]*)<")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")
# What is typed into a machine, and names that are the same in every language.
TYPED = re.compile(r"<(code|kbd|pre)\b.*?</\1>", re.DOTALL)
NAMES = {"CSV", "PNG", "SVG", "Ieum", "ORCID"}
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)


def sentences(path: Path) -> set[object]:
    with path.open("rb") as file:
        return {message.id for message in read_po(file) if message.id}


def test_the_catalogue_holds_what_the_pages_say(tmp_path: Path) -> None:
    fresh = tmp_path / "messages.pot"
    command = ["pybabel", "-q", "extract", "-F", str(ROOT / "pyproject.toml"), "--ignore-dirs=.*"]
    run: Any = CommandLineInterface().run
    run([*command, "--no-location", "-o", str(fresh), str(ROOT)])
    assert sentences(fresh) == sentences(CATALOGUE), "run: make catalogues"


def test_no_page_says_anything_past_the_catalogue() -> None:
    said = {}
    for path in (ROOT / "templates").rglob("*.html"):
        if path.parent.name == "texts":
            continue  # legal texts have a version and a file for each language
        text = TYPED.sub("", COMMENT.sub("", path.read_text(encoding="utf-8")))
        found = [part.strip() for part in BARE.findall(text)]
        bare = [part for part in found if part not in NAMES]
        if bare:
            said[path.name] = bare
    assert said == {}


def _texts(text: object) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())  # type: ignore[arg-type] # Babel's own


def _catalogue(language: str) -> Catalog:
    path = TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"
    return read_po(BytesIO(path.read_bytes()), locale=language)


def _messages(language: str) -> list[Message]:
    return [message for message in _catalogue(language) if message.id]


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_translated(language: str) -> None:
    told = _messages(language)
    assert {message.id for message in told} == sentences(CATALOGUE), "run: make catalogues"
    silent = [m.id for m in told if not m.string or not all(_texts(m.string))]
    assert silent == []
    assert [message.id for message in told if message.fuzzy] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_keeps_every_placeholder(language: str) -> None:
    # All forms of the English must be served by each form of the translation.
    changed = [
        (message.id, message.string)
        for message in _messages(language)
        for text in _texts(message.string)
        if set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(_texts(message.id)[-1]))
    ]
    assert changed == []
    assert [errors for _, errors in _catalogue(language).check() if errors] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_is_shipped_compiled_is_what_was_translated(language: str) -> None:
    fresh = BytesIO()
    write_mo(fresh, _catalogue(language))
    shipped = TRANSLATIONS / language / "LC_MESSAGES" / "messages.mo"

    def texts(file: BytesIO) -> dict[str, object]:
        file.seek(0)
        return {str(m.id): m.string for m in read_mo(file) if m.id}

    assert texts(BytesIO(shipped.read_bytes())) == texts(fresh), "run: make catalogues"


def test_korean_ends_its_sentences_politely() -> None:
    # The plain style of a book ("한다.") beside the polite one would read as two voices.
    plain = re.compile(r"(?<![니합습됩입])다[.!]|[해하]세요|어요[.]|에요[.]")
    found = [text for m in _messages("ko") for text in _texts(m.string) if plain.search(text)]
    assert found == []
