"""Writing a mailing, changing it, copying it, and throwing it away."""

from dataclasses import asdict

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models import Mailing
from services.mailing_audience import group_counts
from services.mailing_text import PLACEHOLDERS
from services.mailings import (
    DRAFT,
    MailingDraft,
    NotADraft,
    change_mailing,
    copy_mailing,
    remove_mailing,
    write_mailing,
)
from web.access import edition, organiser
from web.clock import now
from web.database import session
from web.forms.mailings import MailingForm
from web.login import account_id
from web.mailing_ready import ready_draft
from web.routes.mailings.base import blueprint, mailing, to_mailing


@blueprint.get("/new")
@organiser
def new(slug: str) -> ResponseReturnValue:
    """Show the form, with a ready text if one is chosen."""
    draft = ready_draft(request.args.get("text", ""))
    return _page(_begun(asdict(draft)))


@blueprint.post("/new")
@organiser
def write(slug: str) -> ResponseReturnValue:
    """Keep a new draft."""
    form = _filled()
    if not form.validate_on_submit():
        return _page(form), 422
    row = write_mailing(session(), edition(), form.draft(), now(), actor_id=account_id())
    session().commit()
    return to_mailing(row.id)


@blueprint.get("/<int:number>/edit")
@organiser
def edit(slug: str, number: int) -> ResponseReturnValue:
    """Show the form of a draft."""
    row = mailing(number)
    if row.state != DRAFT:
        return to_mailing(number)
    values = {name: getattr(row, name) for name in MailingDraft.__slots__}
    return _page(_begun(values | {"seen": row.changed_at.isoformat()}), row)


@blueprint.post("/<int:number>/edit")
@organiser
def change(slug: str, number: int) -> ResponseReturnValue:
    """Change a draft, unless somebody else did so since the form was shown."""
    row, form = mailing(number), _filled()
    if not form.validate_on_submit():
        return _page(form, row), 422
    if form.seen.data != row.changed_at.isoformat():
        flash(_("Somebody changed this mailing meanwhile. Your text is below: compare, then save."))
        form.seen.data = row.changed_at.isoformat()
        return _page(form, row), 409
    try:
        change_mailing(session(), row, form.draft(), now(), actor_id=account_id())
    except NotADraft:
        _say_sent()
    else:
        session().commit()
    return to_mailing(number)


@blueprint.post("/<int:number>/copy")
@organiser
def copy(slug: str, number: int) -> ResponseReturnValue:
    """Begin a new draft from a mailing."""
    row = copy_mailing(session(), mailing(number), now(), actor_id=account_id())
    session().commit()
    return redirect(url_for("mailings.edit", slug=slug, number=row.id))


@blueprint.post("/<int:number>/remove")
@organiser
def remove(slug: str, number: int) -> ResponseReturnValue:
    """Throw a draft away."""
    try:
        remove_mailing(session(), mailing(number), now(), actor_id=account_id())
    except NotADraft:
        _say_sent()
        return to_mailing(number)
    session().commit()
    flash(_("The draft is thrown away."))
    return redirect(url_for("mailings.index", slug=slug))


def _say_sent() -> None:
    flash(_("This mailing was sent meanwhile: it stays as it is. You can copy it."), "warning")


def _begun(values: dict[str, str]) -> MailingForm:
    form = MailingForm(formdata=None, data=values)
    return form.for_edition(edition(), group_counts(session(), edition().id))


def _filled() -> MailingForm:
    return MailingForm().for_edition(edition(), group_counts(session(), edition().id))


def _page(form: MailingForm, row: Mailing | None = None) -> str:
    return render_template(
        "mailings/form.html",
        edition=edition(),
        form=form,
        mailing=row,
        placeholders=PLACEHOLDERS,
    )
