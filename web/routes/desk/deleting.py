"""Deleting a draft that nobody takes part in."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from services.edition_deleting import NotADraft, PeopleTakePart, delete_draft
from web.access import edition, organiser_of_all
from web.database import session
from web.routes.desk.base import blueprint


@blueprint.post("/<slug>/delete")
@organiser_of_all
def delete(slug: str) -> ResponseReturnValue:
    """Delete a draft that nobody takes part in."""
    try:
        delete_draft(session(), edition())
    except NotADraft:
        flash(_("Only a draft can be deleted."), "warning")
    except PeopleTakePart as error:
        text = ngettext(
            "It has %(num)s participant or round: it is not deleted.",
            "It has %(num)s participants and rounds: it is not deleted.",
            error.count,
        )
        flash(text, "warning")
    else:
        session().commit()
        flash(_("The draft is deleted."))
        return redirect(url_for("rounds.index"))
    return redirect(url_for("rounds.desk", slug=slug))
