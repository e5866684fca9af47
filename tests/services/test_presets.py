"""Rules of calls are data: each change is a version, and a draft can name the one it had."""

from datetime import datetime
from typing import Any

import pytest
from sqlmodel import Session, select

from matchmaking.eligibility_preset import PRESETS, preset
from matchmaking.errors import BadInput
from models import AuditEntry, RulePreset
from services.errors import NotFound
from services.presets import newest, preset_names, preset_row, versions
from services.presets_writing import keep, save_version
from tests.factories import Factory


def _wish(session: Session, edition_id: int, **given: Any) -> dict[str, Any]:
    data = newest(session, edition_id, "chips-ju-nrf-mirror").data
    return {name: data[name] for name in ("rules", "teams", "source", "date")} | given


def test_an_edition_begins_with_what_ships(make: Factory, session: Session) -> None:
    edition = make.edition()
    assert preset_names(session, edition.id) == [*PRESETS]
    assert newest(session, edition.id, "horizon-ria").rules == preset("horizon-ria")
    with pytest.raises(NotFound):
        newest(session, edition.id, "unheard-of")


def test_a_change_makes_the_next_version_and_leaves_the_old_one(
    make: Factory, session: Session, now: datetime
) -> None:
    edition, other, by = make.edition(), make.edition(), make.account("organiser")
    kept = keep(session, edition.id, "chips-ju-nrf-mirror", now)
    wish = _wish(session, edition.id)
    wish["rules"] = [rule | {"most": 3} if "most" in rule else rule for rule in wish["rules"]]
    row = save_version(session, edition.id, "chips-ju-nrf-mirror", wish, now, actor_id=by.id)
    assert row.version == 2
    assert newest(session, edition.id, "chips-ju-nrf-mirror").id == row.id
    assert preset_row(session, kept).version == 1
    assert newest(session, other.id, "chips-ju-nrf-mirror").version == 1
    [entry] = session.exec(select(AuditEntry)).all()
    assert (entry.act, entry.subject, entry.before["version"]) == ("changed", "preset", 1)


def test_keeping_twice_writes_one_row(make: Factory, session: Session, now: datetime) -> None:
    edition = make.edition()
    assert keep(session, edition.id, "quantera", now) == keep(session, edition.id, "quantera", now)
    assert len(session.exec(select(RulePreset)).all()) == 1


def test_an_edition_has_presets_of_its_own(make: Factory, session: Session, now: datetime) -> None:
    edition, by = make.edition(), make.account()
    save_version(session, edition.id, "ours", _wish(session, edition.id), now, actor_id=by.id)
    assert preset_names(session, edition.id) == [*PRESETS, "ours"]
    assert [one.version for one in versions(session, edition.id, "ours")] == [1]


def test_rules_that_do_not_go_together_are_refused(
    make: Factory, session: Session, now: datetime
) -> None:
    edition, by = make.edition(), make.account()
    wish = _wish(session, edition.id, teams=None)
    with pytest.raises(BadInput, match="about teams"):
        save_version(session, edition.id, "ours", wish, now, actor_id=by.id)
