"""The thesaurus that a library works with: the program's, extended or replaced by a librarian's own file."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tipsearch.durable import replace_file
from tipsearch.thesaurus.compiling import COMPILER_VERSION, Compiled, compile_skos
from tipsearch.thesaurus.merging import extended
from tipsearch.thesaurus.parsing import contents
from tipsearch.vocabulary import Vocabulary, VocabularyData, topics

if TYPE_CHECKING:
    from tipsearch.config import ThesaurusSettings

#: In a library's folder: its own thesaurus, compiled.
_COMPILED = "thesaurus.json"


class _Kept(msgspec.Struct, frozen=True):
    """What was compiled, and of what (`_key`)."""

    key: str
    compiled: Compiled


def in_force(settings: ThesaurusSettings, folder: Path) -> Vocabulary:
    """The topics of a library.

    A file of its own is compiled once and kept in the library's folder, if there is one that can be written.

    Args:
        settings: the file, and whether it extends ours or replaces it.
        folder: of the library.

    Raises:
        ThesaurusError: the file can't be used.
    """
    if not settings.file:
        return topics()
    path = Path(settings.file)
    base = topics() if settings.mode == "extend" else None
    own = _compiled(path, base, folder / _COMPILED)
    return Vocabulary(joined(own, base, path))


def joined(own: Compiled, base: Vocabulary | None, path: Path) -> VocabularyData:
    """A compiled file, with what it extends.

    Raises:
        ThesaurusError: together they have a circle.
    """
    return extended(base.content, own, path) if base else own.content


def values_of(base: Vocabulary | None) -> frozenset[str]:
    """The values that a file may build on without having them."""
    return frozenset(concept.value for concept in base) if base else frozenset()


def _compiled(path: Path, base: Vocabulary | None, place: Path) -> Compiled:
    """The file compiled, now or before."""
    data = contents(path)
    key = _key(data, values_of(base))
    with suppress(OSError, msgspec.MsgspecError):
        kept = msgspec.json.decode(place.read_bytes(), type=_Kept)
        if kept.key == key:
            return kept.compiled
    compiled = compile_skos(path, values_of(base), data)
    if place.parent.is_dir():
        with suppress(OSError):  # a library on a read-only disk
            replace_file(place, msgspec.json.encode(_Kept(key, compiled)))
    return compiled


def _key(data: bytes, known: frozenset[str]) -> str:
    """Tells what is compiled and by what rules; another one, and it is compiled anew."""
    parts = (COMPILER_VERSION, hashlib.sha256(data).hexdigest(), *sorted(known))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
