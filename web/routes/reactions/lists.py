"""The reader's own lists: interested, saved, not for me, and with whom it is mutual."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from services.mutual_interest import mutual_partners, partner_contacts
from services.people import person_lines
from services.reactions import INTERESTED, PASS, SAVED, kept, kept_count
from web.access import signed_in
from web.database import session
from web.routes.reactions.base import blueprint, chosen_place, own_places, viewer

PAGE = 20
KINDS = {"interested": INTERESTED, "saved": SAVED, "not-for-me": PASS}


@blueprint.get("/<any(interested, saved, 'not-for-me'):name>")
@signed_in
def listed(name: str) -> ResponseReturnValue:
    """Show whom the reader said this of, the latest first."""
    place, kind = chosen_place(), KINDS[name]
    page = max(1, request.args.get("page", 1, int))
    rows = kept(session(), place, viewer(), kind, (page - 1) * PAGE, PAGE)
    total = kept_count(session(), place, viewer(), kind)
    return render_template(
        "reactions/list.html",
        name=name,
        place=place,
        places=own_places(),
        rows=rows,
        people=person_lines(session(), [row.profile_id for row in rows], viewer()),
        page=page,
        pages=max(1, -(-total // PAGE)),
    )


@blueprint.get("/both-interested")
@signed_in
def partners() -> ResponseReturnValue:
    """Show with whom it is mutual, and how to reach them."""
    place = chosen_place()
    ids = mutual_partners(session(), place.edition.id, place.profile_id)
    return render_template(
        "reactions/partners.html",
        place=place,
        places=own_places(),
        ids=ids,
        people=person_lines(session(), ids, viewer()),
        contacts=partner_contacts(session(), place.edition.id, place.profile_id),
    )
