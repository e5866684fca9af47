"""Makes the calibration that ships with the rules, from files of profiles.

Run from the project's root, after any change of encoders, passages or signals::

    python -m matchmaking.calibration_default seed/people_europe.jsonl seed/people_korea.jsonl

The first file is the left side, the second the right. It writes default_calibration.json beside
this file; the demo forum's people are the reference sample of every edition without its own.
"""

import json
import sys
from pathlib import Path

from matchmaking.affinity_side import PackedSide, encode_people, pack_side
from matchmaking.calibration_fit import encode_parallel_texts, fit_calibration
from matchmaking.encoder_plan import DEFAULT_PLAN
from matchmaking.encoders import load_encoder
from matchmaking.profile import Person, Work

TARGET = Path(__file__).with_name("default_calibration.json")


def read_people(path: Path) -> list[Person]:
    """Read the texts of the profiles in a JSON Lines file whose form is known to be right."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [
        Person(
            key=row["id"],
            research=row.get("research", ""),
            publications=tuple(
                Work(work["title"], work.get("abstract", ""), weight=work.get("weight", 1.0))
                for work in row.get("publications", ())
            ),
            offers=tuple(row.get("offers", ())),
            needs=tuple(row.get("needs", ())),
        )
        for row in rows
    ]


def main(left: Path, right: Path) -> None:
    """Write the calibration made from two files of profiles."""
    encoders = {name: load_encoder(name) for name in DEFAULT_PLAN.names}

    def side(path: Path) -> PackedSide:
        return pack_side(encode_people(read_people(path), DEFAULT_PLAN, encoders), DEFAULT_PLAN)

    calibration = fit_calibration(
        side(left),
        side(right),
        encode_parallel_texts(DEFAULT_PLAN, encoders),
        source=f"{left.name} with {right.name}",
    )
    TARGET.write_text(calibration.to_json() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
