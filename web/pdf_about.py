"""What a PDF says of itself: its title, language and date, and that it is tagged (PDF/UA-1)."""

from datetime import UTC, datetime
from typing import Protocol
from xml.sax.saxutils import escape

from web.pdf_tags import Tags
from web.pdf_writer import PdfWriter, dictionary, text_string

_METADATA = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<pdfuaid:part>1</pdfuaid:part>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<xmp:CreateDate>{made}</xmp:CreateDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>
"""


class Described(Protocol):
    """A document as far as its file says what it is."""

    @property
    def title(self) -> str:
        """Its title."""

    @property
    def language(self) -> str:
        """The language that it is written in."""

    @property
    def made_at(self) -> datetime:
        """The date that it bears."""


def close_document(
    writer: PdfWriter, tags: Tags, fonts: dict[str, int], document: Described
) -> None:
    """Write what the whole file says of itself."""
    tags.close(fonts)
    made = document.made_at.astimezone(UTC)
    metadata = _METADATA.format(
        title=escape(document.title), made=made.isoformat(timespec="seconds")
    )
    about = writer.add_plain_stream(metadata.encode(), "/Type/Metadata/Subtype/XML")
    root = {
        "Type": "/Catalog",
        "Pages": f"{tags.tree} 0 R",
        "StructTreeRoot": f"{tags.root} 0 R",
        "MarkInfo": "<</Marked true>>",
        "Lang": f"({document.language})",
        "ViewerPreferences": "<</DisplayDocTitle true>>",
        "Metadata": f"{about} 0 R",
    }
    catalogue = writer.add(dictionary(root))
    title = text_string(document.title)
    info = writer.add(f"<</Title{title}/Producer(Ieum)/CreationDate(D:{made:%Y%m%d%H%M%S}Z)>>")
    writer.finish(catalogue, info)
