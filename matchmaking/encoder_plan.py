"""Which encoder reads which passage; nothing heavy is imported here.

Public: ``EncoderPlan(english, every)``, ``DEFAULT_PLAN``, ``MINILM``, ``USE_MULTILINGUAL``,
``WORDS``.
"""

from dataclasses import dataclass

from matchmaking.errors import BadInput
from matchmaking.passages import Passage

MINILM = "minilm"
USE_MULTILINGUAL = "use-multilingual"
WORDS = "words"
"""The words themselves (``encoder_words``): they stand beside the sense of every English text."""


@dataclass(frozen=True, slots=True)
class EncoderPlan:
    """Two encoders, or one that reads every language; ``WORDS`` always goes with them.

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
        if not self.every or self.english == self.every or WORDS in (self.english, self.every):
            raise BadInput("name an encoder for every language, and another or none for English")

    @property
    def names(self) -> tuple[str, ...]:
        """The encoders in use."""
        return (self.english, self.every, WORDS) if self.english else (self.every, WORDS)

    @property
    def for_english_pairs(self) -> tuple[str, str]:
        """The encoders in which two passages without Hangul are compared: sense and words."""
        return (self.english or self.every, WORDS)

    def encoders_of(self, passage: Passage) -> tuple[str, ...]:
        """Name the encoders that have to read a passage."""
        return (self.every,) if passage.hangul else self.names


DEFAULT_PLAN = EncoderPlan()
