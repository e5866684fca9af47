"""Privacy notice, terms, contact and help, readable in both languages whatever the page's is."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from web.access import public
from web.legal import DOCUMENTS, LANGUAGES, contact, document, text_language

blueprint = Blueprint("legal", __name__, url_prefix="/legal")


@blueprint.get("/<name>")
@public
def show(name: str) -> ResponseReturnValue:
    """Show a text in the reader's language."""
    return _page(name, text_language())


@blueprint.get("/<name>/<language>")
@public
def show_in(name: str, language: str) -> ResponseReturnValue:
    """Show a text in one of the two languages."""
    return _page(name, language)


def _page(name: str, language: str) -> str:
    if name not in DOCUMENTS or language not in LANGUAGES:
        abort(404)
    return render_template(
        "legal/show.html",
        name=name,
        text=document(name, language),
        text_language=language,
        own_names={"en": "English", "ko": "한국어"},
        contact=contact(),
    )
