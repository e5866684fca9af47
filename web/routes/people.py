"""Somebody's profile as others read it, with the evidence side by side."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from matchmaking.differences import Common, in_common
from matchmaking.differences_terms import Rarity
from matchmaking.encoder_words import words_encoder
from matchmaking.errors import EncoderMissing
from models import Profile
from services.mutual_interest import Contact, contact_of
from services.people import Fit, PersonPage, fit_with, person_page
from services.persons import person_of
from services.reactions import standing
from web.access import signed_in
from web.database import session
from web.forms.profile import STAGES
from web.match_words import EvidenceSide, evidence_sides, worth_reading
from web.routes.suggestions import viewer

blueprint = Blueprint("people", __name__, url_prefix="/people")


@blueprint.get("/<int:profile_id>")
@signed_in
def show(profile_id: int) -> ResponseReturnValue:
    """Show somebody; who may not be seen is not found."""
    page = person_page(session(), viewer(), profile_id)
    fit = fit_with(session(), viewer(), profile_id, request.args.get("edition", ""))
    return render_template(
        "people/show.html",
        page=page,
        fit=fit,
        standing=standing(session(), viewer(), profile_id, request.args.get("edition", "")),
        contact=_contact(profile_id),
        common=_common(page) if fit else None,
        reasons=_reasons(fit, page.line.name or _("A researcher")) if fit else [],
        own=current_user.profile_id == profile_id,
        stages=STAGES,
    )


def _common(page: PersonPage) -> Common | None:
    """Compare the reader's own fields, topics and words with those that are shown of somebody."""
    mine = session().get(Profile, current_user.profile_id)
    return in_common(person_of(session(), mine), page.texts, _rarity()) if mine else None


def _rarity() -> Rarity:
    """Give the rule of how rare an English word is; without its list of words, none is rare."""
    try:
        return words_encoder().rarity
    except EncoderMissing:
        return lambda _word: 0.0


def _contact(profile_id: int) -> Contact | None:
    """Give how to reach somebody, if the reader may know it."""
    me = current_user.profile_id
    return contact_of(session(), me, profile_id) if me else None


def _reasons(fit: Fit, name: str) -> list[tuple[str, list[list[EvidenceSide]]]]:
    """Give the code of each reason worth reading with its evidence, both passages each."""
    place = fit.place
    return [
        (reason.code, [evidence_sides(one, name, place.side, place.other_side) for one in found])
        for reason, found in worth_reading(fit.suggestion)
    ]
