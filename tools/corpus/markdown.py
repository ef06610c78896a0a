"""The Markdown subset of FORMAT.md: its blocks, and their Typst markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from documents import Document, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

_INLINE = re.compile(r"\\([\\*\[|])|\*\*(.+?)\*\*|\*(.+?)\*|\[\^([\w-]+)\]|\n", re.DOTALL)
_FOOTNOTE = re.compile(r"\[\^([\w-]+)\]:\s*(.*)", re.DOTALL)
_HEADING = re.compile(r"(#{1,3})\s+(.*)", re.DOTALL)
_ITEM = re.compile(r"(?:-|\d+\.)\s+")
_BETWEEN_ITEMS = re.compile(r"\n(?=(?:-|\d+\.)\s)")
_BETWEEN_CELLS = re.compile(r"(?<!\\)\|")


def split_blocks(body: str) -> list[str]:
    """Return the blocks of a text; a heading or a rule needs no blank line after it."""
    body = re.sub(r"^(#{1,3} .*|---|===|\[\[contents\]\])$", r"\n\1\n", body, flags=re.MULTILINE)
    return [block.strip("\n") for block in re.split(r"\n\s*\n", body) if block.strip()]


def list_items(block: str) -> list[str]:
    """Return the items of a list without their marks; nothing if the block is no list."""
    if not _ITEM.match(block):
        return []
    return [_ITEM.sub("", item, count=1) for item in _BETWEEN_ITEMS.split(block)]


def quoted(text: str) -> str:
    """Return a Typst string literal."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def to_typst(document: Document) -> str:
    """Return the text of a document as Typst markup; raises SourceError for a bad table or footnote."""
    return _TypstWriter(document).body()


class _TypstWriter:
    """Turns the text of one document into Typst markup."""

    def __init__(self, document: Document) -> None:
        """Collect the footnotes; what is left are the blocks to set."""
        self.document = document
        self.notes: dict[str, str] = {}
        self.blocks: list[str] = []
        for block in split_blocks(document.body):
            if match := _FOOTNOTE.fullmatch(block):
                self.notes[match[1]] = match[2]
            else:
                self.blocks.append(block)

    def body(self) -> str:
        """Return the markup of the whole text."""
        return "\n\n".join(self.block(block) for block in self.blocks)

    def block(self, block: str) -> str:
        """Return the markup of one block."""
        if match := _HEADING.fullmatch(block):
            return f"#heading(level: {len(match[1])})[{self.inline(match[2])}]"
        if command := self.command(block):
            return command
        if block.startswith("|"):
            return self.table(block)
        if block.startswith(">"):
            return f"#aside[{self.inline(re.sub(r'^> ?', '', block, flags=re.MULTILINE))}]"
        return self.items(block) or self.inline(block)

    def command(self, block: str) -> str:
        """Return the markup of a block that is a command; nothing if it is none."""
        commands = {
            "---": "#colbreak()" if self.document.layout == "two-columns" else "#pagebreak()",
            "===": '#set page(numbering: "1")\n#counter(page).update(1)',
            "[[contents]]": "#contents()",
        }
        return commands.get(block, "")

    def items(self, block: str) -> str:
        """Return the markup of a list; nothing if the block is none."""
        cells = [f"[{self.inline(item)}]" for item in list_items(block)]
        if not cells:
            return ""
        start = re.match(r"(\d+)\.", block)
        call = f"enum(start: {start[1]}, " if start else "list("
        return f"#{call}{', '.join(cells)})"

    def table(self, block: str) -> str:
        """Return the markup of a table whose first row is its head."""
        rows = [
            [cell.strip() for cell in _BETWEEN_CELLS.split(line.strip().strip("|"))]
            for line in block.splitlines()
        ]
        if not rows[1:] or len({len(row) for row in rows}) != 1:
            raise SourceError(f"bad table: {block[:60]!r}")
        widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
        # A sublinear share: a column of long cells is wider, but doesn't crush the others.
        columns = ", ".join(f"{max(width, 12) ** 0.6:.2f}fr" for width in widths)
        head = ", ".join(f"strong[{self.inline(cell)}]" for cell in rows[0])
        cells = ", ".join(f"[{self.inline(cell)}]" for row in rows[2:] for cell in row)
        return f"#table(columns: ({columns}), table.header({head}), {cells})"

    def inline(self, text: str) -> str:
        """Return the markup of running text."""
        if self.document.lang == "en":
            text = _curly(text)
        # NUL keeps the line breaks meant while all the others are joined.
        text = re.sub(r"(?: {2,}|\\)\n", "\0", text)
        text = re.sub(r"\s*\n\s*", "" if self.document.lang == "zh" else " ", text).strip()
        return "".join(self.tokens(text.replace("\0", "\n")))

    def tokens(self, text: str) -> Iterator[str]:
        """Yield the Typst expressions of a text in which every line break is meant."""
        start = 0
        for match in _INLINE.finditer(text):
            yield _plain(text[start : match.start()])
            yield self.token(match)
            start = match.end()
        yield _plain(text[start:])

    def token(self, match: re.Match[str]) -> str:
        """Return the markup of one inline construct."""
        escaped, bold, italic, note = match.groups()
        if escaped:
            return _plain(escaped)
        if bold:
            return f"#strong[{''.join(self.tokens(bold))}]"
        if italic:
            return f"#emph[{''.join(self.tokens(italic))}]"
        if note:
            return self.footnote(note)
        return "#linebreak()"

    def footnote(self, name: str) -> str:
        """Return the markup of a footnote."""
        if name not in self.notes:
            raise SourceError(f"footnote {name!r} has no text")
        return f"#footnote[{self.inline(self.notes[name])}]"


def _plain(text: str) -> str:
    """Return a text as an expression, so that nothing in it is markup."""
    return f"#{quoted(text)};" if text else ""


def _curly(text: str) -> str:
    """Replace straight quotation marks and apostrophes by English curly ones."""
    text = re.sub(r"(^|[\s(\[—–])\"", "\\1“", text).replace('"', "”")
    return re.sub(r"(^|[\s(\[—–“])'", "\\1‘", text).replace("'", "’")
