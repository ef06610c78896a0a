"""Facets told anew when vocabularies or rules have changed: from the catalogue's own text, no file is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tipsearch.enrich import Tagger, retag
from tipsearch.enrich.tagger import same_places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tipsearch.catalogue import Catalogue, TaggedRecord
    from tipsearch.pipeline.tally import Tally
    from tipsearch.vocabulary import Vocabularies


def tell_anew(catalogue: Catalogue, vocabularies: Vocabularies, tally: Tally) -> None:
    """Tell the facets anew of all records that were told by others; use under the library's lock.

    Each batch is a transaction, so that what is interrupted or killed goes on where it was. What sources and librarians said
    stays, and only documents that have changed go to the index again.
    """
    tagger = Tagger(vocabularies)
    with catalogue.view() as view:
        tally.total_retagged = view.count_otherwise_tagged(tagger.fingerprint)
        decided = view.decided_documents() if tally.total_retagged else frozenset()
    for batch in _batches(catalogue, tagger.fingerprint):
        with catalogue.change() as change:
            for tagged in batch:
                languages = not tagger.knows_languages(tagged.stamp)
                record = retag(tagged.record, tagged.media_type, vocabularies, languages=languages)
                stamp = tagger.stamp(record)
                moved = tagged.document in decided or not same_places(tagged.stamp, stamp)
                change.retag(tagged, record, stamp, moved=moved)
            change.settle()
        for tagged in batch:
            tally.retagged(tagged.path, tagged.state)


def _batches(catalogue: Catalogue, fingerprint: str) -> Iterator[list[TaggedRecord]]:
    """All records told by others, in their order; each batch is looked for when the one before has been dealt with."""
    last = 0
    while True:
        with catalogue.view() as view:
            batch = view.otherwise_tagged(fingerprint, last)
        if not batch:
            return
        yield batch
        last = batch[-1].id
