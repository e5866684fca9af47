"""Somebody on one page, as a PDF to print, to mail or to keep."""

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from models import Profile
from services.mutual_interest import Contact, contact_of
from web.access import signed_in
from web.database import session
from web.limits import limiter
from web.partner_sheets import partner_sheet
from web.routes.people import blueprint
from web.routes.suggestions import viewer
from web.sheet_pdf import PdfToolMissing

__all__ = ["blueprint"]


@blueprint.get("/<int:profile_id>/sheet.pdf")
@signed_in
@limiter.limit("20 per minute")
def sheet(profile_id: int) -> ResponseReturnValue:
    """Give a partner's sheet, or one's own, in the reader's language."""
    try:
        pdf = partner_sheet(session(), viewer(), profile_id, _contact(profile_id))
    except PdfToolMissing:
        back = url_for("people.show", profile_id=profile_id)
        return render_template("sheets/missing.html", back=back), 503
    headers = {"Content-Disposition": f'attachment; filename="partner-{profile_id}.pdf"'}
    return Response(pdf, headers=headers, mimetype="application/pdf")


def _contact(profile_id: int) -> Contact | None:
    """Give how to reach somebody, where both agreed; one's own sheet has one's own."""
    me = current_user.profile_id
    if me == profile_id:
        own = session().get_one(Profile, profile_id)
        return Contact(own.email, own.phone)
    return contact_of(session(), me, profile_id) if me else None
