"""What is open in a stage of the desk, in a few words."""

from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from services.desk_standing import DeskStanding
from services.editions import DRAFT


def never(_at: DeskStanding) -> bool:
    """Say that a stage may always begin."""
    return False


def no_round(at: DeskStanding) -> bool:
    """Tell whether no round is finished yet."""
    return at.newest is None


def people(at: DeskStanding) -> str:
    """Say how many take part."""
    return str(ngettext("%(num)s takes part", "%(num)s take part", at.people))


def rules(at: DeskStanding) -> str:
    """Say what the rules lack."""
    if at.state == DRAFT:
        return str(_("seen by organisers only"))
    return "" if at.slots else str(_("no programme yet"))


def run(at: DeskStanding) -> str:
    """Say how far the rounds are."""
    if at.under_way is not None:
        return str(_("round %(number)s is under way", number=at.under_way))
    if at.newest is None:
        return str(_("no round yet"))
    return str(_("round %(number)s is the newest", number=at.newest))


def review(at: DeskStanding) -> str:
    """Say which round is to be read."""
    if at.newest is None or at.published is not None:
        return ""
    return str(_("round %(number)s is to be read", number=at.newest))


def schedule(at: DeskStanding) -> str:
    """Say how many meetings there are."""
    if at.newest is None:
        return ""
    return str(ngettext("%(num)s meeting", "%(num)s meetings", at.meetings))


def publish(at: DeskStanding) -> str:
    """Say what people see."""
    if at.published is None:
        return "" if at.newest is None else str(_("nothing is published"))
    return str(_("round %(number)s is published", number=at.published))


def outcome(at: DeskStanding) -> str:
    """Say how much people told afterwards."""
    return str(ngettext("%(num)s answer", "%(num)s answers", at.reviews)) if at.reviews else ""
