"""Sending the mails that wait. Called by the worker, and by nothing else."""

import smtplib
from collections.abc import Callable

from models.database import make_sessions
from services.mail import MailDeferred, MailRefused
from services.mail_delivery import Delivery, HandOver, Outgoing, deliver_waiting
from services.mailing_sending import finish_mailings
from web.clock import now
from web.database import engine
from web.mailer import Line

_PERMANENT = 500


def deliver_mails(stopping: Callable[[], bool] = lambda: False) -> Delivery:
    """Send what is due, a part of the queue at a time, until nothing is.

    Call it in an application context; what fails is tried again later.
    """
    sent = put_off = given_up = 0
    sessions = make_sessions(engine())
    while not stopping():
        with Line() as line:
            part = deliver_waiting(sessions, _sending(line), now())
        sent, put_off = sent + part.sent, put_off + part.put_off
        given_up += part.given_up
        with sessions() as session:
            finish_mailings(session, now())
            session.commit()
        if not part.total or not part.reachable:
            break
    return Delivery(sent, put_off, given_up)


def _sending(line: Line) -> Callable[[Outgoing, HandOver], None]:
    def send(mail: Outgoing, hand_over: HandOver) -> None:
        """Send one mail, and tell a refusal of it from a server that is out of order.

        A refused sender or password is the installation's fault, not the mail's: it stays an
        OSError, so that mails wait until the settings are mended.
        """
        try:
            line.send(mail, hand_over)
        except smtplib.SMTPRecipientsRefused as error:
            code, words = next(iter(error.recipients.values()))
            raise _refusal(code, words) from error
        except smtplib.SMTPDataError as error:
            raise _refusal(error.smtp_code, error.smtp_error) from error
        except ValueError as error:
            raise MailRefused(f"the mail cannot be written: {error}") from error

    return send


def _refusal(code: int, words: bytes | str) -> MailRefused | MailDeferred:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return (MailRefused if code >= _PERMANENT else MailDeferred)(f"{code} {text}")
