"""Answers that are files."""

from collections.abc import Iterable

from flask import Response


def attachment(pieces: Iterable[bytes], kind: str, name: str) -> Response:
    """Give a file to keep, piece by piece; ``name`` is plain ASCII."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(pieces, content_type=kind, headers=headers)
