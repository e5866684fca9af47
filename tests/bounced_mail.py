"""Reports of mails that could not be delivered, as mail servers write them (RFC 3464)."""

NAME = "<12.abc@forum.example>"
_REPORT = """\
From: MAILER-DAEMON@mx.example.org
To: forum@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="border"

--border
Content-Type: text/plain; charset=utf-8

I am sorry to have to inform you that your message could not be delivered.
--border
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; kim@example.org
Action: {action}
Status: {status}
Diagnostic-Code: {said}
--border
Content-Type: {copy}

Message-ID: {name}
Subject: News

the text
--border--
"""


def bounce(
    action: str = "failed",
    status: str = "5.1.1",
    said: str = "smtp; 550 5.1.1\n <kim@example.org>: user unknown",
    name: str = NAME,
    copy: str = "message/rfc822",
) -> bytes:
    """Write a report about one recipient, with a copy of the mail or its headers alone."""
    text = _REPORT.format(action=action, status=status, said=said, name=name, copy=copy)
    return text.replace("\n", "\r\n").encode()
