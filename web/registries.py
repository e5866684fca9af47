"""The way to the registries: fixed hosts, one budget of time and size, and no stranger behind it.

A question names a registry, never an address; a redirect is followed only to a host that is one of
the registries, so that nobody can send this server to ask another.
"""

import threading
import time
from collections.abc import Mapping
from urllib.parse import quote, urljoin, urlsplit

import requests
import requests.adapters

from services.registries import Question, RegistryTrouble
from web.config import Settings

SECONDS = 9.0
"""For all questions of one import together: the page answers within ten."""

_LARGEST = 10 * 1024 * 1024
_REDIRECTS = 4
# Where the resolver of DOIs sends a program that asks for citation data.
_BEHIND_THE_RESOLVER = {"api.crossref.org", "api.datacite.org", "data.crosscite.org"}
_AGENT = "Ieum (match-making of researchers; asks once for a person who wishes it)"
_GONE = (404, 410)


class Registries:
    """Asks registries; one object for one import.

    Parameters
    ----------
    bases
        The address of each registry by its name.
    seconds
        How long all questions together may take.
    """

    def __init__(self, bases: Mapping[str, str], seconds: float = SECONDS) -> None:
        self._bases = {name: base.rstrip("/") for name, base in bases.items()}
        hosts = {urlsplit(base).netloc for base in self._bases.values()}
        self._hosts = hosts | _BEHIND_THE_RESOLVER
        self._plain = {urlsplit(b).netloc for b in self._bases.values() if b.startswith("http://")}
        self._ends = time.monotonic() + seconds

    def __call__(self, question: Question) -> bytes:
        """Ask, and give the answer's bytes.

        Raises
        ------
        RegistryTrouble
        """
        call = _Call(self, question)
        # In a thread of its own: a name that does not resolve and an answer that comes by single
        # bytes are bounded by no timeout of a connection.
        thread = threading.Thread(target=call.run, daemon=True)
        thread.start()
        thread.join(max(0.0, self.left()))
        if call.trouble:
            raise RegistryTrouble(call.trouble, question.registry)
        if call.answer is None:
            raise RegistryTrouble("registry-slow", question.registry)
        return call.answer

    def left(self) -> float:
        """Give the seconds that are left."""
        return self._ends - time.monotonic()

    def first_address(self, question: Question) -> str:
        """Give the address of a question."""
        return self._bases[question.registry] + quote(question.path, safe="/:;()._-")

    def may_follow(self, address: str) -> bool:
        """Tell whether an address is one of a registry."""
        parts = urlsplit(address)
        if parts.netloc not in self._hosts:
            return False
        return parts.scheme == "https" or (parts.scheme == "http" and parts.netloc in self._plain)


class _Call:
    """One question under way."""

    def __init__(self, registries: Registries, question: Question) -> None:
        self._registries, self._question = registries, question
        self.answer: bytes | None = None
        self.trouble = ""

    def run(self) -> None:
        """Ask, and keep the answer or what was wrong."""
        try:
            self.answer = self._ask()
        except RegistryTrouble as error:
            self.trouble = error.code
        except requests.Timeout:
            self.trouble = "registry-slow"
        except (requests.RequestException, OSError):
            self.trouble = "registry-silent"

    def _ask(self) -> bytes:
        address = self._registries.first_address(self._question)
        parameters: Mapping[str, str] | None = self._question.parameters
        with requests.Session() as session:
            session.headers.update({"Accept": self._question.accept, "User-Agent": _AGENT})
            for _ in range(_REDIRECTS):
                if not self._registries.may_follow(address):
                    raise RegistryTrouble("registry-strange", self._question.registry)
                with session.get(
                    address,
                    params=parameters,
                    timeout=max(0.01, self._registries.left()),
                    allow_redirects=False,
                    stream=True,
                ) as answer:
                    if not answer.is_redirect:
                        return self._body(answer)
                    address = urljoin(address, answer.headers["Location"])
                    parameters = None
        raise RegistryTrouble("registry-strange", self._question.registry)

    def _body(self, answer: requests.Response) -> bytes:
        registry = self._question.registry
        if answer.status_code in _GONE:
            raise RegistryTrouble("registry-unknown", registry)
        if not answer.ok:
            raise RegistryTrouble("registry-silent", registry)
        parts, size = [], 0
        for part in answer.iter_content(65536):
            size += len(part)
            if size > _LARGEST:
                raise RegistryTrouble("registry-strange", registry)
            if self._registries.left() <= 0:
                raise RegistryTrouble("registry-slow", registry)
            parts.append(part)
        return b"".join(parts)


def registries(chosen: Settings, seconds: float = SECONDS) -> Registries:
    """Give the way to the registries that this installation asks."""
    bases = {
        "orcid": chosen.orcid_api,
        "crossref": chosen.crossref_api,
        "doi": chosen.doi_resolver,
        "openalex": chosen.openalex_api,
    }
    return Registries(bases, seconds)
