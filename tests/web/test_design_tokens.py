"""The colours can be read: contrast of every pair that is used, light and dark (WCAG 2.2)."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "static" / "css"
LIGHT, DARK = ((CSS / name).read_text("utf-8") for name in ("tokens.css", "dark.css"))
SCHEMES = {"light": LIGHT, "dark": DARK}
TEXT = ("ink", "ink-soft", "accent", "accent-strong", "left", "right", "warning", "error")
# What is not text, but must be seen to understand or to operate.
MARKS = ("control", "left-mark", "right-mark", "accent")


def _colours(block: str) -> dict[str, str]:
    found = re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block)
    return {
        name: code if len(code) == 7 else "#" + "".join(2 * c for c in code[1:])
        for name, code in found
    }


def _luminance(code: str) -> float:
    def linear(part: str) -> float:
        value = int(part, 16) / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(code[i : i + 2]) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_is_21_to_1() -> None:
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", TEXT)
def test_text_on_paper_reaches_aaa(scheme: str, name: str) -> None:
    colours = _colours(SCHEMES[scheme])

    assert _contrast(colours[name], colours["paper"]) >= 7


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", MARKS)
def test_marks_and_borders_of_controls_stand_out_from_every_paper(scheme: str, name: str) -> None:
    colours = _colours(SCHEMES[scheme])

    for paper in ("paper", "paper-raised"):
        assert _contrast(colours[name], colours[paper]) >= 3


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("ink", "paper-raised"),
        ("ink", "paper-sunk"),
        ("ink", "accent-wash"),
        ("ink", "warning-wash"),
        ("ink", "error-wash"),
        ("ink", "found"),
        ("ink-soft", "paper-sunk"),
        ("accent", "accent-wash"),
        ("accent", "paper-sunk"),
        ("accent-ink", "accent"),
        ("accent-ink", "accent-strong"),
        ("error", "error-wash"),
    ],
)
def test_text_on_a_tinted_ground_reaches_aaa(scheme: str, text: str, ground: str) -> None:
    colours = _colours(SCHEMES[scheme])

    assert _contrast(colours[text], colours[ground]) >= 7


def test_the_dark_scheme_changes_every_colour() -> None:
    assert _colours(DARK).keys() == _colours(LIGHT).keys()
