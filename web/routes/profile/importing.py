"""Importing: what to read, what was read line by line, and taking it over."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from models import Edition
from services.consents import give
from services.consents_reading import MATCHING, OVERSEAS, SHOWING
from services.editions import is_open
from services.editions_joining import NotConsented, NotReady, join
from services.errors import NotFound
from services.front import edition_ahead
from services.import_saving import Saved, save_import
from services.pending_imports import begin_import, change_lines, discard_import
from services.profile_values import BadValue
from services.profiles import start_profile
from services.publications import TooManyWorks
from services.reading import Found, Unreadable
from services.reading_kinds import read_anything
from services.registries import RegistryTrouble, look_up
from web.access import signed_in
from web.clock import now
from web.config import settings
from web.database import session
from web.edition_words import edition_name
from web.forms.importing import SourceForm
from web.import_review import Review, open_review
from web.import_words import sentence
from web.legal import text_language
from web.limits import limiter
from web.login import account, account_id
from web.reading_words import registry_says, why
from web.registries import registries
from web.routes.profile.base import blueprint, commit, find_own


@blueprint.get("/import")
@signed_in
def source() -> ResponseReturnValue:
    """Ask for a text or a file; one that waits already is led to."""
    return _source_page(SourceForm())


@blueprint.post("/import")
@signed_in
@limiter.limit("10 per minute")
def read_source() -> ResponseReturnValue:
    """Read it, asking a registry if need be, and show the lines; nothing is saved yet."""
    form, owner = SourceForm(), account_id()
    if not form.validate_on_submit():
        return _source_page(form), 422
    # A registry may take seconds: nobody else waits for the database meanwhile.
    session().rollback()
    try:
        found = _found(form.data_given())
    except Unreadable as error:
        place = _("Line %(line)s: %(text)s", line=error.line, text=why(error))
        form.form_errors.append(place if error.line else why(error))
    except RegistryTrouble as error:
        form.form_errors.append(registry_says(error))
    else:
        begin_import(session(), owner, found, now())
        session().commit()
        return redirect(url_for("profile.review"))
    return _source_page(form), 422


@blueprint.get("/import/review")
@signed_in
def review() -> ResponseReturnValue:
    """Show every line that was read, to be kept, changed or dropped."""
    shown = open_review(session(), account_id(), now(), request.args.get("page", 1, int))
    if shown is None:
        return redirect(url_for("profile.source"))
    return _review_page(shown)


@blueprint.post("/import/review")
@signed_in
def decide() -> ResponseReturnValue:
    """Remember what was made of the lines, then turn the page, or take them over."""
    shown = open_review(session(), account_id(), now(), request.form.get("page", 1, int))
    if shown is None or not shown.form.validate_on_submit():
        flash(_("This import no longer waits: it was saved, discarded or too old."), "warning")
        return redirect(url_for("profile.source"))
    if not shown.is_valid():
        return _review_page(shown), 422
    change_lines(session(), account_id(), shown.changes(), now())
    act = request.form.get("act", "")
    if act.isdecimal():
        session().commit()
        return redirect(url_for("profile.review", page=int(act)))
    session().commit()
    return _take_over(shown, joining=act == "join")


@blueprint.post("/import/discard")
@signed_in
def discard() -> ResponseReturnValue:
    """Forget what was read."""
    discard_import(session(), account_id())
    session().commit()
    flash(_("What was read is forgotten. Nothing of it was saved."))
    return redirect(url_for("profile.edit"))


def _found(data: bytes) -> Found:
    read = read_anything(data)
    return read.found or look_up(read.ids, registries(settings()))


def _take_over(shown: Review, *, joining: bool) -> ResponseReturnValue:
    edition = _joinable() if joining else None
    ticked = [OVERSEAS] if request.form.get(OVERSEAS) else []
    try:
        saved = save_import(session(), account(), now())
        if edition is not None:
            # The button itself says what it consents to; the transfer abroad is ticked beside it.
            give(session(), account_id(), (MATCHING, SHOWING, *ticked), text_language(), now())
            join(session(), edition, start_profile(session(), account(), now()), now())
    except BadValue as error:
        return _refused(shown, sentence(error.code, error.values))
    except TooManyWorks:
        return _refused(shown, _("There would be too many publications: drop some."))
    except NotReady as error:
        return _refused(shown, *_still_needed(error))
    except NotConsented:
        return _refused(shown, _("To join, tick that your profile is shown on the other side."))
    except NotFound:
        return redirect(url_for("profile.source"))
    commit(to_read=saved.to_read)
    flash(_told(saved))
    if edition is None:
        return redirect(url_for("profile.edit"))
    flash(_("You take part in %(edition)s.", edition=edition_name(edition)))
    return redirect(url_for("suggestions.index", edition=edition.slug))


def _refused(shown: Review, *texts: str) -> ResponseReturnValue:
    """Show the page again; what the person made of the lines stays."""
    session().rollback()
    shown.form.form_errors.extend(texts)
    return _review_page(shown), 422


def _still_needed(error: NotReady) -> list[str]:
    needed = {
        "name": _("Write your name: it is needed to join."),
        "country": _("Choose the country where you work: it is needed to join."),
        "side": _("Choose a country on one of the two sides: this one is on neither."),
        "research": _("Write a few words on your research, or keep a work: one of them is needed."),
    }
    return [needed[code] for code in error.missing]


def _told(saved: Saved) -> str:
    if not saved.added:
        return str(_("Your profile is saved."))
    return str(
        ngettext(
            "Your profile is saved, with %(num)s new work.",
            "Your profile is saved, with %(num)s new works.",
            saved.added,
        )
    )


def _joinable() -> Edition | None:
    """Give the edition that a newcomer would join."""
    edition = edition_ahead(session(), now())
    return edition if edition is not None and is_open(edition, now()) else None


def _source_page(form: SourceForm) -> str:
    waits = open_review(session(), account_id(), now(), 1) is not None
    return render_template("profile/import.html", form=form, waits=waits)


def _review_page(shown: Review) -> str:
    profile = find_own()
    edition = _joinable()
    return render_template(
        "profile/import_review.html",
        review=shown,
        profile=profile,
        edition=edition,
        unread=[(one.line, why(one)) for one in shown.pending.unread],
    )
