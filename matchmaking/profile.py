"""What the rules know about a person: values only, no rows.

Public: ``Person``, ``Work``. Both are frozen and hashable; lists are tuples. A service makes them
from its rows, an evaluation from a file.
"""

from dataclasses import dataclass

from matchmaking.errors import BadInput


@dataclass(frozen=True, slots=True)
class Work:
    """A publication.

    Parameters
    ----------
    title, abstract
        In English, Korean or both; the abstract may be empty.
    authors
        Names as printed, in their order.
    year, doi
        None and empty when unknown.
    weight
        How much it speaks for the person, above 0; 1 is ordinary.
    key_work
        Whether it is one of the few that say best what the person does.
    """

    title: str
    abstract: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    doi: str = ""
    weight: float = 1.0
    key_work: bool = False

    def __post_init__(self) -> None:
        if not 0 < self.weight < float("inf"):
            raise BadInput(f"weight of {self.title[:60]!r} must be above 0, not {self.weight}")


@dataclass(frozen=True, slots=True)
class Person:
    """A researcher, group or company as the affinity sees them.

    Parameters
    ----------
    key
        The caller's own identifier, unique among the people handed in together.
    country
        ISO 3166-1 alpha-2 code.
    organisation
        Identifier of the organisation group; two people with the same one are never matched.
    fields, topics
        Codes of the edition's fields, and free topic words.
    research
        Free text about the work, any length, English or Korean or both.
    offers, needs
        Short texts: what the person brings and what they look for.
    """

    key: str
    country: str = ""
    organisation: str = ""
    fields: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    research: str = ""
    publications: tuple[Work, ...] = ()
    offers: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
