"""A page of HTML as a tagged PDF (PDF/UA-1), set in the site's own fonts.

WeasyPrint draws text with Pango, a library of the system; it is loaded late, because without Pango
even its import fails, and everything else must work without it.
"""

from collections.abc import Callable, Iterable
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
    document = None
    for limit in limits:
        document = _document(render(limit), static, "sheet.css")
        if len(document.pages) == 1:
            break
    if document is None:
        raise ValueError("give at least one limit")
    return _written(document)


def tagged_pdf(html: str, static: Path, look: str) -> bytes:
    """Write HTML as a PDF of as many pages as it takes, in a style sheet of ``static/css``.

    Raises
    ------
    PdfToolMissing
    """
    return _written(_document(html, static, look))


def _document(html: str, static: Path, look: str) -> Any:  # noqa: ANN401 - it has no types
    try:
        from weasyprint import CSS, HTML  # see above: its import may fail
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher
    except OSError as error:
        raise PdfToolMissing("Pango is not installed; see README, PDF") from error
    own_look = (static / "css" / look).read_text(encoding="utf-8")
    # Nothing is fetched but our own fonts, whatever a text may hold.
    fetcher = URLFetcher(allowed_protocols=("file",))
    fonts = FontConfiguration()
    whole = font_style(static, html) + own_look
    style = CSS(string=whole, font_config=fonts, url_fetcher=fetcher)
    return HTML(string=html, url_fetcher=fetcher).render(
        font_config=fonts, stylesheets=[style], **_TAGGED
    )


def _written(document: Any) -> bytes:  # noqa: ANN401 - it has no types
    pdf: bytes = document.write_pdf(**_TAGGED)
    return pdf
