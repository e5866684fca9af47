"""What keeps a part of an edition from being saved, in words and beside its field."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from services.edition_dates import DatesOutOfOrder, SlotsOutside
from services.edition_editing import EditionOver
from services.edition_promises import PromiseOutOfRange
from services.edition_sides import ParticipantsWouldLose, SidesOverlap
from services.errors import ServiceError
from services.programme_editing import ProgrammeRefused
from services.round_parameters import BoundsCross
from web.account_words import sentence
from web.locale import country_name


@dataclass(frozen=True)
class Refusal:
    """A sentence, and the fields that it stands beside; none for the whole form."""

    text: str
    fields: tuple[str, ...] = ()


def refusal(error: ServiceError) -> Refusal:
    """Say what keeps a part from being saved."""
    if isinstance(error, DatesOutOfOrder):
        return _out_of_order(error)
    if isinstance(error, SlotsOutside):
        text = ngettext(
            "%(num)s slot of the programme would lie outside. Change the programme first.",
            "%(num)s slots of the programme would lie outside. Change the programme first.",
            error.count,
        )
        return Refusal(text, ("starts_at_day", "ends_at_day"))
    if isinstance(error, ProgrammeRefused):
        return Refusal(_programme(error))
    if isinstance(error, BoundsCross):
        return Refusal(_("The most may not be below the least."), ("most_partners",))
    if isinstance(error, PromiseOutOfRange):
        text = _("This edition gives people %(most)s partners at most.", most=error.most)
        return Refusal(text, ("least_early_career", "least_newcomers"))
    if isinstance(error, EditionOver):
        return Refusal(_("This edition is over; it stays as it was."))
    return _sides(error)


def _out_of_order(error: DatesOutOfOrder) -> Refusal:
    text = {
        "closes_at": _("Registration closes after it opens."),
        "starts_at": _("The forum begins after registration has closed."),
        "ends_at": _("The forum ends after it begins."),
    }[error.later]
    return Refusal(text, (f"{error.later}_day",))


def _sides(error: ServiceError) -> Refusal:
    if isinstance(error, SidesOverlap):
        names = ", ".join(sorted(country_name(code) for code in error.codes))
        return Refusal(_("On both sides: %(countries)s. Take each off one list.", countries=names))
    if isinstance(error, ParticipantsWouldLose):
        people = ", ".join(f"{country_name(code)} ({n})" for code, n in error.people.items())
        return Refusal(
            _(
                "People take part from %(countries)s and would lose their side. "
                "Ask them to leave the edition first.",
                countries=people,
            )
        )
    return Refusal(sentence(error))


def _programme(error: ProgrammeRefused) -> str:
    if error.reason == "meetings":
        return str(
            ngettext(
                "%(num)s meeting to come would lose its time or its table. Move or cancel it "
                "first.",
                "%(num)s meetings to come would lose their time or their table. Move or cancel "
                "them first.",
                error.count,
            )
        )
    return str(
        {
            "overlap": _("Two days overlap: look at their hours."),
            "outside": _("The programme lies outside of the forum's dates: change either."),
            "too-long": _("A programme has at most 14 days and 500 slots."),
            "no-slot": _("No meeting of this length fits between the hours and breaks."),
            "break-outside": _("A break lies within the day, and breaks do not touch."),
        }[error.reason]
    )
