"""Sentences for what is wrong in a file or in a field: what it is, and what to do."""

from collections.abc import Mapping

from flask_babel import gettext, lazy_gettext

_ = lazy_gettext

SENTENCES = {
    # the file as a whole
    "cannot-open": _("The file cannot be opened (%(why)s): check its path and permissions."),
    "file-too-large": _("The file is larger than %(megabytes)s MB: split it into several files."),
    "no-rows": _("The file has no rows: put one person on each row, below the header in a table."),
    "packed-file": _("The file is packed: unpack it first."),
    "old-or-locked-workbook": _(
        "This is an old Excel file (.xls) or one behind a password: save it as .xlsx without one."
    ),
    "not-a-workbook": _("This is no readable Excel file: save it again as .xlsx, or as CSV UTF-8."),
    "more-problems": _("There are more problems than these: mend these first."),
    # its lines
    "utf-16": _("The text is in UTF-16: save it as UTF-8."),
    "cp949": _(
        "Column %(column)s is not UTF-8; the text looks Korean in CP949 (EUC-KR): "
        "save it as CSV UTF-8."
    ),
    "not-utf-8": _("Column %(column)s is not UTF-8: save the file as UTF-8."),
    "nul-byte": _("Column %(column)s is a NUL byte, which no text has: save it again as UTF-8."),
    "line-too-long": _("The line is longer than %(megabytes)s MB: check where its rows end."),
    "web-page": _(
        "This is a web page, not a table: download the file itself, signed in if needed."
    ),
    "json-array": _("This is one JSON array: put one object on each line instead."),
    "bad-json": _("Column %(column)s is not JSON (%(why)s): write one JSON object on each line."),
    "not-an-object": _('The line is no JSON object: begin it with "{".'),
    "bad-csv": _("The row cannot be read (%(why)s): look for a quotation mark that does not end."),
    "too-many-cells": _(
        "The row has %(cells)s cells, the header %(columns)s: put text that holds the separator "
        "in quotation marks."
    ),
    "missing-column": _("The header lacks %(columns)s: add it. Found: %(found)s."),
    "column-twice": _("The header has %(columns)s twice: keep one."),
    "formula": _("The cell holds a formula: paste its value instead."),
    "error-cell": _("The cell holds an error: write its value instead."),
    "date-cell": _("The cell holds a date: format it as text and write it again."),
    # values
    "missing": _("There is no value: fill it in."),
    "id-twice": _(
        "%(value)s stands in line %(first)s already: give each person an id of their own."
    ),
    "excludes-oneself": _("The person excludes themself: take that out."),
    "unknown-country": _(
        "“%(value)s” is no country's code: write two letters of ISO 3166-1, such as KR or DE."
    ),
    "country-on-no-side": _(
        "“%(value)s” is on neither side of the edition: add it to a side, or take the row out."
    ),
    "control-character": _("There is a character that no text has: type the text again."),
    "too-long": _("This has %(length)s characters: use at most %(limit)s."),
    "too-many-items": _("There are %(length)s entries: keep at most %(limit)s."),
    "bad-email": _("“%(value)s” is no e-mail address: write it like name@example.org."),
    "bad-orcid": _(
        "“%(value)s” is no ORCID iD: write 16 signs like 0000-0002-1825-0097; the last one is a "
        "check on the others."
    ),
    "bad-doi": _("“%(value)s” is no DOI: write it like 10.1000/182."),
    "bad-ror": _("“%(value)s” is no ROR id: write it like https://ror.org/05apxxy63."),
    "bad-link": _("“%(value)s” is no address: begin it with https://."),
    "bad-currency": _("“%(value)s” is no currency: write three letters, such as EUR."),
    "bad-pic": _("“%(value)s” is no PIC: write its nine digits."),
    "not-one-of": _("“%(value)s” is not known here: choose from %(known)s."),
    "out-of-range": _("“%(value)s” is out of range: choose from %(least)s to %(most)s."),
    "least-above-most": _("The least (%(least)s) is above the most (%(most)s): lower it."),
    "not-whole": _("“%(value)s” is no whole number: write digits only."),
    "not-text": _("The value is no text: put it in quotation marks."),
    "not-a-list": _('The value is no list of texts: write it like ["one", "two"].'),
    "publications-not-a-list": _(
        'The publications are no list: write them like [{"title": "..."}].'
    ),
    "bad-publications-json": _(
        "The publications are not valid JSON: write it again, or write titles with ; between."
    ),
    "publication-without-title": _("It has no title: write one."),
    "authors-not-a-list": _('The authors are no list of names: write them like ["one", "two"].'),
    "bad-year": _("“%(value)s” is no year: write four digits."),
    "bad-weight": _("“%(value)s” is no weight: write a number from 0 to 10; 1 is ordinary."),
    "bad-phone": _("This is no telephone number: write its digits."),
    "country-leaves-edition": _(
        "You take part in %(edition)s, where this country is on neither side: leave it first."
    ),
    # a dump of organisations; its line is the number of the organisation
    "not-a-dump": _(
        "This is no dump of ROR: take the JSON, or the zip with it, from zenodo.org/communities/"
        "ror-data."
    ),
    "bad-dump": _("This organisation cannot be read as JSON: download the dump again."),
    "dump-cut-off": _("The dump ends too early: download it again."),
    "dump-not-utf-8": _("The dump is not UTF-8: download it again."),
    "no-dump-in-zip": _("There is no JSON file in the zip: take the dump of ROR as it is."),
    "locked-zip": _("The zip cannot be unpacked: unpack it yourself and give the JSON file."),
    "not-an-organisation": _("This is no organisation as ROR writes it: download the dump again."),
}
"""The sentence of each code; a code without one keeps the tests from passing."""


def sentence(code: str, values: Mapping[str, str | int]) -> str:
    """Say what is wrong, in the page's language."""
    text = str(SENTENCES[code]) % values
    if "number" in values:
        return str(gettext("Publication %(number)s: %(text)s", number=values["number"], text=text))
    return text
