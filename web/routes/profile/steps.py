"""The steps of the profile that are a form each."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models import Profile
from services.consents import give
from services.consents_reading import SHOWING
from services.countries import CODES
from services.edition_deadlines import ClosedByDeadline
from services.fields import all_fields
from services.profile_content import Content, empty_content
from services.profile_values import BadValue
from services.profiles import (
    USUAL_VISIBILITY,
    ChangedElsewhere,
    NothingToShow,
    chosen_visibility,
    content_of,
    known_organisation,
    publish,
    save,
    start_profile,
)
from services.topics import all_topics
from services.wider import offer_to_add
from web.access import signed_in
from web.clock import now
from web.database import session
from web.edition_words import edition_name
from web.forms.profile import ExchangeForm, MeetingForm, StepForm, WorkForm, YouForm
from web.import_words import sentence
from web.legal import text_language
from web.locale import country_name, page_language
from web.login import account
from web.profile_steps import BY_SLUG, Step, next_step, step_items, step_url
from web.routes.profile.base import blueprint, commit, find_own, reading
from web.routes.reactions.base import chosen_place, viewer

_SLUGS = ",".join(slug for slug, one in BY_SLUG.items() if one.form)


@blueprint.get(f"/<any({_SLUGS}):slug>")
@signed_in
def step(slug: str) -> ResponseReturnValue:
    """Show one step with what is stored."""
    profile = find_own()
    content = content_of(session(), profile) if profile else empty_content()
    form = _form(BY_SLUG[slug])
    form.fill(content)
    if isinstance(form, ExchangeForm):
        _add_need(form)
    if isinstance(form, MeetingForm) and profile is not None:
        form.visibility.data = (
            chosen_visibility(session(), profile) if profile.published_at else USUAL_VISIBILITY
        )
    return _page(BY_SLUG[slug], form, profile, content)


def _add_need(form: ExchangeForm) -> None:
    """Put what the address asks for beneath the needs; it is not saved until the person does."""
    owner, number = (request.args.get(name, type=int) for name in ("offer_of", "offer"))
    if owner is None or number is None:
        return
    text = offer_to_add(session(), chosen_place(), viewer(), owner, number)
    form.needs.data = "\n".join(filter(None, (form.needs.data, text)))
    flash(_("The need stands at the end of the list. It counts when you save it."))


@blueprint.post(f"/<any({_SLUGS}):slug>")
@signed_in
def save_step(slug: str) -> ResponseReturnValue:
    """Save one step; what cannot be saved stays on the page as it was typed."""
    profile = start_profile(session(), account(), now())
    content = content_of(session(), profile)
    form, step = _form(BY_SLUG[slug]), BY_SLUG[slug]
    if not form.validate_on_submit():
        return _page(step, form, profile, content), 422
    try:
        to_read = save(session(), profile, form.wish(), form.seen.data or "", now())
        return _go_on(step, form, profile, to_read)
    except ChangedElsewhere:
        form.mark(content)
        return _page(step, form, profile, content, stored=_stored(form, content)), 409
    except NothingToShow:
        session().commit()
        flash(_("Write your name before you publish."), "error")
        return redirect(url_for("profile.step", slug="you"))
    except ClosedByDeadline as error:
        text = _(
            "Registration for %(edition)s has closed, and its round counts on this. Write to its "
            "organisers if it must change.",
            edition=edition_name(error.edition),
        )
        form[error.field].errors = [text]
        return _page(step, form, profile, content), 422
    except BadValue as error:
        form["country"].errors = [sentence(error.code, error.values)]
        return _page(step, form, profile, content), 422


def _go_on(step: Step, form: StepForm, profile: Profile, to_read: bool) -> ResponseReturnValue:
    then = request.form.get("next")
    if isinstance(form, MeetingForm) and (then == "publish" or profile.published_at):
        publish(session(), profile, form.visibility.data, now())
        give(session(), account().id, (SHOWING,), text_language(), now())
    commit(to_read=to_read)
    flash(_("Your profile is published.") if then == "publish" else _("Saved."))
    if then == "publish":
        return redirect(url_for("profile.edit"))
    return redirect(step_url(step if then == "stay" else next_step(step.slug)))


def _form(step: Step) -> StepForm:
    assert step.form is not None  # noqa: S101 - the addresses above name only steps with a form
    form = step.form()
    if isinstance(form, YouForm):
        form.offer_countries(sorted(((c, country_name(c)) for c in CODES), key=lambda one: one[1]))
    if isinstance(form, WorkForm):
        korean = page_language() == "ko"
        fields = all_fields(session())
        form.offer_fields((f.slug, (korean and f.name_ko) or f.name_en) for f in fields)
        topics = all_topics(session())
        form.offer_topics((t.word, (korean and t.name_ko) or t.name_en) for t in topics)
    return form


def _stored(form: StepForm, content: Content) -> list[tuple[Any, str]]:
    """List what is stored where it is not what was typed: (label, text)."""
    wish = form.wish()
    return [
        (form[name].label.text, form.told(name, content[name]) or "–")
        for name in form.FIELDS
        if wish[name] != content[name]
    ]


def _page(
    step: Step,
    form: StepForm,
    profile: Profile | None,
    content: Content,
    stored: list[tuple[Any, str]] | None = None,
) -> str:
    return render_template(
        f"profile/{step.slug}.html",
        step=step,
        form=form,
        profile=profile,
        content=content,
        items=step_items(profile, content, step.slug),
        reading=reading(profile),
        stored=stored,
        recognised=known_organisation(session(), profile),
    )
