"""Fields of research: adding, renaming, ordering, removing."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.field_editing import (
    BadSlug,
    FieldExists,
    FieldInUse,
    FieldNames,
    add_field,
    fields_in_use,
    find_field,
    move_field,
    remove_field,
    rename_field,
)
from web.access import administrator
from web.account_words import sentence
from web.database import session
from web.forms.admin import FieldNamesForm, NewFieldForm
from web.routes.admin.base import blueprint

_MOVES = {"up": -1, "down": 1}


@blueprint.get("/admin/fields")
@administrator
def fields() -> ResponseReturnValue:
    """List the fields in their order, with the form for a new one."""
    return _page(NewFieldForm())


@blueprint.post("/admin/fields")
@administrator
def add_field_now() -> ResponseReturnValue:
    """Add a field at the end."""
    form = NewFieldForm()
    if not form.validate_on_submit():
        return _page(form), 422
    names = FieldNames(form.slug.data.strip(), form.name_en.data, form.name_ko.data or "")
    try:
        add_field(session(), names)
    except (BadSlug, FieldExists) as error:
        form.slug.errors = [sentence(error)]
        return _page(form), 422
    session().commit()
    flash(_("The field is added."))
    return redirect(url_for("admin.fields"))


@blueprint.get("/admin/fields/<field_slug>")
@administrator
def field(field_slug: str) -> ResponseReturnValue:
    """Show the form with a field's names."""
    row = find_field(session(), field_slug)
    form = FieldNamesForm(name_en=row.name_en, name_ko=row.name_ko)
    return render_template("admin/field.html", form=form, slug=field_slug)


@blueprint.post("/admin/fields/<field_slug>")
@administrator
def rename_field_now(field_slug: str) -> ResponseReturnValue:
    """Give a field other names."""
    form = FieldNamesForm()
    if not form.validate_on_submit():
        return render_template("admin/field.html", form=form, slug=field_slug), 422
    names = FieldNames(field_slug, form.name_en.data, form.name_ko.data or "")
    rename_field(session(), names)
    session().commit()
    flash(_("The names are saved."))
    return redirect(url_for("admin.fields"))


@blueprint.post("/admin/fields/<field_slug>/move")
@administrator
def move_field_now(field_slug: str) -> ResponseReturnValue:
    """Move a field up or down in the order."""
    move_field(session(), field_slug, _MOVES.get(request.form.get("way", ""), 0))
    session().commit()
    return redirect(url_for("admin.fields"))


@blueprint.post("/admin/fields/<field_slug>/remove")
@administrator
def remove_field_now(field_slug: str) -> ResponseReturnValue:
    """Remove a field that nobody names."""
    try:
        remove_field(session(), field_slug)
    except FieldInUse as used:
        text = _(
            "This field stays: profiles (%(profiles)s) and editions (%(editions)s) name it.",
            profiles=used.profiles,
            editions=used.editions,
        )
        flash(text, "warning")
    else:
        session().commit()
        flash(_("The field is removed."))
    return redirect(url_for("admin.fields"))


def _page(form: NewFieldForm) -> str:
    return render_template("admin/fields.html", form=form, fields=fields_in_use(session()))
