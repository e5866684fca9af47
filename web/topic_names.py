"""Topics of people in the language of the page."""

from collections.abc import Sequence

from flask import Flask, g

from services.topics import all_topics
from web.database import session
from web.locale import page_language


def topic_names(words: Sequence[str]) -> list[str]:
    """Name topics as profiles store them; one that is not in the list stays as it was typed.

    The list is read once for a page, and not at all where nobody has a topic.
    """
    if not words:
        return []
    language = page_language()
    if g.get("topic_names_in") != language:
        korean = language == "ko"
        topics = all_topics(session())
        g.topic_names = {t.word: (korean and t.name_ko) or t.name_en for t in topics}
        g.topic_names_in = language
    return [g.topic_names.get(word, word) for word in words]


def init_app(app: Flask) -> None:
    """Let templates name topics."""
    app.jinja_env.filters["topic_names"] = topic_names
