"""Fills a database with a made-up forum, vectors and all, so that nothing needs to be encoded.

    python -m benchmarks.forum_data /tmp/forum --people 10000     # 10,000 a side, a minute

It makes DIRECTORY/ieum.sqlite, an installation's own (`INSTANCE_DIR=DIRECTORY`), with the open
edition `bench`. A directory that has one already is left as it is.
"""

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import insert
from sqlmodel import Session

from benchmarks.forum_people import KOREAN, made_up_people
from matchmaking.affinity_side import EncodedPerson
from models import (
    Edition,
    EditionCountry,
    Participation,
    Passage,
    PassageVector,
    Profile,
    Publication,
)
from models.database import make_engine, make_sessions
from models.schema import upgrade
from services.index_version import note_change

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
SLUG = "bench"
ABROAD = 0.02
"""Share of works with an author of the other side."""
_CHUNK = 200
_SYLLABLES = "an bel cor dun el far gro han il jun ka lo min na ok pra qui ro"
_KOREAN_FAMILIES = "Kim Lee Park Choi Jung Kang Cho Yoon Jang Lim Han Oh Seo"
Row = dict[str, Any]


def make_forum(directory: Path, people: int, seed: int = 0) -> Path:
    """Make the installation and return its database's file."""
    path = directory / "ieum.sqlite"
    if path.exists():
        return path
    directory.mkdir(parents=True, exist_ok=True)
    engine = make_engine(f"sqlite:///{path}")
    upgrade(engine)
    with make_sessions(engine)() as session:
        edition_id = _edition(session)
        rng = np.random.default_rng(seed)
        names = [_name(rng, country) for country in ("DE", "KR") for _ in range(people)]
        for side, (country, korean) in enumerate((("DE", 0.0), ("KR", KOREAN))):
            first = side * people + 1
            made = made_up_people(people, seed + side, korean=korean, first=first)
            ids = list(range(first, first + people))
            _fill(session, edition_id, country, ids, made, names)
        session.commit()
    engine.dispose()
    return path


def _edition(session: Session) -> int:
    edition = Edition(
        slug=SLUG,
        state="open",
        name_en="Benchmark",
        opens_at=NOW,
        closes_at=NOW + timedelta(days=7),
        starts_at=NOW + timedelta(days=30),
        ends_at=NOW + timedelta(days=31),
        created_at=NOW,
    )
    session.add(edition)
    session.flush()
    for country, side in (("DE", "left"), ("KR", "right")):
        session.add(EditionCountry(edition_id=edition.id, country=country, side=side))
    session.flush()
    return edition.id


def _fill(
    session: Session,
    edition_id: int,
    country: str,
    ids: list[int],
    people: Iterator[EncodedPerson],
    names: list[str],
) -> None:
    rng = np.random.default_rng(ids[0])
    for start in range(0, len(ids), _CHUNK):
        some = ids[start : start + _CHUNK]
        _write(session, Profile, [_profile(one, names[one - 1], country) for one in some])
        _write(
            session,
            Participation,
            [{"edition_id": edition_id, "profile_id": one, "joined_at": NOW} for one in some],
        )
        _write(session, Publication, list(_publications(rng, names, ids[0] - 1, some)))
        passages: list[Row] = []
        vectors: list[Row] = []
        for one in some:
            _texts(next(people), one, passages, vectors)
        _write(session, Passage, passages)
        _write(session, PassageVector, vectors)
        note_change(session, some)


def _write(session: Session, table: Any, rows: list[Row]) -> None:  # noqa: ANN401 - any table
    session.execute(insert(table), rows)


def _name(rng: np.random.Generator, country: str) -> str:
    def word(syllables: int) -> str:
        return "".join(rng.choice(_SYLLABLES.split(), syllables)).title()

    if country == "KR":
        return f"{rng.choice(_KOREAN_FAMILIES.split())} {word(1)}-{word(1).lower()}"
    return f"{word(2)} {word(3)}"


def _profile(one: int, name: str, country: str) -> Row:
    times = dict.fromkeys(("published_at", "confirmed_at", "created_at", "updated_at"), NOW)
    return {"id": one, "source": "bench", "source_key": f"{one:06}", "name": name} | {
        "country": country,
        **times,
    }


def _publications(
    rng: np.random.Generator, names: list[str], first: int, some: list[int]
) -> Iterator[Row]:
    """Give everybody four works with three others, mostly of their own side."""
    people = len(names) // 2
    for one in some:
        for position in range(4):
            others = first + rng.integers(0, people, 3)
            if rng.random() < ABROAD:
                others[0] = (others[0] + people) % len(names)
            yield {
                "profile_id": one,
                "position": position,
                "title": f"A made-up work of person {one} with number {position}",
                "authors": [names[one - 1], *(names[place] for place in others)],
            }


def _texts(person: EncodedPerson, owner: int, passages: list[Row], vectors: list[Row]) -> None:
    for number, item in enumerate(person.passages):
        passage = item.passage
        place = owner * 100 + number
        passages.append(
            {
                "id": place,
                "profile_id": owner,
                "kind": passage.kind.value,
                "source_position": passage.source,
                "position": passage.position,
                "text": passage.text,
                "text_hash": passage.text_hash,
                "hangul": passage.hangul,
                "weight": passage.weight,
            }
        )
        vectors += [
            {
                "passage_id": place,
                "encoder": name,
                "text_hash": passage.text_hash,
                "vector": vector.astype("<f4").tobytes(),
            }
            for name, vector in item.vectors.items()
        ]


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("directory", type=Path)
    parser.add_argument("--people", type=int, default=1000, help="on each side")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    print(make_forum(arguments.directory, arguments.people, arguments.seed))


if __name__ == "__main__":
    main()
