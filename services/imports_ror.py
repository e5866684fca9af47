"""Organisations from a dump of the Research Organization Registry (ror.org, CC0).

Read are schema versions 1 and 2, and a compact listing whose objects have the keys id, name, ko
(Korean names), acr (acronyms), cc (country), city and types. The dump may be plain JSON, JSON in
gzip, or the zip file that the registry publishes.
"""

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from services import profile_values as values
from services.countries import country_code
from services.imports_array import array_items
from services.imports_report import UnreadableFile
from services.profile_values import BadValue

# Of several types the first in this order counts: a company that also funds is a company.
_TYPES = {
    "education": "university",
    "company": "company",
    "facility": "rto",
    "government": "public",
    "healthcare": "public",
}


@dataclass(frozen=True, slots=True)
class OrganisationRecord:
    """An organisation as the registry knows it; ``names`` gives the kind of each name.

    ``parents`` are the ROR ids of the organisations that it is a part of; a compact listing names
    none.
    """

    ror: str
    name: str
    name_native: str
    country: str
    city: str
    type: str
    names: Mapping[str, str]
    parents: tuple[str, ...] = ()


def organisation_records(path: Path) -> Iterator[OrganisationRecord]:
    """Read a dump, one organisation at a time. Withdrawn and closed ones are left out.

    Raises
    ------
    UnreadableFile
        When the file is no such dump; the line says which organisation, counted from 1.
    """
    with closing(array_items(path)) as items:
        for number, item in enumerate(items, start=1):
            try:
                record = _record(item)
            except (KeyError, TypeError, AttributeError, IndexError, BadValue):
                raise UnreadableFile(number, "not-an-organisation") from None
            if record is not None:
                yield record


def _record(item: Mapping[str, Any]) -> OrganisationRecord | None:
    if item.get("status") in ("withdrawn", "inactive"):
        return None
    if "names" in item:
        return _second_schema(item)
    return _compact(item) if "cc" in item else _first_schema(item)


def _compact(item: Mapping[str, Any]) -> OrganisationRecord:
    names = dict.fromkeys(item["acr"], "acronym") | dict.fromkeys(item["ko"], "label")
    return _made(item, item["name"], names, item["cc"], item["city"] or "")


def _first_schema(item: Mapping[str, Any]) -> OrganisationRecord:
    names = dict.fromkeys(item["acronyms"], "acronym")
    names |= dict.fromkeys(item["aliases"], "alias")
    names |= {label["label"]: "label" for label in item["labels"]}
    city = next((place.get("city") for place in item["addresses"]), "")
    return _made(item, item["name"], names, item["country"]["country_code"], city or "")


def _second_schema(item: Mapping[str, Any]) -> OrganisationRecord:
    names: dict[str, str] = {}
    shown = item["names"][0]["value"]
    for name in item["names"]:
        kinds = name["types"]
        if "ror_display" in kinds:
            shown = name["value"]
        kind = "label" if "label" in kinds or "ror_display" in kinds else kinds[0]
        names[name["value"]] = kind if kind in ("label", "acronym") else "alias"
    place = item["locations"][0]["geonames_details"]
    return _made(item, shown, names, place["country_code"], place.get("name") or "")


def _made(
    item: Mapping[str, Any], shown: str, names: Mapping[str, str], country: str, city: str
) -> OrganisationRecord:
    shown = _name(shown)
    given = {_name(name): kind for name, kind in names.items()}
    clean = {name: kind for name, kind in given.items() if name} | {shown: "label"}
    ror, code = values.ror(item["id"]), country_code(country)
    if not shown or ror is None or code is None:
        raise KeyError("id, name or country")
    types = {kind.lower() for kind in item["types"]}
    return OrganisationRecord(
        ror=ror,
        name=shown,
        name_native=_native(clean, shown, code),
        country=code,
        city=values.plain_text(city, 200),
        type=next((ours for theirs, ours in _TYPES.items() if theirs in types), "other"),
        names=clean,
        parents=_parents(item),
    )


def _parents(item: Mapping[str, Any]) -> tuple[str, ...]:
    related = item.get("relationships") or ()
    rors = (values.ror(one["id"]) for one in related if one["type"].lower() == "parent")
    return tuple(ror for ror in rors if ror is not None)


def _name(text: str) -> str:
    # A handful of names in the registry are whole sentences.
    return values.plain_text(" ".join(text.split()), 10_000)[:300]


def _native(names: Mapping[str, str], shown: str, country: str) -> str:
    """Return the Korean name of a Korean organisation that is shown with a Latin one."""
    if country != "KR":
        return ""
    korean = (name for name in names if any("가" <= sign <= "힣" for sign in name))
    return next((name for name in korean if name != shown), "")
