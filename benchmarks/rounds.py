"""Rounds on the shipped affinity, from the command line to the last row written.

    python -m benchmarks.rounds                         # 300 and 2,000 a side: three minutes
    python -m benchmarks.rounds --people 10000          # half an hour

Each round runs in a process of its own, as `flask --app app round run` does; CPU is user and
system time and memory the peak of that process, imports included. `read and paired` is wall clock.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.forum_data import SLUG, make_forum


def measure(people: int, directory: Path) -> None:
    """Run one round and print its row."""
    make_forum(directory, people)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run = subprocess.run(  # noqa: S603 - this project's own command
        [sys.executable, "-m", "flask", "--app", "app", "round", "run", SLUG, "--json"],
        env={**os.environ, "INSTANCE_DIR": str(directory)},
        check=True,
        capture_output=True,
        text=True,
    )
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    told = json.loads(run.stdout)
    print(
        f"| {people:,} | {told['pairs']:,} | {told['gap']:.0e} | {told['seconds']:.0f} "
        f"| {cpu:.0f} | {used.ru_maxrss / 1024:.0f} |",
        flush=True,
    )


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, action="append", help="a side; may repeat")
    parser.add_argument("--directory", type=Path, help="where to keep the made-up forums")
    arguments = parser.parse_args()
    print("| people a side | pairs | gap | read and paired, s | CPU s | memory MB |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as spare:
        for people in sorted(arguments.people or [300, 2000]):
            measure(people, (arguments.directory or Path(spare)) / str(people))


if __name__ == "__main__":
    main()
