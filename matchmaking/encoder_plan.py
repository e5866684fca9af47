"""Which encoder reads which passage; nothing heavy is imported here.

Public: ``EncoderPlan(english, every)``, ``DEFAULT_PLAN``, ``MINILM``, ``USE_MULTILINGUAL``.
"""

from dataclasses import dataclass

from matchmaking.errors import BadInput
from matchmaking.passages import Passage

MINILM = "minilm"
USE_MULTILINGUAL = "use-multilingual"


@dataclass(frozen=True, slots=True)
class EncoderPlan:
    """Two encoders, or one that reads every language.

    Parameters
    ----------
    english
        Reads passages without Hangul; empty when ``every`` does that too.
    every
        Reads every passage, and so carries every comparison with a Korean one.
    """

    english: str = MINILM
    every: str = USE_MULTILINGUAL

    def __post_init__(self) -> None:
        if not self.every or self.english == self.every:
            raise BadInput("name an encoder for every language, and another or none for English")

    @property
    def names(self) -> tuple[str, ...]:
        """The encoders in use."""
        return (self.english, self.every) if self.english else (self.every,)

    @property
    def for_english_pairs(self) -> str:
        """The encoder in which two passages without Hangul are compared."""
        return self.english or self.every

    def encoders_of(self, passage: Passage) -> tuple[str, ...]:
        """Name the encoders that have to read a passage."""
        return (self.every,) if passage.hangul else self.names


DEFAULT_PLAN = EncoderPlan()
