"""How the report on what came of an edition was counted, in sentences."""

from flask_babel import gettext as _

from services.outcome import OutcomeReport


def methods(report: OutcomeReport) -> list[str]:
    """Say how it was counted."""
    said = [
        _("Registered are the people who take part at the moment of the report."),
        _pairs_of(report),
        _(
            "A meeting was held when both had agreed to it, its time is over, and nobody who may "
            "be counted said that it did not take place."
        ),
        _(
            "What came of meetings is counted only of people who agreed to be counted in "
            "statistics. Nobody is named."
        ),
        _(
            "Useful is 3 or 4 on a scale from 1 to 4. Proposals and funding are the furthest that "
            "one of the two said, after one, six or twelve months."
        ),
        _(
            "A person may work in several fields. What somebody does not show to organisers stands "
            "under “not known”."
        ),
        hidden_sentence() if report.hides else "",
    ]
    return [one for one in said if one]


def hidden_sentence() -> str:
    """Say what a dash means."""
    return str(
        _(
            "– stands where fewer than five people are behind a number, and where a number would "
            "let such a one be worked out."
        )
    )


def _pairs_of(report: OutcomeReport) -> str:
    number = report.round
    if number is None:
        return ""
    if report.published:
        return str(_("Pairs are those of round %(number)s, which is published.", number=number))
    return str(
        _("Pairs are those of round %(number)s, the newest; none is published.", number=number)
    )
