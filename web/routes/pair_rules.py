"""The organiser's pins and forbidden pairs: see them, add one, take one back."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.errors import ServiceError
from services.pair_rules import NotAPair, PinConflicts, TooManyPins, lift_rule, set_rule
from services.pair_rules_list import choices, rules_of
from web.access import edition, organiser
from web.clock import now
from web.database import session
from web.edition_words import side_name
from web.forms.pair_rules import PairRuleForm
from web.local_path import local_path
from web.login import account_id
from web.routes.round_publishing import blueprint

__all__ = ["blueprint"]


@blueprint.get("/<slug>/pairs")
@organiser
def pair_rules(slug: str) -> ResponseReturnValue:
    """List pins and forbidden pairs, and find the people for another."""
    del slug
    return _page(PairRuleForm(formdata=None))


@blueprint.post("/<slug>/pairs")
@organiser
def set_pair_rule(slug: str) -> ResponseReturnValue:
    """Pin two people or forbid their pair."""
    form = PairRuleForm()
    if not form.validate_on_submit():
        flash(_("Choose one person of each side first."), "warning")
        return redirect(url_for("rounds.pair_rules", slug=slug))
    left, right = form.left_id.data or 0, form.right_id.data or 0
    actor, anyway = account_id(), bool(form.anyway.data)
    rule = form.kind.data, left, right, now()
    try:
        set_rule(session(), edition(), *rule, actor_id=actor, anyway=anyway)
    except (NotAPair, PinConflicts, TooManyPins) as refused:
        session().rollback()
        flash(_refusal(refused), "warning")
        if isinstance(refused, PinConflicts):
            return redirect(url_for("rounds.pair_rules", slug=slug, left_id=left, right_id=right))
        return redirect(url_for("rounds.pair_rules", slug=slug))
    session().commit()
    if form.kind.data == "pin":
        flash(_("The two are pinned: the next round makes this pair."))
    else:
        flash(_("The pair is forbidden: the next round leaves it out."))
    return redirect(_back(slug))


@blueprint.post("/<slug>/pairs/<int:rule_id>/lift")
@organiser
def lift_pair_rule(slug: str, rule_id: int) -> ResponseReturnValue:
    """Take back a pin or a forbidden pair."""
    lift_rule(session(), edition(), rule_id, now(), actor_id=account_id())
    session().commit()
    flash(_("Lifted: the next round chooses freely about these two."))
    return redirect(_back(slug))


def _back(slug: str) -> str:
    wish = request.form.get("back")
    return local_path(wish) if wish else url_for("rounds.pair_rules", slug=slug)


def _page(form: PairRuleForm) -> str:
    left, right = request.args.get("left", ""), request.args.get("right", "")
    return render_template(
        "rounds/pair_rules.html",
        edition=edition(),
        form=form,
        rules=rules_of(session(), edition(), request.args.get("page", 1, int)),
        left=left,
        right=right,
        found={
            "left": choices(session(), edition(), "left", left),
            "right": choices(session(), edition(), "right", right),
        },
        overrule=_overrule(),
    )


def _overrule() -> dict[str, int] | None:
    """Give the two people of a pin that was just refused for a fact, to pin them all the same."""
    left, right = (request.args.get(name, 0, int) for name in ("left_id", "right_id"))
    return {"left_id": left, "right_id": right} if left and right else None


def _refusal(refused: ServiceError) -> str:
    if isinstance(refused, TooManyPins):
        return str(
            _(
                "This person, %(side)s, takes %(most)s partners at most, and as many are pinned.",
                side=side_name(edition(), refused.side),
                most=refused.most,
            )
        )
    if isinstance(refused, PinConflicts):
        words: dict[str, str] = {
            "same-organisation": _("The two belong to one organisation."),
            "shared-publication": _("The two have a publication in common."),
            "co-authors": _("One of the two is an author of a publication of the other."),
            "already-met": _("The two met in an earlier edition."),
        }
        return words[refused.conflict]
    return str(_("Choose one person of each side, both taking part."))
