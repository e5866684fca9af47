"""The page of an import: its lines with their forms, a hundred works at a time."""

from dataclasses import dataclass, field
from datetime import datetime
from math import ceil

from sqlmodel import Session

from services.pending_imports import Pending, find_import
from services.pending_lines import KNOWN, FactLine, Line, WorkLine
from web.forms.importing import FactForm, ReviewForm, WorkLineForm, fact_form, work_form

WORKS = 100


@dataclass(frozen=True)
class ShownFact:
    """A fact that can be changed."""

    number: int
    line: FactLine
    form: FactForm


@dataclass(frozen=True)
class ShownWork:
    """A work that can be changed."""

    number: int
    line: WorkLine
    form: WorkLineForm


@dataclass(frozen=True)
class Beside:
    """Where the country stands that helps to find an organisation: a field's name, or its code."""

    field: str = ""
    code: str = ""

    @property
    def address(self) -> dict[str, str]:
        """What the address of the list of organisations says of it."""
        return {"country_field": self.field} if self.field else {"country": self.code}

    @property
    def include(self) -> str:
        """The field that htmx sends along, as a selector."""
        return f"[name={self.field}]" if self.field else "this"


@dataclass
class Review:
    """What the page shows; ``known`` are lines that the profile has already."""

    pending: Pending
    form: ReviewForm
    page: int
    pages: int
    facts: list[ShownFact] = field(default_factory=list)
    asked: list[ShownFact] = field(default_factory=list)
    works: list[ShownWork] = field(default_factory=list)
    known: list[Line] = field(default_factory=list)

    @property
    def all_works(self) -> int:
        """How many works there are to decide on, over all pages."""
        return sum(isinstance(line, WorkLine) and line.state != KNOWN for line in self.lines)

    @property
    def country(self) -> Beside:
        """Where the country stands: on the page, or among what the profile says already."""
        for one in (*self.facts, *self.asked):
            if one.line.field == "country":
                return Beside(field=str(one.form.value.name))
        known = (one for one in self.known if isinstance(one, FactLine) and one.field == "country")
        return Beside(code=next((one.value for one in known), ""))

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line of the import."""
        return self.pending.lines

    def is_valid(self) -> bool:
        """Check every line that was sent; the errors stand beside the fields."""
        forms: list[FactForm | WorkLineForm] = [one.form for one in (*self.facts, *self.asked)]
        forms += [one.form for one in self.works]
        # Every one of them, so that all errors show at once.
        return len([form for form in forms if form.validate()]) == len(forms)

    def changes(self) -> dict[int, Line]:
        """Give the lines as they were sent, by number."""
        facts = {one.number: one.form.line(one.line) for one in (*self.facts, *self.asked)}
        works = {one.number: one.form.line(one.line) for one in self.works}
        return {**facts, **works}


def open_review(session: Session, account_id: int, now: datetime, page: int) -> Review | None:
    """Open a page of the account's import; None when none waits."""
    pending = find_import(session, account_id, now)
    if pending is None:
        return None
    open_lines = [(n, line) for n, line in enumerate(pending.lines) if line.state != KNOWN]
    works = [(n, line) for n, line in open_lines if isinstance(line, WorkLine)]
    pages = max(1, ceil(len(works) / WORKS))
    page = min(max(1, page), pages)
    shown = Review(pending, ReviewForm(), page, pages)
    shown.known = [line for line in pending.lines if line.state == KNOWN]
    for number, line in open_lines:
        if isinstance(line, FactLine) and page == 1:
            one = ShownFact(number, line, fact_form(line, f"f{number}-"))
            (shown.asked if line.state == "asked" else shown.facts).append(one)
    for number, work in works[(page - 1) * WORKS : page * WORKS]:
        shown.works.append(ShownWork(number, work, work_form(work, f"w{number}-")))
    return shown
