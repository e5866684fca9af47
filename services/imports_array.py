"""The objects of one large JSON array, read one at a time, packed or plain.

The registry's dump has some 300 MB of JSON; read as a whole it would take gigabytes of memory.
"""

import gzip
import io
import json
import zlib
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any, BinaryIO, TextIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from services.imports_report import UnreadableFile

_CHUNK = 1024 * 1024
ITEM_LIMIT = 8 * _CHUNK
_SPACE = " \t\r\n,"


def array_items(path: Path) -> Generator[dict[str, Any], None, None]:
    """Read the objects of an array in a file, in gzip or in a zip archive.

    Raises
    ------
    UnreadableFile
        When the file is no such array, or ends before the array does; its line is the number of
        the object, counted from 1.
    """
    number = 0
    try:
        with (
            path.open("rb") as file,
            _unpacked(file) as data,
            io.TextIOWrapper(data, encoding="utf-8-sig") as text,
        ):
            for item in _items(text):
                number += 1
                yield item
    except UnicodeDecodeError:
        raise UnreadableFile(number + 1, "dump-not-utf-8") from None
    except (EOFError, zlib.error, BadZipFile, gzip.BadGzipFile):
        raise UnreadableFile(number + 1, "dump-cut-off") from None
    except (RuntimeError, NotImplementedError):  # a password; a way of packing that is unknown
        raise UnreadableFile(0, "locked-zip") from None
    except _NotAnArray as error:
        raise UnreadableFile(number + 1, str(error)) from None
    except OSError as error:
        raise UnreadableFile(0, "cannot-open", why=error.strerror or "unknown") from None


class _NotAnArray(Exception):
    """Holds the code of the problem."""


def _unpacked(file: BinaryIO) -> BinaryIO:
    head = file.read(4)
    file.seek(0)
    if head.startswith(b"\x1f\x8b"):
        return gzip.open(file)  # type: ignore[return-value] # a readable binary file
    if head.startswith(b"PK"):
        archive = ZipFile(file)
        found = [item for item in archive.infolist() if item.filename.lower().endswith(".json")]
        if not found:
            raise _NotAnArray("no-dump-in-zip")
        return archive.open(max(found, key=_newest))  # type: ignore[return-value] # likewise
    return file


def _newest(item: ZipInfo) -> tuple[bool, str]:
    # The registry's archives held both schemas for a while; the second knows languages of names.
    return "schema_v2" in item.filename, item.filename


def _items(text: TextIO) -> Iterator[dict[str, Any]]:
    read = json.JSONDecoder().raw_decode
    buffer = text.read(_CHUNK).lstrip()
    if not buffer.startswith("["):
        raise _NotAnArray("not-a-dump")
    at, ended = 1, False
    while True:
        while at < len(buffer) and buffer[at] in _SPACE:
            at += 1
        if buffer.startswith("]", at):
            return
        try:
            item, at = read(buffer, at)
        except (ValueError, RecursionError):
            if ended or len(buffer) - at > ITEM_LIMIT:
                raise _NotAnArray("dump-cut-off" if ended else "bad-dump") from None
            more = text.read(_CHUNK)
            buffer, at, ended = buffer[at:] + more, 0, not more
            continue
        if not isinstance(item, dict):
            raise _NotAnArray("not-an-organisation")
        yield item
