"""Sending the mails that wait. Called by the worker, and by nothing else."""

import smtplib

from models.database import make_sessions
from services.mail import Delivery, MailDeferred, MailRefused, deliver_waiting
from web.clock import now
from web.database import engine
from web.mailer import send

_PERMANENT = 500


def deliver_mails() -> Delivery:
    """Send what is due. Call it in an application context; what fails is tried again later."""
    return deliver_waiting(make_sessions(engine()), _send, now())


def _send(recipient: str, subject: str, body: str, calendar_file: str) -> None:
    """Send one mail, and tell a refusal of this mail from a server that is out of order.

    A refused sender or password is the installation's fault, not the mail's: it stays an OSError,
    so that mails wait until the settings are mended.
    """
    try:
        send(recipient, subject, body, calendar_file)
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()))
        raise _refusal(code, words) from error
    except smtplib.SMTPDataError as error:
        raise _refusal(error.smtp_code, error.smtp_error) from error
    except ValueError as error:
        raise MailRefused(f"the mail cannot be written: {error}") from error


def _refusal(code: int, words: bytes | str) -> MailRefused | MailDeferred:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return (MailRefused if code >= _PERMANENT else MailDeferred)(f"{code} {text}")
