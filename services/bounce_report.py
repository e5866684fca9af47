"""Reports that a mail could not be delivered (RFC 3464), read without believing them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

_MESSAGE_IDS = re.compile(r"<[^<>\s]{3,200}>")
_STATUS = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
_BREAKS = re.compile(r"\s+")
_WORDS = 300
# What is wrong is not the address: a full mailbox, a large mail, its content, a policy.
_PASSING = ("5.2.2", "5.2.3", "5.3.", "5.6.", "5.7.")


@dataclass(frozen=True, slots=True)
class BounceReport:
    """What a server says of a mail that it could not deliver.

    Parameters
    ----------
    message_ids
        Names of mails in it, the likeliest first.
    status
        The code of RFC 3463, such as 5.1.1; empty when it says none.
    words
        The code and the server's own words, in one line.
    """

    message_ids: tuple[str, ...]
    status: str
    words: str

    @property
    def for_good(self) -> bool:
        """Whether the address itself is dead, so that later mails to it are in vain."""
        return self.status.startswith("5") and not self.status.startswith(_PASSING)


def read_report(raw: bytes) -> BounceReport | None:
    """Read a mail; None when it is no report of a failed delivery.

    A report that a delivery takes longer is none.
    """
    mail = message_from_bytes(raw)
    if mail.get_content_type() != "multipart/report":
        return None
    for fields in _status_blocks(mail):
        if str(fields.get("Action", "")).strip().lower() != "failed":
            continue
        said = _BREAKS.sub(" ", str(fields.get("Diagnostic-Code", ""))).strip()
        found = _STATUS.search(str(fields.get("Status", ""))) or _STATUS.search(said)
        status = found[0] if found else ""
        words = " ".join(filter(None, (status, said)))[:_WORDS]
        return BounceReport(tuple(_named(mail)), status, words)
    return None


def _status_blocks(mail: Message) -> Iterator[Message]:
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status":
            blocks = part.get_payload()
            if isinstance(blocks, list):
                yield from (block for block in blocks if isinstance(block, Message))


def _named(mail: Message) -> Iterator[str]:
    """Find what the report calls the mail: in the copy that it carries, then as what it answers."""
    for part in mail.walk():
        if part is not mail:
            yield from _MESSAGE_IDS.findall(str(part.get("Message-ID", "")))
        if part.get_content_type() == "text/rfc822-headers":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                copy = message_from_bytes(payload)
                yield from _MESSAGE_IDS.findall(str(copy.get("Message-ID", "")))
    for name in ("In-Reply-To", "References"):
        yield from _MESSAGE_IDS.findall(str(mail.get(name, "")))
