"""The five steps of a profile: their order, what each brings, and when one is done."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _

from models import Profile
from web.forms.profile import ExchangeForm, MeetingForm, StepForm, WorkForm, YouForm


@dataclass(frozen=True)
class Step:
    """One step; ``needs`` are the fields of which one must say something for it to be done."""

    slug: str
    label: Any
    brings: Any
    needs: tuple[str, ...]
    form: type[StepForm] | None = None


STEPS = (
    Step(
        "you",
        _("You"),
        _(
            "Your country puts you on one of the two sides. Your organisation keeps you from "
            "being matched with your own colleagues."
        ),
        ("country",),
        YouForm,
    ),
    Step(
        "work",
        _("Research"),
        _(
            "This text is compared with that of everybody on the other side, in English and "
            "Korean alike. Ten sentences find better partners than one. Nothing is cut off."
        ),
        ("research",),
        WorkForm,
    ),
    Step(
        "exchange",
        _("Offers and needs"),
        _(
            "What you offer meets what others need, and the other way round. Be concrete: "
            "“40 nm test chips” says more than “fabrication”."
        ),
        ("offers", "needs"),
        ExchangeForm,
    ),
    Step(
        "publications",
        _("Publications"),
        _(
            "Titles and abstracts show your work as others see it. Three or four that stand for "
            "what you do now are enough."
        ),
        ("publications",),
    ),
    Step(
        "meeting",
        _("Partners and who sees it"),
        _(
            "A round finds you partners within these bounds. Nobody sees your profile before "
            "you publish it, and you can take it back."
        ),
        (),
        MeetingForm,
    ),
)
BY_SLUG = {step.slug: step for step in STEPS}


def next_step(slug: str) -> Step:
    """Give the step after one, and the last after the last."""
    place = STEPS.index(BY_SLUG[slug])
    return STEPS[min(place + 1, len(STEPS) - 1)]


def step_url(step: Step) -> str:
    """Give the page of a step."""
    if step.form is None:
        return url_for("profile.publications")
    return url_for("profile.step", slug=step.slug)


def step_items(
    profile: Profile | None, content: Mapping[str, Any], current: str = ""
) -> list[dict[str, Any]]:
    """Give the steps as the macro ``steps`` shows them."""
    return [
        {
            "label": step.label,
            "url": step_url(step) if step.slug != current else None,
            "state": "current" if step.slug == current else _state(step, profile, content),
        }
        for step in STEPS
    ]


def _state(step: Step, profile: Profile | None, content: Mapping[str, Any]) -> str:
    if profile is None:
        return "open"
    if not step.needs:
        return "done" if profile.published_at else "open"
    return "done" if any(content.get(name) for name in step.needs) else "open"
