"""A consortium as a workbook, and as a PDF with the partners' sheets behind it."""

from collections.abc import Iterable, Sequence
from io import BytesIO

import xlsxwriter
from flask_babel import gettext as _
from pypdf import PdfReader, PdfWriter

from services.consortium_export import PartnerRow
from web.consortium_words import MEMBER_STATES
from web.forms.profile import TYPES
from web.locale import country_name


def columns() -> list[str]:
    """Name the columns in the reader's language."""
    return [
        _("Organisation"),
        _("PIC"),
        _("One legal entity with"),
        _("Country"),
        _("Kind of organisation"),
        _("Role"),
        _("Coordinates"),
        _("State"),
        _("Name"),
        _("Name as written at home"),
        _("Contact"),
        _("Consents to contact"),
    ]


def cells(row: PartnerRow) -> list[str]:
    """Give a partner's line in the reader's language."""
    return [
        row.organisation,
        row.pic,
        row.same_entity_as,
        country_name(row.country) if row.country else "",
        str(TYPES.get(row.type, row.type)),
        row.role,
        _("yes") if row.coordinator else "",
        str(MEMBER_STATES[row.state]),
        row.name,
        row.name_native if row.name_native != row.name else "",
        row.contact,
        _("yes") if row.consent else _("no"),
    ]


def workbook(rows: Sequence[PartnerRow]) -> bytes:
    """Write a workbook: the header in row 1 of the first sheet; nothing in it is a formula."""
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(target, options)
    sheet = book.add_worksheet(_("Partners")[:31])
    sheet.freeze_panes(1, 0)
    for place, title in enumerate(columns()):
        sheet.write_string(0, place, title, book.add_format({"bold": True}))
        sheet.set_column(place, place, 24)
    for line, row in enumerate(rows, 1):
        for place, value in enumerate(cells(row)):
            sheet.write_string(line, place, value)
    book.close()
    return target.getvalue()


def joined_pdf(first: bytes, sheets: Iterable[bytes]) -> bytes:
    """Put the partners' sheets behind the list."""
    writer = PdfWriter()
    for part in (first, *sheets):
        writer.append(PdfReader(BytesIO(part)))
    target = BytesIO()
    writer.write(target)
    return target.getvalue()
