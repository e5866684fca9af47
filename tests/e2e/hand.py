"""A hand at a browser that counts what it does, so that a way through the site has a length."""

import re
from dataclasses import dataclass
from pathlib import Path
from re import Pattern

from playwright.sync_api import Locator, Page, expect

# A person finds and presses a thing in a few seconds, and types three letters in one (keystroke
# level model: 1.35 s to decide, 1.1 s to point, 0.28 s for a key; here with room to read).
SECONDS_AN_ACT = 5.0
SECONDS_A_LETTER = 0.3


@dataclass
class Hand:
    """Presses, follows, ticks, chooses and types in the page's matter, and counts it.

    ``acts`` counts what was pressed, followed, ticked or chosen, and each field that was gone to;
    ``letters`` what was typed.
    """

    page: Page
    acts: int = 0
    letters: int = 0

    @property
    def seconds(self) -> float:
        """How long a person would need for what was done, in seconds."""
        return self.acts * SECONDS_AN_ACT + self.letters * SECONDS_A_LETTER

    @property
    def main(self) -> Locator:
        """The page's matter, without what stands around it on every page."""
        return self.page.get_by_role("main")

    def click(self, what: Locator) -> None:
        """Press whatever it is."""
        self.acts += 1
        what.click()

    def press(self, label: str | Pattern[str]) -> None:
        """Press a button."""
        self.click(self.main.get_by_role("button", name=label, exact=True))

    def go(self, label: str | Pattern[str]) -> None:
        """Follow the first link of that name."""
        self.click(self.main.get_by_role("link", name=label, exact=True).first)

    def stage(self, label: str, tab: str = "") -> None:
        """Go to a stage of the edition, and there to one of its pages."""
        path = self.page.get_by_role("navigation", name="The stages of the edition")
        self.click(path.get_by_role("link", name=label, exact=True))
        if tab:
            self.go(tab)

    def overview(self, tab: str = "") -> None:
        """Go up to the edition's own page, and to one that is about the whole edition."""
        self.click(
            self.page.get_by_role("navigation", name="You are here").get_by_role("link").nth(1)
        )
        if tab:
            self.go(tab)

    def write(self, label: str, text: str, place: int = 0) -> None:
        """Type into a field; of several with one label, the one at a place."""
        self.acts += 1
        self.letters += len(text)
        name = re.compile(rf"^{re.escape(label)}( \(optional\))?$")
        self.main.get_by_label(name).nth(place).fill(text)

    def choose_file(self, path: Path) -> None:
        """Choose a file from this machine: the field, the file, its folder's button."""
        self.acts += 3
        self.main.get_by_label("File of profiles").set_input_files(path)

    def sees(self, text: str | Pattern[str]) -> None:
        """Expect a text; what long work brings about may take a while."""
        expect(self.main.get_by_text(text).first).to_be_visible(timeout=60_000)

    def said(self, text: str | Pattern[str]) -> None:
        """Expect what the page says of the last act."""
        expect(self.page.get_by_role("status").get_by_text(text)).to_be_visible(timeout=60_000)

    def figure(self, term: str) -> int:
        """Read a number from the page's list of figures."""
        value = self.main.locator(f"dt:text-is('{term}') + dd").first.inner_text()
        return int(value.replace(",", ""))
