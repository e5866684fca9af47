"""A mailbox that speaks as much IMAP as reading it takes, over a real socket on this machine."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Mailbox:
    """Mails and which of them were read; ``password`` lets one in."""

    mails: list[bytes] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    password: str = "secret"
    said: list[str] = field(default_factory=list)


class _Talk(socketserver.StreamRequestHandler):
    """One connection: reads commands, answers, and knows nothing beyond them."""

    def handle(self) -> None:
        self._say(b"* OK ready")
        for line in self.rfile:
            tag, _, rest = line.strip().decode().partition(" ")
            name, _, values = rest.partition(" ")
            self.mailbox.said.append(name.upper())
            answer = getattr(self, f"_{name.lower()}")(values)
            self._say(f"{tag} {answer} .".encode())
            if name.upper() == "LOGOUT":
                return

    @property
    def mailbox(self) -> Mailbox:
        found: Mailbox = self.server.mailbox  # type: ignore[attr-defined] # set below
        return found

    def _say(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")

    def _capability(self, _values: str) -> str:
        self._say(b"* CAPABILITY IMAP4REV1")
        return "OK"

    def _login(self, values: str) -> str:
        return "OK" if f'"{self.mailbox.password}"' in values else "NO wrong password"

    def _select(self, values: str) -> str:
        if values.strip('"') != "INBOX":
            return "NO there is no such folder"
        self._say(f"* {len(self.mailbox.mails)} EXISTS".encode())
        return "OK"

    def _uid(self, values: str) -> str:
        name, _, rest = values.partition(" ")
        self.mailbox.said.append(name.upper())
        if name.upper() == "SEARCH":
            unread = (
                n for n in range(1, len(self.mailbox.mails) + 1) if n not in self.mailbox.seen
            )
            self._say(f"* SEARCH {' '.join(map(str, unread))}".encode())
            return "OK"
        number = int(rest.split()[0])
        if name.upper() == "STORE":
            self.mailbox.seen.add(number)
            return "OK"
        most = int(re.search(r"<0\.(\d+)>", rest)[1])  # type: ignore[index] # we ask so
        raw = self.mailbox.mails[number - 1][:most]
        head = f"* {number} FETCH (UID {number} BODY[]<0> {{{len(raw)}}}\r\n".encode()
        self.wfile.write(head + raw + b")\r\n")
        return "OK"

    def _logout(self, _values: str) -> str:
        self._say(b"* BYE")
        return "OK"


@contextmanager
def imap_server(mailbox: Mailbox) -> Iterator[int]:
    """Serve a mailbox; gives the port."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Talk) as server:
        server.daemon_threads = True
        server.mailbox = mailbox  # type: ignore[attr-defined] # the handlers read it
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield int(server.server_address[1])
        server.shutdown()
        thread.join()
