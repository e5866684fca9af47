"""A text file, line by line: UTF-8 and within bounds, or a clear word on what it is instead."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from services.imports_report import UnreadableFile

LINE_LIMIT = 5 * 1024 * 1024
_MARKS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HANGUL = re.compile("[가-힣]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line with its end, counted from 1."""

    number: int
    text: str


def read_lines(file: BinaryIO) -> Iterator[Line]:
    """Read a file's lines; an UTF-8 mark at its beginning is left out.

    Raises
    ------
    UnreadableFile
        At a line that is too long, is no UTF-8 or holds NUL bytes, and at a web page.
    """
    number = 0
    begun = False
    while data := file.readline(LINE_LIMIT + 1):
        number += 1
        if number == 1:
            data = _without_mark(data)
        if len(data) > LINE_LIMIT:
            raise UnreadableFile(number, "line-too-long", megabytes=LINE_LIMIT // 1024 // 1024)
        text = _decode(data, number)
        if not begun and text.strip():
            begun = True
            if text.lstrip().startswith("<"):
                raise UnreadableFile(number, "web-page")
        yield Line(number, text)


def _without_mark(data: bytes) -> bytes:
    if data.startswith(_MARKS):
        raise UnreadableFile(1, "utf-16")
    return data.removeprefix(codecs.BOM_UTF8)


def _decode(data: bytes, number: int) -> str:
    nul = data.find(b"\0")
    if nul >= 0:
        raise UnreadableFile(number, "nul-byte", column=nul + 1)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        column = len(data[: error.start].decode("utf-8", "replace")) + 1
        code = "cp949" if _is_cp949(data) else "not-utf-8"
        raise UnreadableFile(number, code, column=column) from None


def _is_cp949(data: bytes) -> bool:
    try:
        return bool(_HANGUL.search(data.decode("cp949")))
    except UnicodeDecodeError:
        return False
