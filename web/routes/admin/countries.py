"""The two lists of countries of an edition."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.edition_sides import (
    ParticipantsWouldLose,
    SideEmpty,
    Sides,
    SidesOverlap,
    read_sides,
    set_sides,
)
from web.access import administrator, edition
from web.account_words import sentence
from web.country_list import CountryList, read_countries, write_countries
from web.database import session
from web.edition_words import side_name
from web.forms.admin import CountriesForm
from web.locale import country_name
from web.routes.admin.base import blueprint


@blueprint.get("/admin/editions/<slug>/countries")
@administrator
def countries(slug: str) -> ResponseReturnValue:
    """Show both lists."""
    known = read_sides(session(), edition().id)
    left, right = write_countries(known.left), write_countries(known.right)
    return _page(CountriesForm(left=left, right=right))


@blueprint.post("/admin/editions/<slug>/countries")
@administrator
def set_countries(slug: str) -> ResponseReturnValue:
    """Replace both lists, if nobody who takes part would lose their side."""
    form = CountriesForm()
    if not form.validate_on_submit():
        return _page(form), 422
    left, right = read_countries(form.left.data), read_countries(form.right.data)
    form.left.errors, form.right.errors = _unknown(left), _unknown(right)
    if not (left.unknown or right.unknown):
        form.form_errors = _problems(Sides(left.codes, right.codes))
    if form.errors:
        return _page(form), 422
    session().commit()
    flash(_("The lists are saved."))
    return redirect(url_for("admin.countries", slug=slug))


def _problems(wished: Sides) -> list[str]:
    try:
        set_sides(session(), edition().id, wished)
    except SidesOverlap as error:
        names = _names(error.codes)
        return [_("On both sides: %(countries)s. Take each off one list.", countries=names)]
    except ParticipantsWouldLose as error:
        people = ", ".join(f"{country_name(code)} ({n})" for code, n in error.people.items())
        return [
            _(
                "People take part from %(countries)s and would lose their side. "
                "Ask them to leave the edition first.",
                countries=people,
            )
        ]
    except SideEmpty as error:
        return [sentence(error)]
    return []


def _unknown(found: CountryList) -> list[str]:
    if not found.unknown:
        return []
    names = ", ".join(found.unknown)
    return [_("No country is called %(names)s. Check the spelling.", names=names)]


def _names(codes: tuple[str, ...]) -> str:
    return ", ".join(sorted(country_name(code) for code in codes))


def _page(form: CountriesForm) -> str:
    for side, field in (("left", form.left), ("right", form.right)):
        field.label.text = side_name(edition(), side)
    return render_template("admin/countries.html", form=form, edition=edition())
