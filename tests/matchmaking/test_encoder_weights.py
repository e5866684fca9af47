import hashlib
from pathlib import Path

import pytest

from matchmaking.encoder_weights import require_weights
from matchmaking.errors import EncoderMissing


def test_the_expected_weights_pass(tmp_path: Path) -> None:
    file = tmp_path / "weights.bin"
    file.write_bytes(b"weights")
    require_weights(file, hashlib.sha256(b"weights").hexdigest())
    assert file.read_bytes() == b"weights"


def test_other_weights_are_refused_with_a_remedy(tmp_path: Path) -> None:
    file = tmp_path / "weights.bin"
    file.write_bytes(b"other")
    with pytest.raises(EncoderMissing, match="install the pinned version"):
        require_weights(file, hashlib.sha256(b"weights").hexdigest())


def test_missing_weights_are_refused_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(EncoderMissing, match="install the encoder's package again"):
        require_weights(tmp_path / "weights.bin", "00")
