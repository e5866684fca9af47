"""What registries know of an identifier: ORCID, Crossref, the resolver of DOIs, OpenAlex.

The network is an argument: ``ask`` gets a question and gives the bytes of the answer.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from services import reading_json
from services.errors import ServiceError
from services.reading import Found, Unread, Unreadable
from services.reading_csl import read_csl
from services.reading_ids import Ids
from services.reading_openalex import read_openalex
from services.reading_orcid import is_record, read_record

DOIS = 50
"""As many DOIs are looked up at once; the rest is listed."""

_ONE_BY_ONE = 10
_JSON = "application/json"
_CSL = "application/vnd.citationstyles.csl+json"
_WORKS = "id,title,publication_year,doi,authorships,primary_location,abstract_inverted_index"


class RegistryTrouble(ServiceError):
    """A registry gave no answer that can be used; ``code`` says why, and whose it is.

    ``registry-slow``, ``registry-silent``, ``registry-unknown`` (it has no such record),
    ``registry-strange`` (its answer is none of ours).
    """

    def __init__(self, code: str, registry: str) -> None:
        super().__init__(code, registry)
        self.code = code
        self.registry = registry


@dataclass(frozen=True, slots=True)
class Question:
    """One question to a registry: ``orcid``, ``crossref``, ``doi`` or ``openalex``."""

    registry: str
    path: str
    accept: str = _JSON
    parameters: Mapping[str, str] = field(default_factory=dict)


Ask = Callable[[Question], bytes]


def look_up(ids: Ids, ask: Ask) -> Found:
    """Ask a registry for what identifiers stand for.

    Raises
    ------
    RegistryTrouble
    """
    if ids.kind == "orcid":
        found = _orcid(ids.values[0], ask)
    elif ids.kind == "openalex":
        found = _openalex(ids.values[0], ask)
    else:
        found = _dois(ids.values, ask)
    return replace(found, unread=(*ids.unread, *found.unread))


def _orcid(orcid: str, ask: Ask) -> Found:
    tree = _json(ask, Question("orcid", f"/{orcid}/record"))
    if not is_record(tree):
        raise RegistryTrouble("registry-strange", "orcid")
    return read_record(tree)


def _openalex(author: str, ask: Ask) -> Found:
    person = _json(ask, Question("openalex", f"/authors/{author}"))
    chosen = {"filter": f"author.id:{author}", "per-page": "200", "select": _WORKS}
    chosen["sort"] = "publication_year:desc"
    return read_openalex(_json(ask, Question("openalex", "/works", parameters=chosen)), person)


def _dois(dois: tuple[str, ...], ask: Ask) -> Found:
    wanted = dois[:DOIS]
    unread = [Unread(0, "too-many-dois", {"limit": DOIS, "value": doi}) for doi in dois[DOIS:]]
    chosen = {"filter": ",".join(f"doi:{doi}" for doi in wanted), "rows": str(DOIS)}
    tree = _json(ask, Question("crossref", "/works", parameters=chosen))
    message = tree.get("message") if isinstance(tree, dict) else None
    found = read_csl(message, "doi")
    known = {one.work.doi for one in found.works}
    works, lost = list(found.works), [doi for doi in wanted if doi not in known]
    for number, doi in enumerate(lost):
        try:
            if number >= _ONE_BY_ONE:
                raise RegistryTrouble("registry-unknown", "doi")
            # Crossref knows its own; others, such as DataCite's, answer behind the resolver.
            works.extend(read_csl(_json(ask, Question("doi", f"/{doi}", _CSL)), "doi").works)
        except RegistryTrouble as trouble:
            unread.append(Unread(0, f"doi-{trouble.code}", {"value": doi}))
    return Found("doi", tuple(works), (), (*found.unread, *unread))


def _json(ask: Ask, question: Question) -> Any:  # noqa: ANN401 - whatever the answer holds
    try:
        return reading_json.load(ask(question).decode("utf-8"))
    except (Unreadable, UnicodeDecodeError):
        raise RegistryTrouble("registry-strange", question.registry) from None
