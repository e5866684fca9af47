"""Organisers enter calls; every change is written down, and none overwrites another."""

from dataclasses import replace
from datetime import datetime

import pytest
from sqlmodel import Session, select

from models import AuditEntry, Call
from services.call_content import CallContent, content_of
from services.call_editing import (
    CallChanged,
    IdentifierTaken,
    add_call,
    change_call,
    find_in,
    remove_call,
)
from services.errors import NotFound
from tests.factories import Factory

CONTENT = CallContent(identifier="A-1", title_en="Cold chips", topics=("chips",), trl_from=2)


def test_a_call_is_entered_and_the_log_names_who_did_it(
    make: Factory, session: Session, now: datetime
) -> None:
    edition, organiser = make.edition(), make.account("organiser")
    call = add_call(session, edition, CONTENT, now, actor_id=organiser.id)
    assert content_of(call) == CONTENT
    [entry] = session.exec(select(AuditEntry)).all()
    assert (entry.act, entry.subject, entry.subject_id) == ("added", "call", call.id)
    assert entry.actor_id == organiser.id


def test_an_identifier_is_taken_once_in_an_edition_but_free_in_another(
    make: Factory, session: Session, now: datetime
) -> None:
    edition, other, by = make.edition(), make.edition(), make.account()
    add_call(session, edition, CONTENT, now, actor_id=by.id)
    with pytest.raises(IdentifierTaken):
        add_call(session, edition, CONTENT, now, actor_id=by.id)
    add_call(session, other, CONTENT, now, actor_id=by.id)


def test_a_change_tells_only_what_changed(make: Factory, session: Session, now: datetime) -> None:
    edition, by = make.edition(), make.account()
    call = add_call(session, edition, CONTENT, now, actor_id=by.id)
    after = replace(CONTENT, title_en="Warm chips", deadline_at=now)
    change_call(session, call, after, CONTENT.mark, now, actor_id=by.id)
    change_call(session, call, after, after.mark, now, actor_id=by.id)
    first, entry = session.exec(select(AuditEntry).order_by(AuditEntry.id)).all()  # type: ignore[arg-type]
    assert first.act == "added"
    assert entry.before == {"title_en": "Cold chips", "deadline_at": None}
    assert entry.after == {"title_en": "Warm chips", "deadline_at": now.isoformat()}


def test_whoever_did_not_see_the_last_change_is_stopped(
    make: Factory, session: Session, now: datetime
) -> None:
    edition, by = make.edition(), make.account()
    call = add_call(session, edition, CONTENT, now, actor_id=by.id)
    change_call(session, call, replace(CONTENT, trl_to=4), CONTENT.mark, now, actor_id=by.id)
    with pytest.raises(CallChanged):
        change_call(session, call, replace(CONTENT, trl_to=5), CONTENT.mark, now, actor_id=by.id)


def test_a_call_belongs_to_its_edition_and_goes_when_it_is_taken_out(
    make: Factory, session: Session, now: datetime
) -> None:
    edition, other, by = make.edition(), make.edition(), make.account()
    call = add_call(session, edition, CONTENT, now, actor_id=by.id)
    with pytest.raises(NotFound):
        find_in(session, other, call.id)
    remove_call(session, find_in(session, edition, call.id), now, actor_id=by.id)
    assert session.exec(select(Call)).all() == []
