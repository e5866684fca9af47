"""What the pages that make an edition answer."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models import Edition
from services.edition_dates import DatesOutOfOrder
from services.edition_founding import SlugTaken
from services.errors import ServiceError
from web.database import session
from web.forms.edition_founding import NamingForm


def made(one: Edition) -> ResponseReturnValue:
    """Keep a new edition and lead to its desk."""
    session().commit()
    flash(_("The edition is made, as a draft that only organisers see."))
    return redirect(url_for("rounds.desk", slug=one.slug))


def refuse(form: NamingForm, error: ServiceError) -> None:
    """Say beside its field what keeps an edition from being made."""
    if isinstance(error, DatesOutOfOrder):
        form.refuse("first_day", _("The first day lies ahead."))
    elif isinstance(error, SlugTaken):
        form.refuse("slug", _("Another edition has this short name."))
    else:
        text = _("Use small letters, digits and single hyphens, such as power-electronics.")
        form.refuse("slug", text)
