"""The way mails leave: by the configured server, or into an outbox that the console names."""

import re
import smtplib
import socket
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from flask import Flask, current_app
from flask_mailman import EmailMessage, Mail
from flask_mailman.message import sanitize_address

from services.mail_delivery import HandOver, Outgoing
from web.config import Settings, settings
from web.mail_ids import message_id, sender_address

OUTBOX = "outbox"
_OK, _FORWARDED, _GO_ON = 250, 251, 354


def outbox() -> Path:
    """Name the folder that mails land in when no server is configured."""
    return settings().instance_dir / OUTBOX


class Line:
    """A line to the mail server, opened when the first mail goes out and kept for the next ones."""

    def __init__(self) -> None:
        self._connection: Any = None

    def send(self, mail: Outgoing, hand_over: HandOver) -> None:
        """Hand one mail over.

        Parameters
        ----------
        hand_over
            Called just before what cannot be taken back; nothing is sent if it raises.

        Raises
        ------
        OSError
            When the server cannot be reached or refuses (``smtplib.SMTPException`` is an OSError).
        ValueError
            When the address or the subject cannot stand in a mail.
        """
        message = _message(mail)
        if current_app.extensions["mailman"].backend == "file":
            _put_into_outbox(mail, message)
            return
        try:
            self._send(message, hand_over)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Hang up, in the middle of a mail too: the server drops what was not ended."""
        opened, self._connection = self._connection, None
        smtp = getattr(opened, "connection", None)
        if smtp is not None:
            smtp.close()

    def _send(self, message: EmailMessage, hand_over: HandOver) -> None:
        if self._connection is not None and not _answers(self._connection):
            self.close()
        if self._connection is None:
            self._connection = current_app.extensions["mailman"].get_connection()
            self._connection.open()
            _hasten(self._connection)
        if not hasattr(self._connection, "connection"):
            # The one that keeps mails in memory.
            hand_over()
            self._connection.send_messages([message])
            return
        _dictate(self._connection.connection, message, hand_over)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        smtp = getattr(self._connection, "connection", None)
        # The mails are handed over or not by now; a farewell that fails changes nothing.
        with suppress(OSError):
            if smtp is not None:
                smtp.quit()
        self.close()


def _message(mail: Outgoing) -> EmailMessage:
    headers = {"Auto-Submitted": "auto-generated", "Message-ID": message_id(mail.id)}
    if mail.unsubscribe_link:
        # RFC 8058: the reader's mail program unsubscribes by one press.
        headers["List-Unsubscribe"] = f"<{mail.unsubscribe_link}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMessage(mail.subject, mail.body, to=[mail.recipient], headers=headers)
    if mail.calendar_file:
        message.attach("meeting.ics", mail.calendar_file, "text/calendar")
    return message


def _hasten(connection: Any) -> None:  # noqa: ANN401 - flask-mailman has no types
    # The dot goes out by itself, and would wait for the answer to what went before it.
    smtp = getattr(connection, "connection", None)
    if smtp is not None and smtp.sock is not None:
        smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _answers(connection: Any) -> bool:  # noqa: ANN401 - flask-mailman has no types
    smtp = getattr(connection, "connection", None)
    try:
        return smtp is None or smtp.noop()[0] == _OK
    except OSError:
        return False


def _dictate(smtp: smtplib.SMTP, message: EmailMessage, hand_over: HandOver) -> None:
    """Do what ``smtplib.sendmail`` does, but ask before the dot that ends the mail."""
    content = _with_line_ends(message.message().as_bytes(linesep="\r\n"))
    recipient = sanitize_address(message.to[0], "utf-8")
    sender = settings().bounce_address or sanitize_address(sender_address(), "utf-8")
    smtp.ehlo_or_helo_if_needed()
    code, words = smtp.mail(sender)
    if code != _OK:
        raise smtplib.SMTPSenderRefused(code, words, sender)
    code, words = smtp.rcpt(recipient)
    if code not in (_OK, _FORWARDED):
        raise smtplib.SMTPRecipientsRefused({recipient: (code, words)})
    code, words = smtp.docmd("data")
    if code != _GO_ON:
        raise smtplib.SMTPDataError(code, words)
    smtp.send(content)
    hand_over()
    smtp.send(b".\r\n")
    code, words = smtp.getreply()
    if code != _OK:
        raise smtplib.SMTPDataError(code, words)


def _with_line_ends(content: bytes) -> bytes:
    """End every line as the protocol wants it, and double the dots that begin one."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", content)
    return re.sub(rb"(?m)^\.", b"..", lines).removesuffix(b"\r\n") + b"\r\n"


def _put_into_outbox(mail: Outgoing, message: EmailMessage) -> None:
    """Write a mail into a file that has its name: whoever dies here writes the same one again."""
    path = outbox() / f"{message_id(mail.id)[1:].partition('@')[0]}.eml"
    unfinished = path.with_suffix(".part")
    unfinished.write_bytes(message.message().as_bytes())
    unfinished.replace(path)


def init_app(app: Flask) -> None:
    """Choose the way by the settings."""
    chosen: Settings = app.extensions["settings"]
    folder = chosen.instance_dir / OUTBOX
    app.config.update(
        MAIL_BACKEND="smtp" if chosen.mail_server else "file",
        MAIL_FILE_PATH=str(folder),
        MAIL_SERVER=chosen.mail_server,
        MAIL_PORT=chosen.mail_port,
        MAIL_USERNAME=chosen.mail_username or None,
        MAIL_PASSWORD=chosen.mail_password or None,
        MAIL_USE_TLS=chosen.mail_use_tls,
        MAIL_DEFAULT_SENDER=chosen.mail_sender,
        MAIL_TIMEOUT=10,
    )
    if not chosen.mail_server:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    Mail(app)
