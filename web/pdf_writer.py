"""A PDF file, written object by object (ISO 32000-1, version 1.7).

WeasyPrint lays out pages well, at eight milliseconds and a tenth of a megabyte for each row of a
table; a list of fifty thousand pairs needs something that forgets a page when it is written.
"""

import hashlib
import zlib
from array import array
from collections.abc import Mapping
from typing import BinaryIO

_TOGETHER = 200
_MARK = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


class PdfWriter:
    """Writes objects in any order; small ones are packed together (ISO 32000-1, 7.5.7)."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._at = 0
        self._digest = hashlib.sha256()
        # For each number: 1 and where it stands, or 2, in which object it is packed, and which.
        self._kinds, self._places, self._turns = array("B"), array("Q"), array("H")
        self._waiting: list[tuple[int, bytes]] = []
        self._put(_MARK)
        self.number()

    def number(self) -> int:
        """Give the number of an object that will be written."""
        self._kinds.append(0)
        self._places.append(0)
        self._turns.append(0)
        return len(self._kinds) - 1

    def add(self, body: str | bytes, number: int | None = None) -> int:
        """Write a small object."""
        number = self.number() if number is None else number
        self._waiting.append((number, body.encode("latin-1") if isinstance(body, str) else body))
        if len(self._waiting) == _TOGETHER:
            self._pack()
        return number

    def add_stream(self, data: bytes, entries: str = "", number: int | None = None) -> int:
        """Write a stream, compressed."""
        number = self.number() if number is None else number
        packed = zlib.compress(data, 6)
        self._kinds[number], self._places[number] = 1, self._at
        head = f"{number} 0 obj\n<<{entries}/Filter/FlateDecode/Length {len(packed)}>>stream\n"
        self._put(head.encode("latin-1") + packed + b"\nendstream\nendobj\n")
        return number

    def add_plain_stream(self, data: bytes, entries: str) -> int:
        """Write a stream that other programs may read without unpacking it."""
        number = self.number()
        self._kinds[number], self._places[number] = 1, self._at
        head = f"{number} 0 obj\n<<{entries}/Length {len(data)}>>stream\n"
        self._put(head.encode("latin-1") + data + b"\nendstream\nendobj\n")
        return number

    def finish(self, root: int, info: int) -> None:
        """Write where everything stands; the file's name for itself is made of what it holds."""
        self._pack()
        number = self.number()
        self._kinds[number], self._places[number] = 1, self._at
        table = bytearray()
        for kind, place, turn in zip(self._kinds, self._places, self._turns, strict=True):
            table += kind.to_bytes(1, "big") + place.to_bytes(5, "big") + turn.to_bytes(2, "big")
        name = self._digest.hexdigest()[:32]
        packed = zlib.compress(bytes(table), 6)
        start = self._at
        entries = (
            f"/Type/XRef/Size {len(self._kinds)}/W[1 5 2]/Root {root} 0 R/Info {info} 0 R"
            f"/ID[<{name}><{name}>]/Filter/FlateDecode/Length {len(packed)}"
        )
        self._put(f"{number} 0 obj\n<<{entries}>>stream\n".encode("latin-1") + packed)
        self._put(f"\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n".encode("latin-1"))

    def _pack(self) -> None:
        if not self._waiting:
            return
        packed = self.number()
        offsets, bodies, at = [], [], 0
        for turn, (number, body) in enumerate(self._waiting):
            self._kinds[number], self._places[number], self._turns[number] = 2, packed, turn
            offsets.append(f"{number} {at}")
            bodies.append(body)
            at += len(body) + 1
        head = " ".join(offsets).encode("latin-1") + b"\n"
        count = len(self._waiting)
        self._waiting = []
        entries = f"/Type/ObjStm/N {count}/First {len(head)}"
        self.add_stream(head + b"\n".join(bodies), entries, packed)

    def _put(self, data: bytes) -> None:
        self._file.write(data)
        self._digest.update(data)
        self._at += len(data)


def text_string(text: str) -> str:
    """Write a text as PDF's dictionaries hold it, in UTF-16."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def dictionary(entries: Mapping[str, object]) -> str:
    """Write a dictionary; values are written as they stand, empty ones left out."""
    inside = "".join(f"/{key} {value}" for key, value in entries.items() if value != "")
    return f"<<{inside}>>"
