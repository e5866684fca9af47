"""Names of mails that only this installation can give, so that reports about them are believed."""

import hmac
import re
from email.utils import parseaddr

from flask import current_app

from web.config import settings

_NAME = re.compile(r"<(\d{1,18})\.([0-9a-f]{24})@")


def message_id(mail_id: int) -> str:
    """Name a mail, the same every time it is tried."""
    domain = sender_address().rpartition("@")[2] or "localhost"
    return f"<{mail_id}.{_proof(mail_id)}@{domain}>"


def named_mail(text: str) -> int | None:
    """Find the mail that a Message-ID names, if it was given here."""
    found = _NAME.search(text)
    if found is None or not hmac.compare_digest(found[2], _proof(int(found[1]))):
        return None
    return int(found[1])


def sender_address() -> str:
    """Give the address that mails come from, without the name beside it."""
    return parseaddr(settings().mail_sender)[1]


def _proof(mail_id: int) -> str:
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(secret, f"ieum.mail.{mail_id}".encode(), "sha256").hexdigest()[:24]
