"""The way mails leave: by the configured server, or into an outbox that the console names."""

from contextlib import suppress
from pathlib import Path

from flask import Flask, current_app
from flask_mailman import EmailMessage, Mail

from web.config import Settings, settings

OUTBOX = "outbox"


def outbox() -> Path:
    """Name the folder that mails land in when no server is configured."""
    return settings().instance_dir / OUTBOX


def send(recipient: str, subject: str, body: str, calendar_file: str = "") -> None:
    """Hand one mail over, with a file for the calendar if it carries one.

    Raises
    ------
    OSError
        When the server cannot be reached or refuses (``smtplib.SMTPException`` is an OSError).
    ValueError
        When the address or the subject cannot stand in a mail.
    """
    connection = current_app.extensions["mailman"].get_connection()
    headers = {"Auto-Submitted": "auto-generated"}
    mail = EmailMessage(subject, body, to=[recipient], headers=headers, connection=connection)
    if calendar_file:
        mail.attach("meeting.ics", calendar_file, "text/calendar")
    try:
        connection.open()
        mail.send()
    finally:
        # The mail is handed over or not by now; a farewell that fails changes nothing.
        with suppress(OSError):
            connection.close()


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
