"""Suggestions among many people: one list in a warm process, and everybody's lists at once.

    python -m benchmarks.suggestions                    # 10,000 a side: three minutes
    python -m benchmarks.suggestions --people 1000

The first table is of one person's first page of 20, read from a database as a request reads it,
with everybody ready in memory: medians over 20 people, wall clock and CPU. The second is of the
lists of all people of one side, in one process; `found` is the share of the true best (by all
exact scores, for 200 people) that stand in their lists.
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks.forum_data import make_forum
from benchmarks.forum_people import KOREAN, made_up_people
from matchmaking.affinity import AffinityScorer
from matchmaking.affinity_side import pack_side
from matchmaking.calibration import default_calibration
from matchmaking.encoder_plan import DEFAULT_PLAN
from matchmaking.suggestion_lists import suggestion_lists
from models.database import make_engine, reading
from services.candidates import places_of
from services.edition_calibration import calibration_of, weighing_of
from services.matcher_cache import MatcherCache
from services.participants import participant_ids
from services.roles import Roles
from services.suggestions import Span, asker_of, suggest
from services.visibility import Viewer

ASKERS, CHECKED, NOT_COUNTED = 20, 200, 5


def one_list(people: int, directory: Path) -> None:
    """Print what a page costs, first and warm."""
    engine = make_engine(f"sqlite:///{make_forum(directory, people)}")
    cache = MatcherCache()
    began = time.process_time()
    with reading(engine)() as session:
        place = places_of(session, 1)[0]
        reads = calibration_of(place.edition), weighing_of(place.edition)
        side = cache.side(place.edition.id, place.other_side, *reads)
        ids = participant_ids(session, place.edition.id, place.other_side)
    more = True
    while more:
        with reading(engine)() as session:
            more = side.warm(session, ids)
    warm = time.process_time() - began
    walls, spent = [], []
    for one in np.linspace(1, people, ASKERS + NOT_COUNTED, dtype=int).tolist():
        start = time.perf_counter(), time.process_time()
        with reading(engine)() as session:
            place = places_of(session, one)[0]
            asker = asker_of(session, place)
            found = suggest(session, cache, place, Viewer(one, Roles()), asker, span=Span(0, 20))
        walls.append(time.perf_counter() - start[0])
        spent.append(time.process_time() - start[1])
        if len(found.items) != min(20, people):
            raise RuntimeError("a list is short")
    print(f"\nOne list of 20 among {people:,}\n")
    print("| to make a side ready, CPU s | a list, wall ms | CPU ms | least CPU ms |")
    print("|---|---|---|---|")
    # The first few find the process cold: queries are put together, names are read.
    walls, spent = walls[NOT_COUNTED:], spent[NOT_COUNTED:]
    wall, cpu = (1000 * statistics.median(times) for times in (walls, spent))
    print(f"| {warm:.1f} | {wall:.0f} | {cpu:.0f} | {1000 * min(spent):.0f} |", flush=True)


def all_lists(people: int, lengths: list[int]) -> None:
    """Print what everybody's lists cost, and how near they are to the exact ones."""
    calibration = default_calibration()
    scorer = AffinityScorer(
        pack_side(made_up_people(people, 1), DEFAULT_PLAN),
        pack_side(made_up_people(people, 2, korean=KOREAN), DEFAULT_PLAN),
        calibration,
    )
    some = np.linspace(0, people - 1, min(CHECKED, people), dtype=int)
    exact = scorer.score(some, np.arange(people))
    print(f"\nThe lists of {people:,} people among {people:,}\n")
    print("| length | CPU s | found |\n|---|---|---|")
    for length in lengths:
        start = time.process_time()
        lists = suggestion_lists(scorer.left, scorer.right, calibration, length)
        spent = time.process_time() - start
        best = np.argpartition(-exact, length - 1, axis=1)[:, :length]
        found = [np.isin(*pair).mean() for pair in zip(best, lists.people[some], strict=True)]
        print(f"| {length} | {spent:.1f} | {np.mean(found):.1%} |", flush=True)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=10_000, help="on each side")
    parser.add_argument("--directory", type=Path, help="where to keep the made-up forum")
    parser.add_argument("--lengths", type=int, nargs="*", default=[6, 20])
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as spare:
        one_list(arguments.people, arguments.directory or Path(spare))
    if arguments.lengths:
        all_lists(arguments.people, arguments.lengths)


if __name__ == "__main__":
    main()
