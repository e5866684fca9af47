"""A message that says what was done, with the button that takes it back."""

from typing import Any

from flask import flash


def flash_with_undo(text: str, url: str, fields: dict[str, Any]) -> None:
    """Say on the next page what was done.

    Parameters
    ----------
    url, fields
        The form that takes it back: where it is sent, and its hidden values.
    """
    flash({"text": text, "url": url, "fields": fields})  # type: ignore[arg-type] # any JSON will do
