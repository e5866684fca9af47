"""Somebody on one page, as a PDF to print, to mail or to keep."""

from pathlib import Path

from flask import Response, current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from models import Profile
from services.mutual_interest import Contact, contact_of
from services.people import PersonPage, person_page
from web.access import signed_in
from web.database import session
from web.forms.profile import STAGES
from web.letters import link_base
from web.limits import limiter
from web.routes.people import blueprint
from web.routes.suggestions import viewer
from web.sheet_pdf import PdfToolMissing, one_page_pdf

__all__ = ["blueprint"]

# How many characters long texts may have, until everything stands on one page.
_LIMITS = (1800, 1200, 800, 500, 250)
_FEWEST = 3


@blueprint.get("/<int:profile_id>/sheet.pdf")
@signed_in
@limiter.limit("20 per minute")
def sheet(profile_id: int) -> ResponseReturnValue:
    """Give a partner's sheet, or one's own, in the reader's language."""
    page = person_page(session(), viewer(), profile_id)
    contact = _contact(profile_id)

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

    try:
        pdf = one_page_pdf(render, _LIMITS, Path(str(current_app.static_folder)))
    except PdfToolMissing:
        return render_template("sheets/missing.html", profile_id=profile_id), 503
    headers = {"Content-Disposition": f'attachment; filename="partner-{profile_id}.pdf"'}
    return Response(pdf, headers=headers, mimetype="application/pdf")


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


def _contact(profile_id: int) -> Contact | None:
    """Give how to reach somebody, where both agreed; one's own sheet has one's own."""
    me = current_user.profile_id
    if me == profile_id:
        own = session().get_one(Profile, profile_id)
        return Contact(own.email, own.phone)
    return contact_of(session(), me, profile_id) if me else None
