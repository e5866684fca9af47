"""The one form beside somebody: interested, not for me, later, hide; and the way back from each."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from services.candidates import Place
from services.people import person_lines
from web import jobs
from web.access import signed_in
from web.database import session
from web.htmx import wants_part
from web.limits import limiter
from web.routes.reactions.acts import Done, act
from web.routes.reactions.base import blueprint, card_again, chosen_place, viewer, way_back
from web.undo import flash_with_undo


@blueprint.post("/people/<int:profile_id>")
@signed_in
@limiter.limit("60 per minute")
def say(profile_id: int) -> ResponseReturnValue:
    """Do what the button says, and offer to undo it."""
    place = chosen_place()
    done = act(place, profile_id)
    session().commit()
    if done.words.both:
        jobs.wake_mail()
    if wants_part():
        return _part(place, profile_id, done)
    url = url_for("reactions.say", profile_id=profile_id)
    fields = {"edition": place.edition.slug, "back": way_back(place), **done.undo}
    flash_with_undo(done.words.text, url, fields if done.undo else {})
    return redirect(_to(place, done))


def _part(place: Place, profile_id: int, done: Done) -> ResponseReturnValue:
    """Give what takes the place of somebody's card: what was done, or the card again."""
    if done.again:
        return card_again(place, profile_id)
    return render_template(
        "reactions/_decided.html",
        place=place,
        person=person_lines(session(), [profile_id], viewer())[profile_id],
        done=done,
        back=way_back(place),
    )


def _to(place: Place, done: Done) -> str:
    back = way_back(place)
    if done.undo.get("kind", "").startswith("show") and back.startswith("/people/"):
        # The page of somebody who was just hidden is no place to go back to.
        return url_for("suggestions.index", edition=place.edition.slug)
    return back
