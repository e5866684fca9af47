"""The parts of an edition that its organisers set, a page and a form for each."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models import Edition
from services.edition_editing import EditionChanged, change_part, read_part
from services.errors import ServiceError
from services.fields import all_fields
from web import jobs
from web.access import edition, organiser
from web.clock import now
from web.database import session
from web.edition_part_words import refusal
from web.edition_words import in_language
from web.forms.edition_dates import DatesForm
from web.forms.edition_part import PartForm
from web.forms.edition_partners import ListingForm, PartnersForm
from web.forms.edition_sides import FieldsForm, SidesForm
from web.forms.edition_texts import TextsForm
from web.forms.programme import ProgrammeForm
from web.login import account_id
from web.routes.desk.base import blueprint

FORMS: tuple[type[PartForm], ...] = (
    TextsForm,
    DatesForm,
    SidesForm,
    FieldsForm,
    PartnersForm,
    ProgrammeForm,
    ListingForm,
)
_MORE = "more"


def _shows(kind: type[PartForm]) -> Callable[[str], ResponseReturnValue]:
    @organiser
    def show(slug: str) -> ResponseReturnValue:
        """Show a part as it is stored."""
        form = _form(kind, bare=True)
        form.fill(edition(), read_part(session(), edition(), kind.PART))
        return _page(form)

    return show


def _saves(kind: type[PartForm]) -> Callable[[str], ResponseReturnValue]:
    @organiser
    def save(slug: str) -> ResponseReturnValue:
        """Save a part; what cannot be saved stays on the page as it was typed."""
        form = _form(kind)
        if isinstance(form, ProgrammeForm) and _MORE in request.form:
            form.add_row()
            return _page(form)
        if not form.validate_on_submit():
            return _page(form), 422
        return _save(form, slug)

    return save


def _save(form: PartForm, slug: str) -> ResponseReturnValue:
    wish, here = form.wish(edition()), edition()
    try:
        changed = change_part(
            session(),
            here,
            form.PART,
            wish,
            now(),
            seen=form.seen.data or "",
            actor_id=account_id(),
        )
    except EditionChanged:
        stored = read_part(session(), here, form.PART)
        form.keep_mark(stored)
        return _page(form, stored=_stored(type(form))), 409
    except ServiceError as error:
        session().rollback()
        said = refusal(error)
        for name in said.fields:
            form[name].errors = [said.text]
        if not said.fields:
            form.form_errors = [said.text]
        return _page(form), 422
    session().commit()
    if changed:
        jobs.wake_matcher()
    flash(_("Saved.") if changed else _("Nothing was changed."))
    return redirect(url_for(f"desk.{form.PART}", slug=slug))


def _stored(kind: type[PartForm]) -> PartForm:
    """Give the form as it would show what is stored now, beside what was typed."""
    form = _form(kind, bare=True)
    form.fill(edition(), read_part(session(), edition(), kind.PART))
    return form


def _form(kind: type[PartForm], *, bare: bool = False) -> PartForm:
    form = kind(formdata=None) if bare else kind()
    zones = {"left": edition().left_zone, "right": edition().right_zone}
    if isinstance(form, DatesForm | ProgrammeForm):
        asked = request.args.get("clock", "") if bare else form.zone.data
        form.zone.data = zones.get(asked) or (asked if asked in zones.values() else None)
        if not bare and form.zone.data is None:
            form.zone.data = zones["left"]
    if isinstance(form, FieldsForm):
        form.offer((one.slug, in_language(one, "name")) for one in all_fields(session()))
    form.prepare(edition())
    return form


def _page(form: PartForm, **more: Any) -> str:  # noqa: ANN401 - what a template takes
    here: Edition = edition()
    return render_template(f"desk/{form.PART}.html", edition=here, form=form, **more)


for _kind in FORMS:
    _path = f"/<slug>/{_kind.PART}"
    blueprint.add_url_rule(_path, _kind.PART, _shows(_kind))
    blueprint.add_url_rule(_path, f"save_{_kind.PART}", _saves(_kind), methods=["POST"])
