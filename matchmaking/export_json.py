"""A long list as JSON, piece by piece, so that it is never held whole."""

import json
from collections.abc import Iterable, Iterator, Mapping


def json_pieces(head: Mapping[str, object], name: str, items: Iterable[object]) -> Iterator[bytes]:
    """Write an object whose last key holds a long list."""
    opening = "".join(f"  {json.dumps(key)}: {_json(value)},\n" for key, value in head.items())
    yield f"{{\n{opening}  {json.dumps(name)}: [".encode()
    empty = True
    for item in items:
        yield ("\n    " if empty else ",\n    ").encode() + _json(item).encode()
        empty = False
    yield b"]\n}\n" if empty else b"\n  ]\n}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
