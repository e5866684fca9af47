"""Somebody on one page, as a PDF: their sheet as a viewer may read it."""

from pathlib import Path

from flask import current_app, render_template, url_for
from sqlmodel import Session

from services.mutual_interest import Contact
from services.people import PersonPage, person_page
from services.visibility import Viewer
from web.forms.profile import STAGES
from web.letters import link_base
from web.sheet_pdf import one_page_pdf

# How many characters long texts may have, until everything stands on one page.
LIMITS = (1800, 1200, 800, 500, 250)
_FEWEST = 3


def partner_sheet(
    session: Session, viewer: Viewer, profile_id: int, contact: Contact | None
) -> bytes:
    """Write somebody's sheet.

    Raises
    ------
    NotFound
        When there is nobody whom the viewer may see.
    PdfToolMissing
    """
    page = person_page(session, viewer, profile_id)

    def render(limit: int) -> str:
        return render_template(
            "sheets/partner.html",
            page=page,
            contact=contact,
            works=_works(page),
            research=shortened(page.texts.research, limit),
            most=max(_FEWEST, limit // 200),
            stages=STAGES,
            address=link_base() + url_for("people.show", profile_id=profile_id),
        )

    return one_page_pdf(render, LIMITS, Path(str(current_app.static_folder)))


def shortened(text: str, limit: int) -> str:
    """Cut a text at the end of a sentence, or of a word, before so many characters."""
    if len(text) <= limit:
        return text
    start = text[:limit]
    sentence = max(start.rfind(mark) for mark in (". ", "? ", "! ", ".\n", "다.", "요."))
    if sentence > limit // 2:
        return start[: sentence + 2].strip()
    return start.rsplit(maxsplit=1)[0] + " …"


def _works(page: PersonPage) -> list[str]:
    """Name the key works, or the first three where none is marked."""
    works = page.texts.publications
    chosen = [work for work in works if work.key_work] or works[:3]
    return [f"{work.title} ({work.year})" if work.year else work.title for work in chosen]
