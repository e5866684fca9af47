"""Sentences for what could not be read of a person's own file: what it is, and what to do."""

from flask_babel import lazy_gettext

from services.reading import Unread, Unreadable
from services.registries import RegistryTrouble
from web.import_words import SENTENCES as VALUE_SENTENCES

_ = lazy_gettext

KINDS = {
    "orcid": _("an ORCID record"),
    "bibtex": _("BibTeX"),
    "ris": _("RIS"),
    "wos": _("an export of Web of Science"),
    "csl": _("CSL-JSON"),
    "openalex": _("OpenAlex"),
    "doi": _("DOIs"),
    "cv": _("a CV: all of this is a guess, so nothing is ticked"),
}
REGISTRIES = {"orcid": "ORCID", "crossref": "Crossref", "doi": "doi.org", "openalex": "OpenAlex"}

SENTENCES = {
    # the whole file
    "empty": _("There is nothing in it: paste a text or choose a file."),
    "too-large": _("It is larger than %(megabytes)s MB: take a part of it."),
    "not-text": _("This is neither text nor PDF: export it as BibTeX, RIS or JSON."),
    "unknown-kind": _(
        "This is none of the kinds that can be read: an ORCID iD or record, BibTeX, RIS, CSL-JSON, "
        "DOIs, an OpenAlex author, or a CV as PDF."
    ),
    "nothing-found": _("It holds no work and nothing about you: choose another file."),
    "json-broken": _("Column %(column)s is not JSON: export the file again."),
    "xml-broken": _("Column %(column)s is not XML: download the record again."),
    "xml-doctype": _("It declares a document type, which no record of ORCID does: download it."),
    "too-deep": _("It is nested more than %(limit)s levels deep: export the file again."),
    "pdf-locked": _("The PDF is locked with a password: save it without one."),
    "pdf-broken": _("The PDF cannot be read: save it again, or paste its list of works as DOIs."),
    "pdf-without-text": _("The PDF holds pictures and no text: paste the list of works as DOIs."),
    # one line of it
    "no-title": _("It has no title, so it was left out: add one in the file, or by hand."),
    "bibtex-broken": _("This entry does not end, or a bracket is missing: mend it in the file."),
    "ris-broken": _("This reference cannot be read: export it again."),
    "ris-unfinished": _("This reference has no end (ER): what could be read of it is below."),
    "no-identifier": _("“%(value)s” is no DOI: write one on each line, such as 10.1000/182."),
    "too-many-works": _(
        "A profile holds %(limit)s works: everything from here on was left out. Keep those that "
        "stand for what you do now."
    ),
    "too-many-dois": _("%(value)s was left out: look up at most %(limit)s at once."),
    "doi-registry-unknown": _("%(value)s is known neither to Crossref nor to doi.org: check it."),
    "doi-registry-slow": _("%(value)s could not be looked up in time: try it again by itself."),
    "doi-registry-silent": _("%(value)s could not be looked up now: try it again later."),
    "doi-registry-strange": _("%(value)s is registered without a description: add it by hand."),
}
"""The sentence of each code; the others are those of single values."""

_TROUBLES = {
    "registry-slow": _(
        "%(registry)s did not answer in time. Try again, or download your works there and choose "
        "the file here."
    ),
    "registry-silent": _(
        "%(registry)s cannot be reached from here now. Try again later, or choose a file instead."
    ),
    "registry-unknown": _("%(registry)s has no such record: check what you entered."),
    "registry-strange": _(
        "%(registry)s gave an answer that cannot be read. Try again later, or choose a file "
        "instead."
    ),
}


def why(trouble: Unread | Unreadable) -> str:
    """Say why a file or a line could not be read."""
    known = SENTENCES.get(trouble.code) or VALUE_SENTENCES[trouble.code]
    return str(known) % trouble.values


def registry_says(trouble: RegistryTrouble) -> str:
    """Say what a registry did not do."""
    return str(_TROUBLES[trouble.code]) % {"registry": REGISTRIES[trouble.registry]}
