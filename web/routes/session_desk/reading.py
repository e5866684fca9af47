"""The sessions of an edition, and who comes to one."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from services.session_list import guests_of, session_line, session_lines
from web.access import edition, organiser
from web.clock import now
from web.database import session
from web.edition_words import both_clocks
from web.routes.session_desk.base import blueprint, its_session

_PAGE = 200


@blueprint.get("")
@organiser
def index(slug: str) -> ResponseReturnValue:
    """List the sessions, cancelled ones too."""
    del slug
    lines = session_lines(session(), edition().id, cancelled=True)
    return render_template(
        "session_desk/index.html",
        edition=edition(),
        lines=[(line, both_clocks(edition(), line.row.starts_at)) for line in lines],
    )


@blueprint.get("/<int:session_id>")
@organiser
def show(slug: str, session_id: int) -> ResponseReturnValue:
    """Show a session with who comes and who waits."""
    del slug
    row = its_session(session_id)
    line = session_line(session(), row)
    pages = max(1, -(-(line.coming + line.waiting) // _PAGE))
    page = min(max(request.args.get("page", 1, int), 1), pages)
    return render_template(
        "session_desk/show.html",
        edition=edition(),
        line=line,
        clocks=both_clocks(edition(), row.starts_at),
        guests=guests_of(session(), row, limit=_PAGE, start=(page - 1) * _PAGE),
        page=page,
        pages=pages,
        first=(page - 1) * _PAGE,
        changeable=row.cancelled_at is None and row.ends_at > now(),
    )
