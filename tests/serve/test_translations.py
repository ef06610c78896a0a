"""The pages' texts in other languages: complete, in step with the pages, and with the same places to fill in."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

from tipsearch.serve.tongue import LANGUAGES

ROOT = Path(__file__).parent.parent.parent

FOLDER = ROOT / "web" / "translations"
OTHERS = sorted(set(LANGUAGES) - {"en"})
#: What a translation must take over as it is: places to fill in, and tags.
_FIXED = re.compile(r"%\(\w+\)[sd]|</?[a-z][^>]*>")


def messages(language: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Texts and translations, each in all its forms."""
    with (FOLDER / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        catalog = read_po(file, locale=language)
    return [(_forms(one.id), _forms(one.string)) for one in catalog if one.id]


def _forms(text: object) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)  # type: ignore[arg-type]


def test_each_language_offered_has_its_texts_and_no_other() -> None:
    assert sorted(path.name for path in FOLDER.iterdir() if path.is_dir()) == OTHERS


def test_every_text_of_the_pages_is_translated_and_compiled() -> None:
    command = [sys.executable, str(ROOT / "tools" / "translations.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_forms_in_the_wrong_order_are_found_out(tmp_path: Path) -> None:
    """Such as the form for two where the one for few belongs."""
    tool = runpy.run_path(str(ROOT / "tools" / "translations.py"))
    file = tmp_path / "messages.po"
    file.write_bytes((FOLDER / "ar" / "LC_MESSAGES" / "messages.po").read_bytes())
    with file.open("rb") as opened:
        catalog = read_po(opened, locale="ar")
    file.with_suffix(".mo").write_bytes(tool["compiled"](catalog))
    assert tool["is_current"](file, catalog)
    plural: Any = next(one for one in catalog if isinstance(one.id, tuple) and len({*one.string}) > 3)  # type: ignore[misc]
    right = plural.string
    plural.string = (right[0], right[2], right[1], *right[3:])
    file.with_suffix(".mo").write_bytes(tool["compiled"](catalog))
    plural.string = right
    assert not tool["is_current"](file, catalog)


@pytest.mark.parametrize("language", OTHERS)
def test_translations_keep_tags_and_places_to_fill_in(language: str) -> None:
    for texts, strings in messages(language):
        wanted = {fixed for text in texts for fixed in _FIXED.findall(text)}
        for string in strings:
            # A form for exactly one or two may say so in a word.
            lacking = wanted - set(_FIXED.findall(string)) - ({"%(count)s"} if len(texts) > 1 else set())
            assert not lacking, (texts, string)
            assert set(_FIXED.findall(string)) <= wanted, (texts, string)


@pytest.mark.parametrize("language", OTHERS)
def test_translations_keep_the_space_around_a_text(language: str) -> None:
    for texts, strings in messages(language):
        for string in strings:
            assert string == string.strip() or texts[0] != texts[0].strip()
