"""The list of an edition's mailings, and the page of one: a draft, or what became of it."""

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from models import Mailing
from services.bounces import bounced_people
from services.mailing_progress import missed, progress_of, progress_of_all, recipient_page
from services.mailing_readers import outlook, readers
from services.mailings import DRAFT, UNDER_WAY, mailings_of
from web.access import edition, organiser
from web.address_keys import address_keys
from web.database import session
from web.mailing_ready import READY
from web.mailing_words import OUTCOMES
from web.routes.mailings.base import blueprint, mailing


@blueprint.get("/")
@organiser
def index(slug: str) -> ResponseReturnValue:
    """List the mailings, and the texts to begin one from."""
    rows = mailings_of(session(), edition())
    return render_template(
        "mailings/index.html",
        edition=edition(),
        mailings=rows,
        progress=progress_of_all(session(), rows),
        ready=READY,
        bounced=len(bounced_people(session(), edition())),
    )


@blueprint.get("/<int:number>")
@organiser
def show(slug: str, number: int) -> ResponseReturnValue:
    """Show a draft with what sending it would do; or how far it is, and what became of it."""
    row = mailing(number)
    return _draft(row) if row.state == DRAFT else _sent(row)


@blueprint.get("/<int:number>/progress")
@organiser
def progress(slug: str, number: int) -> ResponseReturnValue:
    """Give the line that says how far a mailing is; a page asks for it again and again."""
    row = mailing(number)
    answer = Response(
        render_template(
            "mailings/_progress.html",
            edition=edition(),
            mailing=row,
            progress=progress_of(session(), row),
        )
    )
    if row.state not in UNDER_WAY:
        answer.headers["HX-Refresh"] = "true"
    return answer


def _draft(row: Mailing) -> str:
    keys = address_keys()
    people = readers(session(), edition(), row.audience, row.side, keys)
    counts = outlook(people, keys)
    return render_template(
        "mailings/draft.html",
        edition=edition(),
        mailing=row,
        people=len(people),
        mails=counts.pop("", 0),
        left_out=counts.most_common(),
    )


def _sent(row: Mailing) -> str:
    outcome = request.args.get("outcome", "")
    outcome = outcome if outcome in OUTCOMES else ""
    return render_template(
        "mailings/show.html",
        edition=edition(),
        mailing=row,
        under_way=row.state in UNDER_WAY,
        progress=progress_of(session(), row),
        outcome=outcome,
        page=recipient_page(session(), row, outcome, request.args.get("page", 1, int)),
        missed=missed(session(), row),
    )
