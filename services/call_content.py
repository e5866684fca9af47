"""What an organiser says of a call, as one value."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from models import Call
from services.profiles import fingerprint


@dataclass(frozen=True, slots=True)
class CallContent:
    """Everything that an organiser says of a call; the names are the table's columns."""

    identifier: str
    title_en: str
    title_ko: str = ""
    programme: str = ""
    preset: str = "none"
    text_en: str = ""
    text_ko: str = ""
    topics: tuple[str, ...] = ()
    opens_at: datetime | None = None
    deadline_at: datetime | None = None
    zone: str = "Europe/Brussels"
    budget_left: int | None = None
    budget_left_currency: str = "EUR"
    budget_right: int | None = None
    budget_right_currency: str = "EUR"
    budget_note_en: str = ""
    budget_note_ko: str = ""
    trl_from: int | None = None
    trl_to: int | None = None
    duration_months: int | None = None
    link: str = ""
    source: str = ""
    checked_on: date | None = None

    @property
    def mark(self) -> str:
        """A short mark of it, to notice that it changed in the meantime."""
        values = asdict(self)
        return fingerprint(values, values)


def content_of(call: Call) -> CallContent:
    """Read a call as its form shows it."""
    names = CallContent.__dataclass_fields__
    values = {name: getattr(call, name) for name in names}
    return CallContent(**values | {"topics": tuple(call.topics)})
