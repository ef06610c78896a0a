"""Keeps ``web/translations`` in step with the texts of the pages.

::

    python tools/translations.py            # new texts into every catalogue, gone ones out, then compiled
    python tools/translations.py --check    # writes nothing; exit status 1 if a catalogue isn't in step or not complete

Translators fill in ``web/translations/<language>/LC_MESSAGES/messages.po`` and run it. The compiled ``messages.mo`` beside
it is what the program reads, so that nobody needs a build step.
"""

from __future__ import annotations

import datetime as dt
import io
import sys
from gettext import GNUTranslations, c2py
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "web" / "translations"
#: Where texts stand, and how they are read there.
SOURCES = (
    (ROOT / "src" / "tipsearch" / "serve", [("**.py", "python")]),
    (ROOT / "web" / "templates", [("**.html", "jinja2")]),
)
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "later": None}
OPTIONS = {"**.html": {"trimmed": "true", "silent": "false", "newstyle_gettext": "true"}}
WIDTH = 110
#: Lines of a header that say nothing here.
_NOISE = (b'"Report-Msgid', b'"POT-', b'"PO-Rev', b'"Last-', b'"Language-Team', b'"Generated-By')
#: The header of a catalogue tells a date; the history of the file tells it better.
_NO_DATE = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def extracted() -> Catalog:
    """All texts of templates and presenters, with the files in which they stand."""
    catalog = Catalog(project="tipsearch", charset="utf-8")
    for folder, methods in SOURCES:
        found = extract_from_dir(
            folder,
            methods,
            OPTIONS,
            keywords=KEYWORDS,
            comment_tags=("For translators:",),
            strip_comment_tags=True,
        )
        for name, _line, text, comments, _context in found:
            # Line numbers would change with every edit, and say nothing to a translator.
            catalog.add(text, locations=[(Path(name).name, 0)], auto_comments=comments)
    return catalog


def catalogues() -> Iterator[Path]:
    """The catalogue files that there are."""
    yield from sorted(FOLDER.glob("*/LC_MESSAGES/messages.po"))


def in_step(file: Path, texts: Catalog) -> Catalog:
    """The catalogue with the texts that there are now; what was said of one that is gone or changed is dropped, not guessed."""
    language = file.parent.parent.name
    with file.open("rb") as stream:
        said = read_po(stream, locale=language)
    catalog = Catalog(
        locale=language,
        header_comment="",
        project="tipsearch",
        version="1",
        creation_date=_NO_DATE,
        revision_date=_NO_DATE,
        charset="utf-8",
        fuzzy=False,
    )
    for message in texts:
        old = said.get(message.id) if message.id else None
        catalog.add(
            message.id,
            old.string if old and not old.fuzzy else None,
            locations=message.locations,
            auto_comments=message.auto_comments,
        )
    return catalog


def missing(catalog: Catalog) -> list[str]:
    """The texts that have no translation yet, in any of its forms."""
    return [str(message.id) for message in catalog if message.id and not all(_forms(message.string))]


def _forms(string: str | Sequence[str] | None) -> tuple[str, ...]:
    return (string or "",) if isinstance(string, str | None) else tuple(string)


def written(catalog: Catalog) -> bytes:
    """The catalogue as a file to edit."""
    out = io.BytesIO()
    write_po(out, catalog, width=WIDTH, sort_output=True, ignore_obsolete=True, include_lineno=False)
    return b"".join(line for line in out.getvalue().splitlines(keepends=True) if not line.startswith(_NOISE))


def compiled(catalog: Catalog) -> bytes:
    """The catalogue as the program reads it."""
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def _said(catalog: Catalog) -> set[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """All that a catalogue says: texts, translations, and where they stand."""
    return {
        (str(one.id), _forms(one.string), tuple(sorted(name for name, _ in one.locations)))
        for one in catalog
        if one.id
    }


def is_current(file: Path, catalog: Catalog) -> bool:
    """Whether the files on the disk say what the catalogue says; their headers may be of another Babel."""
    machine = file.with_suffix(".mo")
    if not machine.exists():
        return False
    with file.open("rb") as edited, machine.open("rb") as read:
        texts = GNUTranslations(read)
        same = _said(read_po(edited, locale=catalog.locale)) == _said(catalog)
    singular = ((one.id, one.string) for one in catalog if isinstance(one.id, str) and one.id and one.string)
    plural = (one for one in catalog if isinstance(one.id, tuple) and all(_forms(one.string)))
    form_of = c2py(catalog.plural_expr)
    return (
        same
        and all(texts.gettext(text) == string for text, string in singular)
        and all(
            texts.ngettext(one.id[0], one.id[1], count) == _forms(one.string)[form_of(count)]
            for one in plural
            for count in range(200)
        )
    )


def main() -> int:
    """Write or check; gives the exit status."""
    check, texts, wrong = "--check" in sys.argv[1:], extracted(), False
    for file in catalogues():
        catalog = in_step(file, texts)
        if not check:
            file.write_bytes(written(catalog))
            file.with_suffix(".mo").write_bytes(compiled(catalog))
        lacking = missing(catalog)
        print(f"{file.parent.parent.name}: {len(catalog)} texts, {len(lacking)} without translation")
        for text in lacking:
            print(f"  {text!r}")
        wrong = wrong or bool(lacking) or not is_current(file, catalog)
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
