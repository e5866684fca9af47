"""The list of editions, and the page of one."""

from dataclasses import dataclass
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from models import Edition
from services.calls import calls_of
from services.consents import NEEDED
from services.consents_reading import consents_of
from services.editions import edition_fields, editions, is_open, participant_counts, sides
from services.editions_directory import may_read_list
from services.editions_joining import missing_for, organiser_names, participates
from services.profiles import own_profile
from services.profiles_claims import claimable
from services.waiting_list import Waiting, waiting_of
from web.access import public
from web.clock import now
from web.database import session
from web.edition_words import both_clocks
from web.locale import country_name
from web.login import account
from web.routes.editions.base import blueprint, reader, shown_edition
from web.routes.editions.joining import ASKED_TO_JOIN

_PHASES = ("opens", "open", "closed", "over")


@dataclass(frozen=True)
class Standing:
    """How whoever is signed in stands to an edition."""

    takes_part: bool = False
    missing: tuple[str, ...] = ()
    published: bool = False
    asked: tuple[str, ...] = ()
    agreed: bool = True
    found: int | None = None
    waiting: Waiting | None = None


@blueprint.get("")
@public
def index() -> ResponseReturnValue:
    """List the editions, the latest first."""
    found = [(one, phase(one), both_clocks(one, one.starts_at)) for one in editions(session())]
    return render_template("editions/index.html", editions=found)


@blueprint.get("/<slug>")
@public
def show(slug: str) -> ResponseReturnValue:
    """Show an edition: when, who with whom, about what, and whether one takes part."""
    edition = shown_edition()
    organises = current_user.permissions.may_organise(edition.id)
    return render_template(
        "editions/show.html",
        edition=edition,
        phase=phase(edition),
        dates=_dates(edition),
        countries=_countries(edition.id),
        fields=edition_fields(session(), edition.id),
        calls=calls_of(session(), edition.id, now()),
        organisers=organiser_names(session(), edition.id),
        standing=_standing(edition) if current_user.is_authenticated else None,
        counts=participant_counts(session(), edition) if organises else None,
        list_open=_list_open(edition),
    )


def _list_open(edition: Edition) -> bool:
    return current_user.is_authenticated and may_read_list(session(), edition, reader())


def phase(edition: Edition) -> str:
    """Tell where an edition stands now: draft, opens, open, closed or over."""
    moment = now()
    if edition.state in ("draft", "over") or moment >= edition.ends_at:
        return "draft" if edition.state == "draft" else "over"
    if is_open(edition, moment):
        return "open"
    return "opens" if edition.state == "open" and moment < edition.opens_at else "closed"


def _dates(edition: Edition) -> list[tuple[str, Any]]:
    moments = (
        (_("Registration opens"), edition.opens_at),
        (_("Registration closes"), edition.closes_at),
        (_("The forum begins"), edition.starts_at),
        (_("The forum ends"), edition.ends_at),
    )
    return [(title, both_clocks(edition, moment)) for title, moment in moments]


def _countries(edition_id: int) -> dict[str, list[str]]:
    known = sides(session(), edition_id).items()
    return {
        side: sorted(country_name(code) for code, its in known if its == side)
        for side in ("left", "right")
    }


def _standing(edition: Edition) -> Standing:
    profile = own_profile(session(), account().id)
    found = claimable(session(), account())
    given = consents_of(session(), account().id)
    return Standing(
        takes_part=profile is not None and participates(session(), edition.id, profile.id),
        missing=missing_for(session(), edition, profile),
        published=profile is not None and profile.published_at is not None,
        asked=tuple(one for one in ASKED_TO_JOIN if one not in given),
        agreed=all(one in given for one in NEEDED),
        found=found[0].id if found else None,
        waiting=waiting_of(session(), edition, profile.id) if profile else None,
    )
