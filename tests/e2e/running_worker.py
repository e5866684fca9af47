"""The real worker in a process of its own, and a real mail server that counts what it takes."""

import email
import os
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email import policy
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

from web.config import Settings

ROOT = Path(__file__).parents[2]


class Inbox:
    """Counts mails by recipient and subject."""

    def __init__(self) -> None:
        self.taken: Counter[tuple[str, str]] = Counter()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        read = email.message_from_bytes(envelope.content, policy=policy.default)
        self.taken.update((one, str(read["Subject"])) for one in envelope.rcpt_tos)
        return "250 taken"

    def about(self, *ends: str) -> Counter[str]:
        """Count the mails to each address whose subject ends in one of these ways."""
        found: Counter[str] = Counter()
        for (recipient, subject), count in self.taken.items():
            if subject.endswith(ends):
                found[recipient] += count
        return found


@contextmanager
def mail_server(inbox: Inbox) -> Iterator[int]:
    """Serve SMTP on this machine; gives the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    server = Controller(inbox, hostname="127.0.0.1", port=port)
    server.start()
    yield port
    server.stop()


@contextmanager
def worker(settings: Settings) -> Iterator[None]:
    """Run the worker of an installation; only its encoder is one made of words."""
    command = [sys.executable, "-m", "tests.web.worker_process", str(settings.instance_dir)]
    process = subprocess.Popen(  # noqa: S603 - our own module
        [*command, settings.database_url, str(settings.mail_port)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
        stdout=subprocess.DEVNULL,
    )
    yield
    process.terminate()
    process.wait(timeout=30)
