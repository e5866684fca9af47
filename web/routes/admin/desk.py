"""Where an administrator begins."""

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlmodel import col, select

from models import Edition
from services.mail import given_up
from services.role_requests import open_requests
from web.access import administrator
from web.database import session
from web.legal import contact
from web.routes.admin.base import blueprint


@blueprint.get("/admin/")
@administrator
def index() -> ResponseReturnValue:
    """Show what there is to administer, and how much waits."""
    editions = session().exec(select(Edition).order_by(col(Edition.starts_at).desc())).all()
    return render_template(
        "admin/index.html",
        editions=editions,
        requests=len(open_requests(session())),
        mails=len(given_up(session())),
        contact=contact(),
    )
