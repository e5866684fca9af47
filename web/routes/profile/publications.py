"""Step 4: the publications, each with a page of its own."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from services.key_works import MOST_KEY_WORKS, TooManyKeyWorks, mark_key_work
from services.profiles import content_of, start_profile
from services.publications import (
    TooManyWorks,
    add_work,
    change_work,
    find_work,
    remove_work,
    weigh_work,
    works_of,
)
from web.access import signed_in
from web.clock import now
from web.database import session
from web.forms.publication import WEIGHTS, PublicationForm
from web.login import account
from web.profile_steps import BY_SLUG, step_items
from web.routes.profile.base import blueprint, commit, find_own, own, reading

_SLUG = "publications"


@blueprint.get("/publications")
@signed_in
def publications() -> ResponseReturnValue:
    """List the publications."""
    profile = find_own()
    content = content_of(session(), profile) if profile else {}
    return render_template(
        "profile/publications.html",
        step=BY_SLUG[_SLUG],
        profile=profile,
        works=works_of(session(), profile.id) if profile else [],
        items=step_items(profile, content, _SLUG),
        reading=reading(profile),
        most_key_works=MOST_KEY_WORKS,
    )


@blueprint.get("/publications/new")
@signed_in
def new_publication() -> ResponseReturnValue:
    """Show an empty form."""
    return _page(PublicationForm())


@blueprint.post("/publications/new")
@signed_in
def add_publication() -> ResponseReturnValue:
    """Add a publication."""
    form = PublicationForm()
    if not form.validate_on_submit():
        return _page(form), 422
    profile = start_profile(session(), account(), now())
    try:
        to_read = add_work(session(), profile, form.work(), now())
    except TooManyWorks:
        form.form_errors.append(_("There are too many publications: remove some first."))
        return _page(form), 422
    commit(to_read=to_read)
    flash(_("Added: %(title)s", title=form.title.data))
    return redirect(url_for("profile.publications"))


@blueprint.get("/publications/<int:work_id>")
@signed_in
def publication(work_id: int) -> ResponseReturnValue:
    """Show a publication to change it."""
    form = PublicationForm()
    form.fill(find_work(session(), own(), work_id))
    return _page(form, work_id)


@blueprint.post("/publications/<int:work_id>")
@signed_in
def change_publication(work_id: int) -> ResponseReturnValue:
    """Save a publication."""
    profile = own()
    row = find_work(session(), profile, work_id)
    form = PublicationForm()
    form.keep_weight(f"{row.weight:g}")
    if not form.validate_on_submit():
        return _page(form, work_id), 422
    commit(to_read=change_work(session(), profile, row, form.work(), now()))
    flash(_("Saved."))
    return redirect(url_for("profile.publications"))


@blueprint.post("/publications/<int:work_id>/remove")
@signed_in
def remove_publication(work_id: int) -> ResponseReturnValue:
    """Remove a publication."""
    profile = own()
    row = find_work(session(), profile, work_id)
    title = row.title
    commit(to_read=remove_work(session(), profile, row, now()))
    flash(_("Removed: %(title)s", title=title))
    return redirect(url_for("profile.publications"))


@blueprint.post("/publications/<int:work_id>/key")
@signed_in
def mark_publication(work_id: int) -> ResponseReturnValue:
    """Mark a publication as one of the few key works, or take the mark off."""
    profile = own()
    row = find_work(session(), profile, work_id)
    wish = request.form.get("key_work") == "yes"
    try:
        mark_key_work(session(), profile, row, now(), key_work=wish)
    except TooManyKeyWorks as error:
        text = ngettext(
            "You have %(num)s key work already: take the mark off it first.",
            "You have %(num)s key works already: take the mark off one first.",
            error.most,
        )
        flash(text, "warning")
    else:
        commit(to_read=False)
        flash(_("Saved."))
    return redirect(url_for("profile.publications"))


@blueprint.post("/publications/<int:work_id>/weight")
@signed_in
def weigh_publication(work_id: int) -> ResponseReturnValue:
    """Let a publication count in full, half or not at all."""
    profile = own()
    row = find_work(session(), profile, work_id)
    wish = request.form.get("weight")
    if wish not in WEIGHTS:
        abort(400)
    commit(to_read=weigh_work(session(), profile, row, float(wish), now()))
    flash(_("Saved."))
    return redirect(url_for("profile.publications"))


def _page(form: PublicationForm, work_id: int | None = None) -> str:
    return render_template("profile/publication.html", form=form, work_id=work_id)
