"""Looking at a mailing as a real person gets it, and sending it to oneself."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.mailing_preview import find_person, preview, send_test
from web import jobs
from web.access import edition, organiser
from web.address_keys import address_keys
from web.clock import now
from web.database import session
from web.forms.mailings import PersonForm
from web.limits import limiter
from web.login import account
from web.mailing_letters import mailing_writer
from web.routes.mailings.base import blueprint, mailing


@blueprint.get("/<int:number>/preview")
@organiser
def look(slug: str, number: int) -> ResponseReturnValue:
    """Show the mail of one person, whole, as plain text."""
    row = mailing(number)
    shown = preview(
        session(),
        edition(),
        row,
        mailing_writer(edition(), row),
        address_keys(),
        request.args.get("person", None, int),
    )
    return render_template(
        "mailings/preview.html",
        edition=edition(),
        mailing=row,
        shown=shown,
        form=PersonForm(formdata=None),
        own_address=account().email,
    )


@blueprint.post("/<int:number>/preview")
@organiser
def find(slug: str, number: int) -> ResponseReturnValue:
    """Find the person of a name; the name stays out of the address."""
    found = find_person(session(), edition(), mailing(number), request.form.get("name", ""))
    if found is None:
        flash(_("Nobody of this name is among the people of this mailing."), "warning")
    return redirect(url_for("mailings.look", slug=slug, number=number, person=found))


@blueprint.post("/<int:number>/test")
@organiser
@limiter.limit("20 per minute")
def test(slug: str, number: int) -> ResponseReturnValue:
    """Send what the preview shows to the organiser's own address."""
    row, person = mailing(number), request.form.get("person", None, int)
    write = mailing_writer(edition(), row)
    shown = preview(session(), edition(), row, write, address_keys(), person)
    if shown is not None:
        send_test(session(), row, shown.reader, write, account(), now())
        session().commit()
        jobs.wake_mail()
        flash(_("The mail is on its way to %(email)s.", email=account().email))
    return redirect(url_for("mailings.look", slug=slug, number=number, person=person))
