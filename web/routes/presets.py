"""The rules of calls as data, for the organisers of an edition."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from matchmaking.errors import BadInput
from services.presets import newest, preset_names, versions
from services.presets_writing import save_version
from web.access import edition, organiser
from web.clock import now
from web.database import session
from web.forms.presets import PresetForm
from web.login import account_id

blueprint = Blueprint("presets", __name__, url_prefix="/organise")
_NONE = "none"


@blueprint.get("/<slug>/rules")
@organiser
def index(slug: str) -> ResponseReturnValue:
    """List the presets of an edition, each as it holds now."""
    names = preset_names(session(), edition().id)
    found = [newest(session(), edition().id, name) for name in names if name != _NONE]
    return render_template("presets/index.html", edition=edition(), presets=found)


@blueprint.get("/<slug>/rules/new")
@organiser
def new(slug: str) -> ResponseReturnValue:
    """Show an empty form."""
    form = PresetForm(date=now().date())
    form.more()
    return _page(form)


@blueprint.post("/<slug>/rules/new")
@organiser
def add_now(slug: str) -> ResponseReturnValue:
    """Make a preset."""
    form = PresetForm()
    taken = form.name.data in preset_names(session(), edition().id)
    if not form.validate_on_submit() or taken:
        if taken:
            form.name.errors = [*form.name.errors, _("There are rules of this name already.")]
        return _page(form), 422
    return _save(form, form.name.data)


@blueprint.get("/<slug>/rules/<name>")
@organiser
def show(slug: str, name: str) -> ResponseReturnValue:
    """Show the form with the version that holds now, and the earlier versions."""
    found = newest(session(), edition().id, name)
    form = PresetForm(source=found.data["source"], date=now().date())
    form.fill(found.data)
    return _page(form, name)


@blueprint.post("/<slug>/rules/<name>")
@organiser
def change_now(slug: str, name: str) -> ResponseReturnValue:
    """Make the next version of a preset."""
    found = newest(session(), edition().id, name)
    form = PresetForm()
    del form.name
    if not form.validate_on_submit():
        return _page(form, name), 422
    if form.version.data != str(found.version):
        text = _("Somebody else made a new version meanwhile. Open the rules again to see it.")
        form.form_errors = [text]
        return _page(form, name), 409
    return _save(form, name, before=found.version)


def _save(form: PresetForm, name: str, before: int = 0) -> ResponseReturnValue:
    try:
        row = save_version(session(), edition().id, name, form.wish, now(), actor_id=account_id())
    except BadInput:
        text = _(
            "These rules do not go together: rules on teams, equal size and letters need two teams."
        )
        form.form_errors = [text]
        return _page(form, name if before else None), 422
    session().commit()
    flash(
        _(
            "Version %(version)s is saved. Drafts keep the version they were checked by, "
            "and are told of this one.",
            version=row.version,
        )
    )
    return redirect(url_for("presets.index", slug=edition().slug))


def _page(form: PresetForm, name: str | None = None) -> str:
    form.more()
    return render_template(
        "presets/form.html",
        edition=edition(),
        form=form,
        name=name,
        versions=versions(session(), edition().id, name) if name else [],
    )
