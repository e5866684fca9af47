"""Works and an author as OpenAlex gives them."""

from typing import Any

from services.reading import Collector, Found, plain

_TOPICS = 5
_LONGEST_ABSTRACT = 5_000


def is_openalex(tree: object) -> bool:
    """Tell whether a tree of JSON is a list of works of OpenAlex."""
    return isinstance(tree, dict) and isinstance(tree.get("results"), list)


def read_openalex(works: object, author: object = None) -> Found:
    """Read a list of works and, if given, their author's name, organisation and topics."""
    into = Collector("openalex")
    if isinstance(author, dict):
        _author(into, author)
    results = works.get("results") if isinstance(works, dict) else None
    for work in results if isinstance(results, list) else []:
        if isinstance(work, dict):
            into.work(0, _raw(work))
    return into.found()


def _author(into: Collector, author: dict[str, Any]) -> None:
    into.fact(0, "name", author.get("display_name"))
    into.fact(0, "orcid", author.get("orcid"))
    last = author.get("last_known_institutions")
    if isinstance(last, list) and last and isinstance(last[0], dict):
        into.fact(0, "organisation", last[0].get("display_name"))
        into.fact(0, "country", last[0].get("country_code"))
    topics = author.get("topics")
    for topic in topics[:_TOPICS] if isinstance(topics, list) else []:
        if isinstance(topic, dict):
            # Counted by a machine over all works: worth a look, not worth a tick.
            into.fact(0, "topics", topic.get("display_name"), sure=False)


def _raw(work: dict[str, Any]) -> dict[str, Any]:
    authorships = work.get("authorships")
    return {
        "title": work.get("title") or work.get("display_name"),
        "year": work.get("publication_year"),
        "doi": work.get("doi"),
        "authors": [
            _at(one, "author", "display_name")
            for one in (authorships if isinstance(authorships, list) else [])
        ],
        "venue": _at(work, "primary_location", "source", "display_name"),
        "abstract": _abstract(work.get("abstract_inverted_index")),
    }


def _at(node: object, *path: str) -> str:
    for key in path:
        node = node.get(key) if isinstance(node, dict) else None
    return plain(node)


def _abstract(index: object) -> str:
    """Put the words of an abstract back into their order."""
    if not isinstance(index, dict):
        return ""
    places = [
        (place, word)
        for word, found in index.items()
        if isinstance(found, list)
        for place in found
        if isinstance(place, int)
    ]
    return " ".join(str(word) for _, word in sorted(places)[:_LONGEST_ABSTRACT])
