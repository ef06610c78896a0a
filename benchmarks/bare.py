"""The least that any page-exact search must do: the text of every page, added to an index. The yardstick of pipeline.py.

usage: bare.py FOLDER INDEX
"""

from __future__ import annotations

import sys
from pathlib import Path

import pypdfium2
import tantivy


def main(folder: Path, index: Path) -> None:
    """Read every PDF of a folder with PDFium and add its pages to a one-field index."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("text")
    writer = tantivy.Index(builder.build(), str(index)).writer(64_000_000, 1)
    for path in sorted(folder.glob("*.pdf")):
        document = pypdfium2.PdfDocument(path)
        for page in document:
            text = page.get_textpage()
            writer.add_document(tantivy.Document(id=path.name, text=text.get_text_range()))
            text.close()
            page.close()
        document.close()
    writer.commit()
    writer.wait_merging_threads()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
