"""What browsers are sent: vendored files are known, nothing is inline or comes from elsewhere."""

import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "static"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STYLES = sorted((STATIC / "css").glob("*.css"))
VENDORED = [STATIC / "vendor", ROOT / "tests" / "e2e" / "vendor"]
# A namespace is a name, not an address that anybody fetches.
NAMESPACE = "http://www.w3.org/2000/svg"
LOADED_FROM_ELSEWHERE = re.compile(
    r"""(?:src|href|action|srcset|poster|data-hx-\w+)\s*=\s*["']?\s*(?:https?:)?//|@import|url\(\s*["']?(?:https?:)?//""",
    re.IGNORECASE,
)
INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script in the page": re.compile(r"<script(?![^>]*\ssrc=)", re.IGNORECASE),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "an htmx handler": re.compile(r"hx-on|hx-vals=.js:", re.IGNORECASE),
}


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("folder", VENDORED, ids=_name)
def test_every_vendored_file_is_in_the_manifest_and_is_what_it_says(folder: Path) -> None:
    listed = json.loads((folder / "manifest.json").read_text("utf-8"))["files"]
    found = {str(f.relative_to(folder)) for f in folder.rglob("*") if f.is_file()}

    assert {line["file"] for line in listed} == found - {"manifest.json", "README.md"}
    for line in listed:
        assert all(line[key] for key in ("package", "version", "licence", "source")), line
        data = (folder / line["file"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == line["sha256"], line["file"]


@pytest.mark.parametrize("folder", VENDORED, ids=_name)
def test_every_vendored_package_has_its_licence_beside_it(folder: Path) -> None:
    for package in (part for part in folder.iterdir() if part.is_dir()):
        assert (package / "LICENSE").stat().st_size > 0, package.name


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_no_template_has_anything_inline_that_the_policy_refuses(path: Path) -> None:
    text = path.read_text("utf-8")

    assert [what for what, pattern in INLINE.items() if pattern.search(text)] == []


@pytest.mark.parametrize("path", TEMPLATES + STYLES, ids=_name)
def test_nothing_is_loaded_from_another_site(path: Path) -> None:
    # A link that a reader may follow loads nothing by itself.
    text = re.sub(r"<a\s[^>]*>", "<a>", path.read_text("utf-8"))

    assert LOADED_FROM_ELSEWHERE.search(text) is None


def test_pictures_name_no_other_site() -> None:
    for picture in (STATIC / "img").glob("*.svg"):
        text = picture.read_text("utf-8").replace(NAMESPACE, "")
        assert "//" not in text, picture.name
        assert not any(pattern.search(text) for pattern in INLINE.values()), picture.name


@pytest.mark.parametrize("path", STYLES, ids=_name)
def test_every_file_that_a_style_sheet_asks_for_is_there(path: Path) -> None:
    for address in re.findall(r'url\("([^"]+)"\)', path.read_text("utf-8")):
        assert (path.parent / address).is_file(), address


def test_every_static_file_that_a_template_names_is_there() -> None:
    named = {
        name
        for path in TEMPLATES
        for name in re.findall(r'filename="([^"]+\.\w+)"', path.read_text("utf-8"))
    }
    assert named
    for name in named:
        assert (STATIC / name).is_file(), name


def test_every_font_that_is_vendored_is_used() -> None:
    asked = "".join(path.read_text("utf-8") for path in (STATIC / "css").glob("fonts-*.css"))

    for font in (STATIC / "vendor").rglob("*.woff2"):
        assert font.name in asked


def test_every_hangul_syllable_has_a_face() -> None:
    covered: set[int] = set()
    text = (STATIC / "css" / "fonts-korean.css").read_text("utf-8")
    for first, last in re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", text):
        covered |= set(range(int(first, 16), int(last or first, 16) + 1))

    assert set(range(0xAC00, 0xD7A4)) <= covered


def test_a_page_without_fonts_and_pictures_stays_light() -> None:
    """The reset, our style sheets and htmx leave room in 150 kB even when nothing is compressed."""
    # What only the board and the pictures ask for, and what is for PDF, is not sent with a page.
    alone = {"board.css", "report.css", "schedule-sheet.css", "sheet.css"}
    everywhere = [path for path in STYLES if path.name not in alone]
    vendored = [*(STATIC / "vendor").rglob("*.css"), *(STATIC / "vendor").rglob("*.js")]
    sent = [*everywhere, *(path for path in vendored if path.parent.name != "echarts")]

    assert sum(path.stat().st_size for path in sent) < 140_000
