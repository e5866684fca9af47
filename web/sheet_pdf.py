"""A page of HTML as a tagged PDF (PDF/UA-1), set in the site's own fonts.

WeasyPrint draws text with Pango, a library of the system; it is loaded late, because without Pango
even its import fails, and everything else must work without it.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

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
    try:
        from weasyprint import CSS, HTML  # see above: its import may fail
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher
    except OSError as error:
        raise PdfToolMissing("Pango is not installed; see README, PDF") from error
    own_look = (static / "css" / "sheet.css").read_text(encoding="utf-8")
    # Nothing is fetched but our own fonts, whatever a text may hold.
    fetcher = URLFetcher(allowed_protocols=("file",))
    document = None
    for limit in limits:
        html = render(limit)
        fonts = FontConfiguration()
        look = font_style(static, html) + own_look
        style = CSS(string=look, font_config=fonts, url_fetcher=fetcher)
        document = HTML(string=html, url_fetcher=fetcher).render(
            font_config=fonts, stylesheets=[style], **_TAGGED
        )
        if len(document.pages) == 1:
            break
    if document is None:
        raise ValueError("give at least one limit")
    pdf: bytes = document.write_pdf(**_TAGGED)
    return pdf
