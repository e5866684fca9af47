"""The audit log of an edition: every change with who, when, what before and what after."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from models.audit import AUDIT_SUBJECTS
from services.audit_reading import AuditFilter, audit_page
from web.access import edition, organiser
from web.audit_words import lines_of
from web.database import session
from web.routes.desk.base import blueprint


@blueprint.get("/<slug>/audit")
@organiser
def audit(slug: str) -> ResponseReturnValue:
    """Show a page of the log, of everything or of what was asked for."""
    subject = request.args.get("subject", "")
    wish = AuditFilter(
        subject=subject if subject in AUDIT_SUBJECTS else "",
        actor_id=request.args.get("by", None, int),
    )
    page = audit_page(session(), edition().id, wish, request.args.get("page", 1, int))
    return render_template(
        "desk/audit.html",
        edition=edition(),
        wish=wish,
        page=page,
        rows=[(entry, lines_of(entry, page, edition())) for entry in page.entries],
    )
