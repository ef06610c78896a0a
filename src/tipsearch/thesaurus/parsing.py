"""The statements of an RDF file; the one module that knows how rdflib reads.

Nothing is fetched: the bytes are read here, contexts of JSON-LD that lie elsewhere are refused, and Python's XML parser
resolves no external entities.
"""

from __future__ import annotations

import json
import logging
import warnings
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from tipsearch.errors import ThesaurusError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rdflib.store import Store

    #: Of each property, its subjects' names with their values: names, or texts.
    Statements: TypeAlias = "dict[str, dict[tuple[str, str | Text], None]]"

_BY_ENDING = {
    **dict.fromkeys((".ttl", ".turtle"), "turtle"),
    **dict.fromkeys((".rdf", ".xml", ".owl", ".skos"), "xml"),
    **dict.fromkeys((".jsonld", ".json"), "json-ld"),
    ".nt": "nt",
}
_CALLED = {"turtle": "Turtle", "xml": "RDF/XML", "json-ld": "JSON-LD", "nt": "N-Triples"}
#: Relative addresses in a file are taken from here; only their last part matters.
_BASE = "http://thesaurus.invalid/"
_MOST_WORDS = 300


@dataclass(frozen=True, slots=True, order=True)
class Text:
    """A literal: its language tag in lower case (empty where it has none) and its words, with single spaces."""

    language: str
    words: str


def contents(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        ThesaurusError: it can't be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise ThesaurusError(
            path,
            f"it can't be read: {error.strerror}; check its name (in the settings: [thesaurus] file) and who may read it",
        ) from error


def statements(path: Path, data: bytes) -> Statements:
    """All that a file in Turtle, RDF/XML, JSON-LD or N-Triples states; things without an address are called ``_:…``.

    Args:
        path: where it lies, for messages and its ending.
        data: its bytes.

    Raises:
        ThesaurusError: it is broken, or wants something fetched.
    """
    form = _form(path, data)
    if form == "json-ld":
        _refuse_remote_contexts(path, data)
    try:
        return _parsed(data, form)
    except Exception as error:  # each of rdflib's parsers has its own
        said = " ".join(str(error).split())[:_MOST_WORDS]
        raise ThesaurusError(
            path,
            f"it is no sound {_CALLED[form]}: {said}; mend it there, or save it as Turtle (.ttl), RDF/XML (.rdf), "
            "JSON-LD (.jsonld) or N-Triples (.nt)",
        ) from error


def _parsed(data: bytes, form: str) -> Statements:
    from rdflib import Graph  # noqa: PLC0415  90 ms that only compiling needs

    # What it says of odd addresses and dates is nothing that a librarian could do something about.
    logging.getLogger("rdflib").addHandler(logging.NullHandler())
    found: Statements = defaultdict(dict)
    graph = Graph(store=_keeper(found), bind_namespaces="none")
    with warnings.catch_warnings(
        category=DeprecationWarning, action="ignore"
    ):  # rdflib 7 calls what it advises against
        graph.parse(data=data, format=form, publicID=_BASE)
    return found


def _keeper(found: Statements) -> Store:
    """A store that only keeps what is needed: half the time and a third of the memory of rdflib's own, with its three indexes."""
    from rdflib import BNode, Literal  # noqa: PLC0415  as above
    from rdflib.store import Store  # noqa: PLC0415  as above

    names: dict[str, str] = {}

    def name(node: Any) -> str:  # noqa: ANN401  rdflib's terms are strings of their own
        text = f"_:{node}" if isinstance(node, BNode) else str(node)
        return names.setdefault(text, text)

    class Keeper(Store):
        context_aware = True  # or JSON-LD won't be read into it

        def add(self, triple: Any, context: Any, quoted: bool = False) -> None:  # noqa: ANN401, ARG002, FBT001, FBT002
            subject, predicate, value = triple
            if isinstance(value, Literal):
                words = " ".join(str(value).split())
                if words:
                    found[str(predicate)][name(subject), Text((value.language or "").lower(), words)] = None
            else:
                found[str(predicate)][name(subject), name(value)] = None

    return Keeper()


def _form(path: Path, data: bytes) -> str:
    """The format that a file's beginning shows, else the one of its ending; Turtle if neither tells."""
    head = data[:2000].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith((b"<?xml", b"<!DOCTYPE", b"<rdf:RDF")):
        return "xml"
    if head.startswith(b"{"):
        return "json-ld"
    return _BY_ENDING.get(path.suffix.lower(), "turtle")


def _refuse_remote_contexts(path: Path, data: bytes) -> None:
    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ThesaurusError(path, f"it is no sound JSON: {error}; mend it there") from error
    for address in _remote_contexts(content):
        raise ThesaurusError(
            path,
            f"it takes its context from {address[:200]}, and nothing is fetched; write the context into the file "
            'itself ("@context": {...}), or save it as Turtle',
        )


def _remote_contexts(content: Any) -> Iterator[str]:  # noqa: ANN401  JSON
    """Addresses from which a JSON-LD processor would load a context."""
    pending = [content]
    while pending:
        one = pending.pop()
        if isinstance(one, list):
            pending += one
        elif isinstance(one, dict):
            pending += one.values()
            named = one.get("@context")
            contexts = named if isinstance(named, list) else [named]
            yield from (context for context in [*contexts, one.get("@import")] if isinstance(context, str))
