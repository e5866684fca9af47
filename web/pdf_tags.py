"""The tags of a PDF: what a screen reader is told (PDF/UA-1)."""

from web.pdf_writer import PdfWriter, dictionary


class Tags:
    """The tree of elements, written as it grows."""

    def __init__(self, writer: PdfWriter) -> None:
        self._writer = writer
        numbers = (writer.number() for _ in range(7))
        self.root, self._document, self._table, self._head, self._body, self.tree, first = numbers
        self._blocks: list[int] = []
        self._heads: list[int] = []
        self._rows: list[int] = []
        self._cells: list[int] = []
        self._first_row = writer.number()
        self._here: list[int] = []
        self._page = first
        self._written: list[int] = []
        self._parents: list[int] = []
        self.resources = writer.number()

    @property
    def pages(self) -> int:
        """How many pages are written."""
        return len(self._written)

    def block(self, kind: str) -> str:
        """Begin a heading or a paragraph above the table."""
        element = self._element(kind, self._document)
        self._blocks.append(element)
        return self._begin(kind)

    def head(self) -> str:
        """Begin the head of a column."""
        self._heads.append(self._element("TH", self._first_row, "/A<</O/Table/Scope/Column>>"))
        return self._begin("TH")

    def head_end(self) -> None:
        """End the row of heads."""
        self._group("TR", self._head, self._heads, self._first_row)
        self._group("THead", self._table, [self._first_row], self._head)

    def row(self) -> int:
        """Begin a row."""
        self._cells = []
        return self._writer.number()

    def cell(self, row: int) -> str:
        """Begin a cell of a row."""
        self._cells.append(self._element("TD", row))
        return self._begin("TD")

    def row_end(self, row: int) -> None:
        """End a row."""
        self._rows.append(self._group("TR", self._body, self._cells, row))

    def page(self, content: bytes, size: tuple[int, int]) -> None:
        """Write a page with everything that was begun on it."""
        stream = self._writer.add_stream(content)
        entries = {
            "Type": "/Page",
            "Parent": f"{self.tree} 0 R",
            "MediaBox": f"[0 0 {size[0]} {size[1]}]",
            "Resources": f"{self.resources} 0 R",
            "Contents": f"{stream} 0 R",
            "StructParents": len(self._written),
            "Tabs": "/S",
        }
        self._writer.add(dictionary(entries), self._page)
        self._written.append(self._page)
        self._parents.append(self._writer.add(_references(self._here)))
        self._here, self._page = [], self._writer.number()

    def close(self, fonts: dict[str, int]) -> None:
        """Write the upper elements, the list of pages, and what all pages use."""
        write = self._writer.add
        self._group("TBody", self._table, self._rows, self._body)
        self._group("Table", self._document, [self._head, self._body], self._table)
        self._group("Document", self.root, [*self._blocks, self._table], self._document)
        nums = " ".join(f"{place} {one} 0 R" for place, one in enumerate(self._parents))
        parents = write(f"<</Nums[{nums}]>>")
        top = {"Type": "/StructTreeRoot", "K": f"{self._document} 0 R"}
        more = {"ParentTree": f"{parents} 0 R", "ParentTreeNextKey": len(self._parents)}
        write(dictionary({**top, **more}), self.root)
        kids, count = _references(self._written), len(self._written)
        write(f"<</Type/Pages/Kids{kids}/Count {count}>>", self.tree)
        names = "".join(f"/{name} {number} 0 R" for name, number in fonts.items())
        write(f"<</Font<<{names}>>>>", self.resources)
        # The number that was kept for one more page.
        write("null", self._page)

    def _begin(self, kind: str) -> str:
        return f"/{kind}<</MCID {len(self._here) - 1}>>BDC"

    def _element(self, kind: str, parent: int, more: str = "") -> int:
        mark = len(self._here)
        body = f"<</S/{kind}/P {parent} 0 R/Pg {self._page} 0 R/K {mark}{more}>>"
        number = self._writer.add(body)
        self._here.append(number)
        return number

    def _group(self, kind: str, parent: int, kids: list[int], number: int) -> int:
        return self._writer.add(f"<</S/{kind}/P {parent} 0 R/K{_references(kids)}>>", number)


def _references(numbers: list[int]) -> str:
    return "[" + " ".join(f"{number} 0 R" for number in numbers) + "]"
