"""The mailbox in which servers report what they could not deliver; read by the worker."""

import imaplib
import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from models.database import SessionMaker
from services.bounce_report import read_report
from services.bounces import take_report
from web.address_keys import address_keys
from web.clock import now
from web.config import Settings, settings
from web.mail_ids import named_mail

_TIMEOUT = 10
_AT_ONCE = 200
# The report stands before the copy of the mail; nobody needs what is longer.
_LARGEST = 500_000
_log = logging.getLogger(__name__)


def read_bounces(sessions: SessionMaker) -> int:
    """Read the reports that nobody has read, and mark their mails; return how many.

    A report is marked as read after the tables know of it, so that a killed worker reads it again:
    that changes nothing.
    """
    chosen = settings()
    if not chosen.bounce_imap_server:
        return 0
    try:
        with _mailbox(chosen) as mailbox:
            return sum(_take(sessions, mailbox, number) for number in _unread(mailbox))
    except (OSError, imaplib.IMAP4.error) as error:
        _log.warning("the mailbox of bounces cannot be read: %s", type(error).__name__)
        return 0


@contextmanager
def _mailbox(chosen: Settings) -> Iterator[imaplib.IMAP4]:
    kind = imaplib.IMAP4 if chosen.bounce_imap_plain else imaplib.IMAP4_SSL
    mailbox = kind(chosen.bounce_imap_server, chosen.bounce_imap_port, timeout=_TIMEOUT)
    try:
        mailbox.login(chosen.bounce_imap_username, chosen.bounce_imap_password)
        state, _said = mailbox.select(f'"{chosen.bounce_imap_folder}"')
        if state != "OK":
            raise imaplib.IMAP4.error("there is no such folder")
        yield mailbox
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            mailbox.logout()


def _unread(mailbox: imaplib.IMAP4) -> list[str]:
    _state, found = mailbox.uid("SEARCH", "UNSEEN")
    return (found[0] or b"").decode("ascii").split()[:_AT_ONCE]


def _take(sessions: SessionMaker, mailbox: imaplib.IMAP4, number: str) -> bool:
    _state, parts = mailbox.uid("FETCH", number, f"(BODY.PEEK[]<0.{_LARGEST}>)")
    raw = next((part[1] for part in parts if isinstance(part, tuple)), b"")
    report = read_report(raw)
    named = [named_mail(name) for name in report.message_ids] if report else []
    mail_id = next((found for found in named if found is not None), None)
    marked = False
    if report is not None and mail_id is not None:
        with sessions() as session:
            marked = take_report(session, report, mail_id, address_keys(), now())
            session.commit()
    mailbox.uid("STORE", number, "+FLAGS", r"(\Seen)")
    return marked
