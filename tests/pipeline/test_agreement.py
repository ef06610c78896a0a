"""Whatever is done to a folder, and in whatever order: after a run catalogue, index and folder say the same.

A machine of states (hypothesis) changes small text files, now and then runs the pipeline for real, and compares.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Self, TypeAlias

import hypothesis.strategies as st
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from chance import examples
from tipsearch import Library, Options, SearchRequest, reading
from tipsearch.isolation import Fate, Outcome
from tipsearch.pipeline import run as pipeline_run

NAMES = ("a.txt", "b.txt", "c.txt", "sub/d.txt")
#: Each content holds one word of its own; two share a title, as yearly reports do.
WORDS = ("kiln", "vessel", "passport", "shelter", "statute")

names = st.sampled_from(NAMES)
words = st.sampled_from(WORDS)
#: What is done, to which file, with which other file or word.
Change: TypeAlias = tuple[str, str, str, str]
changes = st.tuples(
    st.sampled_from(("write", "write", "copy", "copy", "rename", "swap", "remove", "touch")),
    names,
    names,
    words,
)


def text(word: str) -> str:
    title = "Annual report on trafficking" if word in {"kiln", "vessel"} else f"Paper about one {word}"
    return f"{title}\n\nThe {word} was inspected by the police last year.\n"


class InProcess:
    """Reads files as the nursery does, in this process: a hundred runs would otherwise start a hundred processes."""

    def __init__(self, *_: object, **__: object) -> None:
        reading.warm_up()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def run(self, tasks):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201  as Nursery.run
        for task in tasks:
            payload = reading.run(task.descriptor, task.request)
            os.close(task.descriptor)
            yield Outcome(task.key, Fate.DONE, payload)


class Agreement(RuleBasedStateMachine):
    """A folder that changes, and the library that follows it."""

    @initialize()
    def begin(self) -> None:
        self.place = Path(tempfile.mkdtemp())
        self.folder = self.place / "papers"
        (self.folder / "sub").mkdir(parents=True)
        self.library = Library.open(self.place / "library")
        self.indexed: dict[str, str] | None = None
        self.ids: dict[str, str] = {}
        self.clock = 0
        for name, word in zip(NAMES, WORDS, strict=False):
            self.write(self.folder / name, self.folder, word)

    def teardown(self) -> None:
        self.library.close()
        shutil.rmtree(self.place)

    @rule(changes=st.lists(changes, min_size=1, max_size=5), prune=st.booleans())
    def change_and_index(self, changes: list[Change], prune: bool) -> None:  # noqa: FBT001  a rule's argument
        for kind, one, other, word in changes:
            getattr(self, kind)(self.folder / one, self.folder / other, word)
        report = self.library.index([self.folder], Options(jobs=1, prune=prune))
        assert report.failed == 0
        before, self.indexed = self.indexed or {}, self.on_disk()
        assert report.new + report.changed + report.unchanged == len(self.indexed)
        ids = {word: self.id_of(word) for word in set(self.indexed.values())}
        for name, word in self.indexed.items():
            # A file that is as it was keeps its document's id, whatever becomes of the others.
            if before.get(name) == word and list(before.values()).count(word) == 1:
                assert ids[word] == self.ids[word]
        self.ids = ids

    def write(self, path: Path, _: Path, word: str) -> None:
        path.write_text(text(word), "utf-8")
        self.touch(path, path, word)

    def remove(self, path: Path, _: Path, __: str) -> None:
        path.unlink(missing_ok=True)

    def rename(self, old: Path, new: Path, _: str) -> None:
        if old.exists():
            old.rename(new)

    def swap(self, old: Path, new: Path, _: str) -> None:
        if old != new and old.exists() and new.exists():
            between = self.folder / "between"
            old.rename(between)
            new.rename(old)
            between.rename(new)

    def copy(self, old: Path, new: Path, _: str) -> None:
        if old != new and old.exists():
            shutil.copy2(old, new)

    def touch(self, path: Path, _: Path, __: str) -> None:
        self.clock += 1
        if path.exists():
            os.utime(path, (self.clock, self.clock))

    @rule()
    def rebuild(self) -> None:
        if self.indexed is not None:
            self.library.rebuild()

    @invariant()
    def the_library_says_what_the_folder_held(self) -> None:
        if getattr(self, "indexed", None) is None:
            return
        held = self.indexed or {}
        for word in WORDS:
            results = self.library.search(SearchRequest(word)).results
            assert len(results) == (word in held.values()), word
            for result in results:
                document = result.document
                paths = {document.path, *document.duplicates}
                assert paths == {f"papers/{name}" for name, said in held.items() if said == word}
                assert word in self.library.page(document.id, 1).text
        status = self.library.status()
        assert (status.documents, status.waiting) == (len(set(held.values())), 0)
        assert self.library.search(SearchRequest("")).total == status.documents
        assert sum(n for state, n in status.files.items() if state != "gone") == len(held)

    def on_disk(self) -> dict[str, str]:
        found = {name: (self.folder / name) for name in NAMES if (self.folder / name).exists()}
        return {
            name: next(word for word in WORDS if word in path.read_text("utf-8"))
            for name, path in found.items()
        }

    def id_of(self, word: str) -> str:
        (result,) = self.library.search(SearchRequest(word)).results
        return result.document.id


def test_folder_catalogue_and_index_agree_whatever_is_done(monkeypatch) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001  pytest's
    from hypothesis.stateful import run_state_machine_as_test

    monkeypatch.setattr(pipeline_run, "Nursery", InProcess)
    run_state_machine_as_test(
        Agreement,
        settings=settings(
            max_examples=examples(15),
            stateful_step_count=8,
            suppress_health_check=list(HealthCheck),
            database=None,
            phases=(Phase.generate,),
        ),
    )
