"""What two answers have in common, when they are to be the same page."""

import re


def apart_from_tokens(page: str) -> str:
    """Take the tokens of the forms out: each carries the second in which it was made."""
    return re.sub(r'(name="csrf_token"[^>]* value=")[^"]*', r"\1", page)
