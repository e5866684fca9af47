"""The best-known institutions of the field, from organisations.json."""

import json
from pathlib import Path
from typing import Any

from sqlmodel import Session

from models import Organisation, OrganisationLink, OrganisationName
from services.organisations import fold

_FILE = Path(__file__).parent / "organisations.json"


def load_organisations(session: Session) -> int:
    """Write the institutions with their names and the entities behind them; gives their number."""
    entries = json.loads(_FILE.read_text(encoding="utf-8"))
    known = {entry["name"]: _add(session, entry) for entry in entries}
    for entry in entries:
        for linked in entry.get("linked", []):
            other = known.get(linked["name"])
            if other is None:
                values = {"country": entry["country"], "city": entry["city"], "type": "other"}
                other = known[linked["name"]] = _add(session, values | linked)
            row = {"organisation_id": known[entry["name"]].id, "linked_id": other.id}
            session.add(OrganisationLink(kind=linked["link"], **row))
    session.flush()
    return len(known)


def _add(session: Session, entry: dict[str, Any]) -> Organisation:
    columns = {name: entry[name] for name in Organisation.model_fields if name in entry}
    organisation = Organisation(**columns)
    session.add(organisation)
    session.flush()
    names = {entry["name"]: "label", entry.get("name_native", ""): "label"}
    names |= dict.fromkeys(entry.get("aliases", []), "alias")
    names |= dict.fromkeys(entry.get("acronyms", []), "acronym")
    for name, kind in names.items():
        if name:
            row = {"organisation_id": organisation.id, "name": name, "folded": fold(name)}
            session.add(OrganisationName(kind=kind, **row))
    return organisation
