"""Documents like one: its translations, its series, others about the same. The document's page takes them in once they are seen."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from tipsearch.cite.plain import one_line
from tipsearch.search.similar import Relation
from tipsearch.serve.presenters.results import facts_of
from tipsearch.serve.tongue import gettext, later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tipsearch.model import Document
    from tipsearch.search.similar import Similar
    from tipsearch.serve.links import PathLinks
    from tipsearch.serve.presenters.names import Names

_HEADINGS = {
    Relation.TRANSLATION: later("In other languages"),
    Relation.SERIES: later("In the same series"),
    Relation.SIMILAR: later("Similar documents"),
}


@dataclass(frozen=True, slots=True)
class SimilarView:
    """A document that is like this one: `facts` as in a result, `terms` are words that both have."""

    title: str
    language: str | None
    url: str
    facts: tuple[str, ...]
    terms: tuple[str, ...]
    is_stub: bool


@dataclass(frozen=True, slots=True)
class SimilarPage:
    """What the page of documents like one shows: that one's title, language and address, and the sections."""

    title: str
    language: str | None
    url: str
    groups: tuple[SimilarGroup, ...]


@dataclass(frozen=True, slots=True)
class SimilarGroup:
    """Documents of one relation: the section's id, its heading, and the documents."""

    name: str
    heading: str
    documents: tuple[SimilarView, ...]


def similar_page(document: Document, found: Sequence[Similar], names: Names, links: PathLinks) -> SimilarPage:
    """The page of documents like one, in sections as they come; none that is empty."""
    groups = tuple(
        SimilarGroup(
            str(relation), gettext(_HEADINGS[relation]), tuple(_view(one, names, links) for one in some)
        )
        for relation, some in groupby(found, lambda one: one.relation)
    )
    return SimilarPage(one_line(document.title), document.language, links.document(document.id), groups)


def _view(one: Similar, names: Names, links: PathLinks) -> SimilarView:
    # Why a translation is one can't be said in words that both have.
    terms = one.terms if one.relation is Relation.SIMILAR else ()
    return SimilarView(
        title=one_line(one.document.title),
        language=one.document.language,
        url=links.document(one.document.id),
        facts=facts_of(one.document, names),
        terms=tuple(map(one_line, terms)),
        is_stub=one.document.is_stub,
    )
