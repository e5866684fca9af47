"""What an edition promises to those who start."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.edition_promises import PromiseOutOfRange, Promises, set_promises
from web.access import edition, organiser
from web.database import session
from web.forms.promises import PromisesForm
from web.routes.desk.base import blueprint


@blueprint.get("/<slug>/promises")
@organiser
def promises(slug: str) -> ResponseReturnValue:
    """Show what is promised."""
    kept = {
        "early_career": edition().least_early_career,
        "newcomers": edition().least_newcomers,
    }
    return _page(PromisesForm(formdata=None, data=kept))


@blueprint.post("/<slug>/promises")
@organiser
def promise(slug: str) -> ResponseReturnValue:
    """Keep what the edition promises to those who start."""
    form = PromisesForm()
    ready = form.validate_on_submit()
    if ready:
        given = Promises(form.early_career.data, form.newcomers.data)
        try:
            set_promises(session(), edition(), given)
        except PromiseOutOfRange as error:
            form.refuse(error.most)
            ready = False
    if not ready:
        return _page(form), 422
    session().commit()
    flash(_("The next round will keep these promises."))
    return redirect(url_for("desk.promises", slug=slug))


def _page(form: PromisesForm) -> str:
    return render_template("desk/promises.html", edition=edition(), form=form)
