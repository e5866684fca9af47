"""A page of HTML as a tagged PDF (PDF/UA-1), set in the site's own fonts.

WeasyPrint draws text with Pango, a library of the system; it is loaded late, because without Pango
even its import fails, and everything else must work without it.
"""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from web.pdf_fonts import font_style

Render = Callable[[int], str]
_TAGGED = {"pdf_variant": "pdf/ua-1"}


class PdfToolMissing(Exception):
    """Pango, which draws the text of a PDF, is not installed on this machine."""


def one_page_pdf(render: Render, limits: Iterable[int], static: Path) -> bytes:
    """Write a page of HTML as a PDF of one page.

    Parameters
    ----------
    render
        Makes the HTML with long texts cut to so many characters.
    limits
        Tried in turn until everything stands on one page; the last one is taken in any case.

    Raises
    ------
    PdfToolMissing
    """
    render_document = _renderer(static)
    document = None
    for limit in limits:
        html = render(limit)
        document = render_document(html, html, "sheet.css")
        if len(document.pages) == 1:
            break
    if document is None:
        raise ValueError("give at least one limit")
    pdf: bytes = document.write_pdf(**_TAGGED)
    return pdf


def tagged_pdf(html: str, static: Path, look: str) -> bytes:
    """Write HTML as a PDF of as many pages as it takes, in a style sheet of ``static/css``.

    Raises
    ------
    PdfToolMissing
    """
    pdf: bytes = _renderer(static)(html, html, look).write_pdf(**_TAGGED)
    return pdf


def many_pages_pdf(
    parts: Sequence[str], static: Path, progress: Callable[[int], None] = lambda _done: None
) -> bytes:
    """Write several pieces of HTML as one PDF, piece after piece.

    Parameters
    ----------
    progress
        Is told how many pieces are set; joining them into the file comes after the last.

    Raises
    ------
    PdfToolMissing
    """
    if not parts:
        raise ValueError("give at least one piece")
    render_document = _renderer(static)
    everything = "".join(parts)
    documents = []
    for number, part in enumerate(parts, 1):
        documents.append(render_document(part, everything, "sheet.css", "schedule-sheet.css"))
        progress(number)
    pages = [page for document in documents for page in document.pages]
    pdf: bytes = documents[0].copy(pages).write_pdf(**_TAGGED)
    return pdf


def _renderer(static: Path) -> Callable[..., Any]:
    """Make the function that sets HTML in the fonts which a text needs, and in style sheets."""
    try:
        from weasyprint import CSS, HTML  # see above: its import may fail
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher
    except OSError as error:
        raise PdfToolMissing("Pango is not installed; see README, PDF") from error
    # Nothing is fetched but our own fonts, whatever a text may hold.
    fetcher = URLFetcher(allowed_protocols=("file",))
    fonts = FontConfiguration()

    def render_document(html: str, letters: str, *sheets: str) -> Any:  # noqa: ANN401 - no types
        look = "".join((static / "css" / name).read_text(encoding="utf-8") for name in sheets)
        style = CSS(
            string=font_style(static, letters) + look, font_config=fonts, url_fetcher=fetcher
        )
        return HTML(string=html, url_fetcher=fetcher).render(
            font_config=fonts, stylesheets=[style], **_TAGGED
        )

    return render_document
