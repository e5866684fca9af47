"""Public holidays on both sides, so that nobody is asked to meet on one unawares."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import holidays
from sqlmodel import Session, col, select

from models import EditionCountry, Participation, Profile


@dataclass(frozen=True, slots=True)
class Holiday:
    """A public holiday of a country, named in the reader's language where that is known."""

    country: str
    name: str


def holidays_on(
    days: Collection[date], countries: Collection[str], language: str
) -> dict[date, tuple[Holiday, ...]]:
    """Find the public holidays on some days, in the order of the countries.

    Parameters
    ----------
    language
        ``en`` or ``ko``; a country whose holidays have no names in it gives them as it does itself.
    """
    found: dict[date, list[Holiday]] = {day: [] for day in days}
    years = {day.year for day in days}
    for country in dict.fromkeys(countries):
        calendar = _calendar(country, years, language)
        for day in days:
            if day in calendar:
                found[day].append(Holiday(country, calendar[day]))
    return {day: tuple(some) for day, some in found.items() if some}


def main_country(session: Session, edition_id: int, side: str) -> str | None:
    """Find the country that most participants of a side come from; None for an empty side."""
    query = (
        select(Profile.country)
        .join(Participation, col(Participation.profile_id) == Profile.id)
        .join(EditionCountry, col(EditionCountry.country) == Profile.country)
        .where(
            Participation.edition_id == edition_id,
            EditionCountry.edition_id == edition_id,
            EditionCountry.side == side,
        )
    )
    counts = Counter(session.exec(query))
    return min(counts, key=lambda country: (-counts[country], str(country)), default=None)


def _calendar(country: str, years: Collection[int], language: str) -> dict[date, str]:
    try:
        kind = holidays.country_holidays(country)
    except NotImplementedError:
        return {}
    spoken = (one for one in kind.supported_languages if one.split("_")[0] == language)
    named = next(spoken, kind.default_language)
    return dict(holidays.country_holidays(country, years=years, language=named))
