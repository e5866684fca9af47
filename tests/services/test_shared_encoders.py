from collections.abc import Sequence
from threading import Event, Thread

from matchmaking.encoder_plan import DEFAULT_PLAN, MINILM, USE_MULTILINGUAL, WORDS
from matchmaking.encoders import FloatMatrix
from services.shared_encoders import BATCH, SharedEncoders
from tests.word_encoder import WordEncoder, word_encoders


def test_an_encoder_is_loaded_at_its_first_use_and_once() -> None:
    loaded: list[str] = []

    def load(name: str) -> WordEncoder:
        loaded.append(name)
        return WordEncoder(name)

    encoders = SharedEncoders(DEFAULT_PLAN, load)
    assert loaded == []
    encoders.encode(MINILM, ["one"])
    encoders.load_all()
    encoders.encode(USE_MULTILINGUAL, ["two"])
    assert loaded == [MINILM, USE_MULTILINGUAL, WORDS]


def test_a_question_is_read_by_the_encoders_of_its_language() -> None:
    encoders, _ = word_encoders()
    english = encoders.encode_question("quantum chip")
    korean = encoders.encode_question("양자 칩")
    assert {name: rows.shape for name, rows in english.items()} == {
        MINILM: (1, 384),
        USE_MULTILINGUAL: (1, 512),
        WORDS: (1, 256),
    }
    assert list(korean) == [USE_MULTILINGUAL]


def test_a_reader_reads_long_work_in_small_batches() -> None:
    sizes: list[int] = []

    class Noting(WordEncoder):
        def encode(self, texts: Sequence[str]) -> FloatMatrix:
            sizes.append(len(texts))
            return super().encode(texts)

    reader = SharedEncoders(DEFAULT_PLAN, Noting).reader(MINILM)
    assert (reader.name, reader.dimension) == (MINILM, 384)
    assert reader.encode([]).shape == (0, 384)
    rows = reader.encode([f"text {number}" for number in range(BATCH + 2)])
    assert rows.shape == (BATCH + 2, 384)
    assert sizes[-2:] == [BATCH, 2]


class _Held(WordEncoder):
    """Waits in its first batch until a test lets it go; notes the order of what it reads."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.began, self.go = Event(), Event()

    def encode(self, texts: Sequence[str]) -> FloatMatrix:
        self.began.set()
        assert self.go.wait(10)
        return super().encode(texts)


def test_a_question_waits_for_one_batch_of_long_work_and_not_for_the_next() -> None:
    held = _Held(MINILM)
    encoders = SharedEncoders(DEFAULT_PLAN, lambda _name: held)

    def long_work() -> None:
        for number in range(20):
            encoders.encode(MINILM, [f"batch {number}"])

    def question() -> None:
        encoders.encode_question("idea")

    worker = Thread(target=long_work)
    worker.start()
    assert held.began.wait(10)
    asker = Thread(target=question)
    asker.start()
    while not encoders._next.locked():  # the question has taken the next turn
        pass
    held.go.set()
    worker.join(10)
    asker.join(10)
    assert held.read.index("idea") <= 2
    assert len(held.read) == 20 + len(DEFAULT_PLAN.names)
