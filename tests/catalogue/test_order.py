"""Whatever came, changed and went, in whatever order: the documents are those of a new library of what is left."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis.strategies as st
import saying
from hypothesis import given, settings
from saying import HTML, TEXT, document, living, prose, put, remove, rename, set_in, with_cards

from chance import examples
from tipsearch.catalogue import Catalogue, KnownFile
from tipsearch.model import Candidate

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Iterator

    from tipsearch.model import Extraction

SITE = "https://library.example"
WORDS = prose("a report on kilns")
DATED = ("in", "2021", *WORDS)
LATER = ("in", "2022", *WORDS)
TITLE = "Debt bondage in the brick kilns of Nepal"


def page(slug: str, title: str = TITLE, link: str = "a.pdf") -> Extraction:
    said = {"url": f"{SITE}/{slug}/", "file_url": f"{SITE}/files/{link}", "publisher": "Kiln Watch"}
    return document([f"About it: {' '.join(prose(slug, 50))}"], media_type=HTML, title=title, **said)


def published(by: str, seed: str) -> Extraction:
    return document([" ".join(prose(seed))], media_type=TEXT, title=f"{TITLE} {seed}", publisher=by)


def card(link: str, title: str = TITLE) -> Extraction:
    return saying.card(title, f"{SITE}/{link}")


SAID = {
    "wide": document(set_in(DATED, 12, head="Kiln papers"), title=TITLE),
    "narrow": document(set_in(DATED, 7, head="Kiln papers"), title=TITLE, date="2021"),
    "plain": document([" ".join(DATED)], media_type=TEXT, title=TITLE, author="A. Writer"),
    "page of it": document([" ".join(DATED)], media_type=HTML, title=TITLE, url=f"{SITE}/?p=7"),
    "by a network": published("Kiln Workers' Network (KWN)", "network"),
    "by it in capitals": published("KILN WORKERS’ NETWORK", "capitals"),
    "by it as a firm": published("The Kiln Workers Network, Inc.", "firm"),
    "by its acronym": published("KWN", "acronym"),
    "by another one": published("Karachi Weavers' Network (KWN)", "weavers"),
    "by a listed one": published("UNODC, Vienna", "drugs"),
    "later": document(set_in(LATER, 12, head="Kiln papers"), title=TITLE),
    "page": page("debt-bondage"),
    "page again": page("debt-bondage-2"),
    "page of the later one": page("debt-bondage-2022", f"{TITLE} 2022"),
    "page with a card": with_cards(
        page("fishing", "Fishing in distant waters", "f.pdf"), card("files/a.pdf")
    ),
    "list": with_cards(
        card("debt-bondage/"), card("files/a.pdf"), card("files/b.pdf", "Begging in the streets")
    ),
}
#: The listing holds cards alone.
SAID["list"] = replace(
    SAID["list"], records=tuple(replace(one, number=at) for at, one in enumerate(SAID["list"].records, 1))
)
NAMES = ("a.pdf", "b.pdf", "sub/a.pdf", "p.html", "q.html", "files/a.pdf")

names = st.sampled_from(NAMES)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("put"), names, st.sampled_from(sorted(SAID))),
        st.tuples(st.just("remove"), names, st.booleans()),
        st.tuples(st.just("rename"), names, names),
    ),
    min_size=2,
    max_size=14,
)


@contextmanager
def two_libraries() -> Iterator[tuple[Catalogue, Catalogue]]:
    with tempfile.TemporaryDirectory() as place:
        one, other = (Catalogue.create(Path(place) / name) for name in ("one", "other"))
        yield one, other
        one.close()
        other.close()


def bring(catalogue: Catalogue, there: Iterable[tuple[str, str]]) -> None:
    for name, said in there:
        put(catalogue, f"/library/{name}", SAID[said], said)


def known_files(catalogue: Catalogue) -> dict[bytes, KnownFile]:
    with catalogue.view() as view:
        return view.known_files()


def seen(catalogue: Catalogue, there: dict[str, str]) -> list[object]:
    """Documents and files, ids apart; of files with the same bytes it doesn't matter which was read."""
    documents = [
        (
            replace(one, id="", path=None, duplicates=()),
            # A document that only cards speak of lies in any of the files that hold them.
            one.is_stub or sorted([one.path or "", *one.duplicates]),
        )
        for one in living(catalogue)
    ]
    known = {os.fsdecode(path): one for path, one in known_files(catalogue).items()}
    states = sorted(
        (said, sorted(known[f"/library/{name}"].state for name in there if there[name] == said))
        for said in set(there.values())
    )
    return [sorted(documents, key=repr), states]


def follow(catalogue: Catalogue, steps: Iterable[tuple[str, str, object]]) -> dict[str, str]:
    """Take the steps; what is there in the end."""
    there: dict[str, str] = {}
    for kind, name, what in steps:
        path = f"/library/{name}"
        if kind == "put":
            there[name] = str(what)
            bring(catalogue, [(name, there[name])])
        elif name not in there:
            continue
        elif kind == "remove":
            remove(catalogue, path, prune=bool(what))
            del there[name]
        elif f"/library/{what}".encode() not in known_files(catalogue):
            rename(catalogue, path, f"/library/{what}")
            there[str(what)] = there.pop(name)
    return there


@settings(max_examples=examples(25))
@given(steps=steps, order=st.randoms(use_true_random=False))
def test_the_order_of_things_makes_no_difference(
    steps: list[tuple[str, str, object]], order: random.Random
) -> None:
    with two_libraries() as (one, other):
        there = follow(one, steps)
        left = list(there.items())
        order.shuffle(left)
        bring(other, left)
        assert seen(one, there) == seen(other, there)


def test_what_is_brought_in_one_step_is_grouped_as_what_comes_singly() -> None:
    there = dict(zip(NAMES, ("wide", "narrow", "later", "page", "list", "plain"), strict=True))
    with two_libraries() as (one, other):
        bring(one, there.items())
        with other.change() as change:
            run, source = change.start_run("test"), change.source("/library")
            for name, said in there.items():
                candidate = Candidate(f"/library/{name}", 1, 1, 1)
                change.put_file(candidate, SAID[said], source=source, run=run, reader="1", sha256=said)
            change.settle()
        assert seen(one, there) == seen(other, there)
