"""Making an edition after an earlier one."""

from flask import render_template
from flask.typing import ResponseReturnValue

from services.edition_cloning import clone_edition, propose_clone
from services.edition_founding import BadSlug, SlugTaken
from web.access import edition, organiser_of_all
from web.clock import now
from web.database import session
from web.forms.edition_founding import NamingForm
from web.login import account_id
from web.routes.desk.base import blueprint
from web.routes.desk.founding_answers import made, refuse


@blueprint.get("/<slug>/clone")
@organiser_of_all
def clone(slug: str) -> ResponseReturnValue:
    """Propose a name and a first day for the next edition."""
    proposal = propose_clone(edition(), now())
    form = NamingForm(
        name_en=proposal.naming.name_en,
        name_ko=proposal.naming.name_ko,
        slug=proposal.naming.slug,
        first_day=proposal.first_day,
    )
    return render_template("desk/clone.html", edition=edition(), form=form)


@blueprint.post("/<slug>/clone")
@organiser_of_all
def clone_now(slug: str) -> ResponseReturnValue:
    """Make a draft with everything but people and rounds, its dates moved."""
    form, day = NamingForm(), None
    if form.validate_on_submit():
        day = form.first_day.data
        try:
            one = clone_edition(session(), edition(), form.naming(), day, now(), account_id())
        except (BadSlug, SlugTaken) as error:
            refuse(form, error)
        else:
            return made(one)
    return render_template("desk/clone.html", edition=edition(), form=form), 422
