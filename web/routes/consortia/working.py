"""The workspace: notes, tasks and the letters of intent."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models.edition import SIDES
from services.consortium_access import Workspace
from services.consortium_entities import Entity, entities_in
from services.consortium_work import (
    add_task,
    notes_in,
    remove_note,
    set_letters,
    settle_task,
    tasks_in,
    write_note,
)
from services.people import person_lines
from web.access import signed_in
from web.clock import now
from web.consortium_words import LETTER_STEPS
from web.database import session
from web.forms.consortium_members import NoteForm, TaskForm
from web.login import account_id
from web.routes.consortia.base import blueprint, done, opened, to_work, viewer

# Two forms stand on one page: the ids of this one's fields begin with it.
_TASK = "task"


@blueprint.get("/<int:consortium_id>/work")
@signed_in
def work(consortium_id: int) -> ResponseReturnValue:
    """Show the workspace."""
    at = opened(consortium_id)
    return _page(at, NoteForm(None), TaskForm(None, prefix=_TASK))


@blueprint.post("/<int:consortium_id>/notes")
@signed_in
def write_note_now(consortium_id: int) -> ResponseReturnValue:
    """Write a note."""
    at, form = opened(consortium_id, "note"), NoteForm()
    if not form.validate_on_submit():
        return _page(at, form, TaskForm(None, prefix=_TASK)), 422
    write_note(session(), at, form.text.data, now(), own=form.own.data)
    done(_("The note is kept."))
    return to_work(consortium_id, "notes")


@blueprint.post("/<int:consortium_id>/notes/<int:note_id>/remove")
@signed_in
def remove_note_now(consortium_id: int, note_id: int) -> ResponseReturnValue:
    """Take a note of one's own away."""
    remove_note(session(), opened(consortium_id, "note"), note_id)
    done(_("The note is gone."))
    return to_work(consortium_id, "notes")


@blueprint.post("/<int:consortium_id>/tasks")
@signed_in
def add_task_now(consortium_id: int) -> ResponseReturnValue:
    """Write down something to do."""
    at, form = opened(consortium_id, "note"), TaskForm(prefix=_TASK)
    form.offer(_names(entities_in(session(), at, viewer())))
    if not form.validate_on_submit():
        return _page(at, NoteForm(None), form), 422
    member = int(form.member.data) if form.member.data else None
    add_task(session(), at, form.text.data, form.due_on.data, member, now())
    done(_("The task is written down."))
    return to_work(consortium_id, "tasks")


@blueprint.post("/<int:consortium_id>/tasks/<int:task_id>")
@signed_in
def settle_task_now(consortium_id: int, task_id: int) -> ResponseReturnValue:
    """Say that a task is done, or open again."""
    at = opened(consortium_id, "note")
    settle_task(session(), at, task_id, now() if "done" in request.form else None)
    done(_("Saved."))
    return to_work(consortium_id, "tasks")


@blueprint.post("/<int:consortium_id>/letters")
@signed_in
def set_letters_now(consortium_id: int) -> ResponseReturnValue:
    """Note which steps of the letters of intent are done."""
    at = opened(consortium_id, "write")
    steps = {side: request.form.getlist(side) for side in SIDES}
    set_letters(session(), at, steps, now(), actor_id=account_id())
    done(_("Saved. The rules are checked with it."))
    return to_work(consortium_id, "letters")


def _page(at: Workspace, note: NoteForm, task: TaskForm) -> str:
    entities = entities_in(session(), at, viewer())
    task.offer(_names(entities))
    notes = notes_in(session(), at)
    authors = person_lines(session(), sorted({one.author_id for one in notes}), viewer())
    return render_template(
        "consortia/work.html",
        at=at,
        notes=notes,
        authors=authors,
        tasks=tasks_in(session(), at),
        names=dict(_names(entities)),
        steps=list(LETTER_STEPS),
        note=note,
        task=task,
        today=now().date(),
    )


def _names(entities: list[Entity]) -> list[tuple[str, str]]:
    return [
        (str(one.member.id), (one.person.name if one.person else "") or one.label)
        for one in entities
        if one.counts
    ]
