"""The topics that the forum proposes: adding, renaming, removing."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from services.topics import (
    TopicExists,
    TopicNames,
    add_topic,
    all_topics,
    find_topic,
    remember_topics,
    remove_topic,
    rename_topic,
)
from web.access import organiser
from web.account_words import sentence
from web.database import session
from web.forms.admin import TopicForm
from web.routes.admin.base import blueprint


@blueprint.get("/admin/topics")
@organiser
def topics() -> ResponseReturnValue:
    """List the topics, with the form for a new one."""
    return _page(TopicForm())


@blueprint.post("/admin/topics")
@organiser
def add_topic_now() -> ResponseReturnValue:
    """Add a topic."""
    form = TopicForm()
    if not form.validate_on_submit():
        return _page(form), 422
    try:
        add_topic(session(), _names(form))
    except TopicExists as error:
        form.name_en.errors = [sentence(error)]
        return _page(form), 422
    session().commit()
    flash(_("The topic is added."))
    return redirect(url_for("admin.topics"))


@blueprint.post("/admin/topics/write-down")
@organiser
def write_topics_down() -> ResponseReturnValue:
    """Make the forum's own list one that can be changed."""
    remember_topics(session())
    session().commit()
    return redirect(url_for("admin.topics"))


@blueprint.get("/admin/topics/<int:topic_id>")
@organiser
def topic(topic_id: int) -> ResponseReturnValue:
    """Show the form with a topic's names."""
    row = find_topic(session(), topic_id)
    form = TopicForm(name_en=row.name_en, name_ko=row.name_ko)
    return render_template("admin/topic.html", form=form, topic_id=topic_id)


@blueprint.post("/admin/topics/<int:topic_id>")
@organiser
def rename_topic_now(topic_id: int) -> ResponseReturnValue:
    """Give a topic other names."""
    form = TopicForm()
    if not form.validate_on_submit():
        return render_template("admin/topic.html", form=form, topic_id=topic_id), 422
    try:
        rename_topic(session(), topic_id, _names(form))
    except TopicExists as error:
        form.name_en.errors = [sentence(error)]
        return render_template("admin/topic.html", form=form, topic_id=topic_id), 422
    session().commit()
    flash(_("The names are saved."))
    return redirect(url_for("admin.topics"))


@blueprint.post("/admin/topics/<int:topic_id>/remove")
@organiser
def remove_topic_now(topic_id: int) -> ResponseReturnValue:
    """Propose a topic no longer."""
    remove_topic(session(), topic_id)
    session().commit()
    flash(_("The topic is no longer proposed. Profiles that name it keep it."))
    return redirect(url_for("admin.topics"))


def _names(form: TopicForm) -> TopicNames:
    return TopicNames(form.name_en.data.strip(), (form.name_ko.data or "").strip())


def _page(form: TopicForm) -> str:
    return render_template("admin/topics.html", form=form, topics=all_topics(session()))
