"""XML as nested objects, like the JSON of the same registry, each with its line.

Read by expat itself, so that a document type - the way of entities that grow without end - is
refused where it begins, and depth is bounded while reading.
"""

from typing import Any
from xml.parsers import expat

from services.reading import Unreadable
from services.reading_json import DEEPEST, LINE


def load(text: str) -> dict[str, Any]:
    """Read XML: names lose their prefix, a leaf is ``{"value": text}``, children are lists.

    Raises
    ------
    Unreadable
        When it is not well-formed, has a document type, or is nested too deep.
    """
    builder = _Builder()
    try:
        # The text is decoded already; what the declaration says of its encoding no longer holds.
        builder.parser.Parse(text.encode("utf-8"), True)
    except expat.ExpatError as error:
        raise Unreadable("xml-broken", error.lineno, column=error.offset + 1) from None
    return builder.root


class _Builder:
    def __init__(self) -> None:
        self.root: dict[str, Any] = {}
        self._path: list[dict[str, Any]] = [self.root]
        self.parser = expat.ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _refuse(self, *_given: object) -> None:
        raise Unreadable("xml-doctype", self.parser.CurrentLineNumber)

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        if len(self._path) > DEEPEST:
            raise Unreadable("too-deep", self.parser.CurrentLineNumber, limit=DEEPEST)
        node: dict[str, Any] = {LINE: self.parser.CurrentLineNumber, "value": ""}
        self._path[-1].setdefault(name.rpartition(":")[2], []).append(node)
        self._path.append(node)

    def _end(self, _name: str) -> None:
        self._path.pop()

    def _text(self, text: str) -> None:
        if len(self._path) > 1:
            self._path[-1]["value"] += text
