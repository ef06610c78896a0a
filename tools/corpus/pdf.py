"""Documents as PDF files: settings, title and text as one Typst source, and the call of Typst."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pypdfium2 as pdfium
import typst

from documents import MONTHS, Document, SourceError, has_day, parse_date
from markdown import quoted, to_typst

HERE = Path(__file__).resolve().parent
#: Typst writes the time of the build into a PDF without a date of its own; a fixed one gives the same bytes.
TIMESTAMP = datetime(2024, 1, 1, tzinfo=UTC)


def set_document(document: Document, fonts: typst.Fonts) -> bytes:
    """Return the PDF of a document, with a text layer; raises SourceError and typst.TypstError."""
    template = (HERE / "template.typ").read_text("utf-8")
    source = "\n".join((_settings(document), template, _heading(document), to_typst(document)))
    return compile_pdf(source, fonts, HERE)


def compile_pdf(source: str, fonts: typst.Fonts, root: Path) -> bytes:
    """Return a Typst source as a PDF; the files it names are in root. Raises typst.TypstError."""
    compiler = typst.Compiler(root=str(root), font_paths=fonts, ignore_system_fonts=True)
    result = compiler.compile(input=source.encode(), format="pdf", timestamp=TIMESTAMP, pdf_tags=False)
    if not isinstance(result, bytes):
        raise SourceError("typst gave no PDF")
    return result


def page_count(content: bytes) -> int:
    """Return the number of pages of a PDF."""
    return len(pdfium.PdfDocument(content))


def metadata_title(document: Document) -> str:
    """Return the title for the PDF's metadata as a Typst expression."""
    return quoted(document.title) if document.title_in_metadata else "none"


def _settings(document: Document) -> str:
    """Return the variables template.typ is set by."""
    when = parse_date(document.date)
    chinese = document.lang == "zh"
    body_font, head_font = _fonts(document.lang)
    values = {
        "body-font": body_font,
        "head-font": head_font,
        "doc-title": metadata_title(document),
        "short-title": quoted(document.short_title),
        "publisher": quoted(document.publisher),
        "doc-date": f"datetime(year: {when.year}, month: {when.month}, day: {when.day})",
        "lang": quoted(document.lang),
        "region": '"cn"' if chinese else "none",
        "dir": document.dir,
        "size": f"{document.size}pt",
        "indent": "2em" if chinese else "0em",
        "layout": quoted("letter" if document.is_letter else document.layout),
        "paper": quoted(document.paper),
        "margin": _margin(document),
        "numbering": '"i"' if document.labels == "roman-front" else "none",
        "bookmarked": str(document.outline).lower(),
    }
    return "".join(f"#let {name} = {value}\n" for name, value in values.items())


def _fonts(lang: str) -> tuple[str, str]:
    """Return the Typst font lists for running text and for headings."""
    if lang == "zh":
        return '("Noto Serif CJK SC",)', '("Noto Serif CJK SC",)'
    if lang == "ar":
        return '("Noto Naskh Arabic", "Noto Serif")', '("Noto Naskh Arabic", "Noto Sans")'
    return '("Noto Serif",)', '("Noto Sans",)'


def _margin(document: Document) -> str:
    if document.layout == "two-columns":
        return "(x: 20mm, top: 25mm, bottom: 25mm)"
    if document.paper == "a5":
        return "(x: 15mm, top: 17mm, bottom: 18mm)"
    return "(x: 27mm, y: 28mm)"


def _heading(document: Document) -> str:
    """Return the markup of the title, the publisher and the date in the document's layout."""
    if document.is_letter:
        return _letter_head(document)
    block = _title_block(document)
    if document.cover:
        return f"#v(26%)\n#[{block}]\n#pagebreak()\n\n"
    if document.layout == "two-columns":
        return f'#place(top, scope: "parent", float: true, clearance: 2em)[{block}]\n\n'
    return f"#[{block}]\n#v(1.6em)\n\n"


def _letter_head(document: Document) -> str:
    printed = _printed_date(document)
    if document.lang == "en" and has_day(document.date):
        printed = f"{parse_date(document.date).day} {printed}"
    return (
        f"#{quoted(document.publisher)};#h(1fr)#{quoted(printed)};#v(2.5em)\n\n"
        f"#text(size: 1.15em, strong({quoted(document.title)}))#v(1em)\n\n"
    )


def _title_block(document: Document) -> str:
    subtitle = (
        f"#text(font: head-font, size: 1.15em, fill: luma(70), {quoted(document.subtitle)})#v(0.2em)\n\n"
        if document.subtitle
        else ""
    )
    imprint = f"{document.publisher} · {_printed_date(document)}"
    return (
        "#set par(justify: false, first-line-indent: 0em)\n#set text(hyphenate: false)\n"
        f'#text(font: head-font, size: 1.9em, weight: "bold", fill: accent, {quoted(document.title)})'
        f"#v(0.2em)\n\n{subtitle}"
        f"#text(size: 0.95em, fill: luma(70), {quoted(imprint)})"
    )


def _printed_date(document: Document) -> str:
    """Return month and year in English; in other languages the date as it is in the source."""
    when = parse_date(document.date)
    return f"{MONTHS[when.month - 1]} {when.year}" if document.lang == "en" else document.date
