"""Drafts of mailings, and the words in braces."""

from datetime import datetime

import pytest
from sqlmodel import Session, select

from models import Mailing
from services.errors import NotFound
from services.mailing_sending import send_mailing
from services.mailing_text import fill, unknown_placeholders
from services.mailings import (
    MailingDraft,
    NotADraft,
    UnknownPlaceholder,
    change_mailing,
    copy_mailing,
    find_mailing,
    mailings_of,
    remove_mailing,
    write_mailing,
)
from tests.factories import Factory

DRAFT = MailingDraft("News of {edition}", "{edition} 소식", "Dear {name}", "{name} 님")


def test_a_draft_is_written_changed_copied_and_thrown_away(
    session: Session, make: Factory, now: datetime
) -> None:
    edition = make.edition()
    row = write_mailing(session, edition, DRAFT, now)
    change_mailing(session, row, MailingDraft("A", "B", "C", "D", side="left"), now)
    copy = copy_mailing(session, row, now)
    assert (copy.subject_en, copy.side, copy.state) == ("A", "left", "draft")
    assert list(mailings_of(session, edition)) == [copy, row]
    remove_mailing(session, copy, now)
    assert session.exec(select(Mailing)).all() == [row]


def test_what_was_sent_stays_as_it_is(session: Session, make: Factory, now: datetime) -> None:
    row = write_mailing(session, make.edition(), DRAFT, now)
    send_mailing(session, row, now)
    with pytest.raises(NotADraft):
        change_mailing(session, row, DRAFT, now)
    with pytest.raises(NotADraft):
        remove_mailing(session, row, now)


def test_a_mailing_of_another_edition_is_not_found(
    session: Session, make: Factory, now: datetime
) -> None:
    row = write_mailing(session, make.edition(), DRAFT, now)
    with pytest.raises(NotFound):
        find_mailing(session, make.edition(), row.id)


def test_a_word_in_braces_that_nothing_is_known_for_is_refused(
    session: Session, make: Factory, now: datetime
) -> None:
    with pytest.raises(UnknownPlaceholder) as refused:
        write_mailing(session, make.edition(), MailingDraft("{nmae}", "", "{password}", ""), now)
    assert refused.value.names == ("nmae", "password")


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("Dear {name}, see { link }", ()),
        ("{Name} and {name}", ("Name",)),
        ("{0.__class__} {{name}}", ("0.__class__",)),
        ("a brace { alone, and } another", ("alone, and",)),
        ("nothing {} in it", ()),
    ],
)
def test_what_counts_as_a_placeholder(text: str, unknown: tuple[str, ...]) -> None:
    assert unknown_placeholders(text) == unknown


def test_values_are_plain_text_in_one_line_and_never_read_again() -> None:
    values = {"name": "Kim\nBcc: {link}", "link": "https://ieum.example"}
    assert fill("To {name}: {link}", values) == "To Kim Bcc: {link}: https://ieum.example"
    assert fill("{name} {edition}", {"name": "김"}) == "김 "
