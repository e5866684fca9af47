"""People among whom conflicts are looked for: those of the demo, and any few with few names."""

import json
from pathlib import Path

from hypothesis import strategies as st

from matchmaking.conflicts import Party
from matchmaking.profile import Person, Work

SEED = Path(__file__).parent.parent.parent / "seed"

NAMES = ["Kim Seo-yeon", "S. Kim", "김서연", "Anna Weber", "A. Weber", "Na Kyu-won", "Weber, Eva"]
TITLES = ["A first work with a title", "A second work with a title", "A third work, and its title"]
PEOPLE = st.lists(
    st.builds(
        Party,
        names=st.tuples(st.sampled_from([name for name in NAMES if "." not in name])),
        organisations=st.frozensets(st.sampled_from("abcde"), max_size=2),
        works=st.lists(
            st.builds(
                Work,
                title=st.sampled_from(TITLES),
                authors=st.lists(st.sampled_from(NAMES), max_size=3).map(tuple),
                doi=st.sampled_from(["", "", "10.1000/a", "10.1000/b"]),
            ),
            max_size=3,
        ).map(tuple),
    ),
    max_size=4,
)


def seed_people(file: str) -> tuple[list[Person], list[Party]]:
    """Read the demo people as the rules see them, and with their names."""
    records = [json.loads(line) for line in (SEED / file).read_text("utf-8").splitlines()]
    people = [
        Person(
            key=record["id"],
            organisation=record.get("organisation", ""),
            publications=tuple(
                Work(item["title"], authors=tuple(item.get("authors", ())), doi=item.get("doi", ""))
                for item in record.get("publications", ())
            ),
        )
        for record in records
    ]
    parties = [
        Party(
            (record["name"], record.get("name_native", "")),
            frozenset({person.organisation} - {""}),
            person.publications,
        )
        for record, person in zip(records, people, strict=True)
    ]
    return people, parties
