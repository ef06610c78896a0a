"""What of a library wants a decision, the worst first."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tipsearch.decisions.doubts import doubts
from tipsearch.decisions.tags import doubtful_tags, wanted_of_tag
from tipsearch.decisions.wanted import QUIET, Kind, Suggestion, Wanted
from tipsearch.model import Field

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from tipsearch.catalogue import View
    from tipsearch.model import Document, Fact
    from tipsearch.vocabulary import Vocabularies

#: The kinds that are about words of sources, and not about one document.
_OF_TAGS = (Kind.UNKNOWN_TAG, Kind.GUESSED_TAG)

#: Pages asked for at once.
_AT_ONCE = 500
_LONGEST_LINE = 120


@dataclass(frozen=True, slots=True)
class Review:
    """What wants a decision.

    Attributes:
        counts: how much there is of each kind looked for, also beyond the limit.
        wanted: by kind, the worst first: words that many documents carry, documents with many pages.
    """

    counts: dict[Kind, int]
    wanted: tuple[Wanted, ...]


def review(
    view: View, vocabularies: Vocabularies, *, kinds: Collection[Kind] = (), most: int | None = None
) -> Review:
    """Look through all documents and all words of sources.

    Args:
        view: of the catalogue.
        vocabularies: the library's.
        kinds: the kinds looked for; all that aren't `QUIET` if there are none.
        most: so many of each kind.
    """
    asked = [kind for kind in Kind if kind in kinds or (not kinds and kind not in QUIET)]
    documents = {one.id: one for one in view.living()}
    found = _of_documents(view, documents) if {*asked} - {*_OF_TAGS} else {}
    tags = doubtful_tags(view.carried(), view.meanings(), vocabularies) if {*asked} & {*_OF_TAGS} else {}
    counts = {kind: len(tags.get(kind, ()) or found.get(kind, ())) for kind in asked}
    wanted: list[Wanted] = []
    for kind in asked:
        if kind in _OF_TAGS:
            shown = tags[kind][:most]
            wanted += (wanted_of_tag(kind, tag, documents, vocabularies) for tag in shown)
        elif kind is Kind.DOUBTFUL_TITLE:
            wanted += _with_first_lines(view, found.get(kind, [])[:most])
        else:
            wanted += found.get(kind, [])[:most]
    return Review({kind: count for kind, count in counts.items() if count}, tuple(wanted))


def _of_documents(view: View, documents: Mapping[str, Document]) -> dict[Kind, list[Wanted]]:
    decided = view.decided()
    titles, dates = _stated(view, Field.TITLE), _stated(view, Field.DATE)
    today = dt.datetime.now(dt.UTC).date().isoformat()
    found: dict[Kind, list[Wanted]] = defaultdict(list)
    for one in sorted(documents.values(), key=_weight):
        for wanted in doubts(one, decided.get(one.id, {}), titles[one.id], dates[one.id], today):
            found[wanted.kind].append(wanted)
    return found


def _with_first_lines(view: View, wanted: Sequence[Wanted]) -> Iterator[Wanted]:
    """The same; where nothing else is suggested as title, the line with which the text begins."""
    for begin in range(0, len(wanted), _AT_ONCE):
        some = wanted[begin : begin + _AT_ONCE]
        pages = view.pages([(one.document, 1) for one in some if not one.suggestions])
        for one in some:
            page = pages.get((one.document, 1))
            lines = (" ".join(line.split()) for line in page.text.split("\n")) if page else iter(())
            line = next((line for line in lines if any(map(str.isalpha, line))), "")[:_LONGEST_LINE]
            new = line and line != one.title
            yield replace(one, suggestions=(Suggestion("title", line, line),)) if new else one


def _stated(view: View, field: Field) -> dict[str, list[Fact]]:
    said: dict[str, list[Fact]] = defaultdict(list)
    for document, fact in view.stated(field):
        said[document].append(fact)
    return said


def _weight(document: Document) -> tuple[object, ...]:
    """Documents of the library before those that only lists name, long ones before short ones."""
    return document.is_stub, -document.page_count, document.path or "", document.id
