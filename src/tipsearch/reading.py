"""What happens to one file inside its limited child process: bytes in, text and facts out.

This is the job that `tipsearch.isolation` runs; its answer is an `Extraction` in MessagePack.
"""

from __future__ import annotations

import operator
import os
from contextvars import ContextVar
from dataclasses import replace
from io import FileIO
from typing import TYPE_CHECKING

import msgspec

from tipsearch.analysis import sketch
from tipsearch.model import Extraction, Field, FileState, Record, RecordKind, Sketch
from tipsearch.vocabulary import Vocabularies, Vocabulary, VocabularyData, standard

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Extraction)
#: What this process, which reads for one library, finds facets by; its children inherit it.
_IN_FORCE: ContextVar[Vocabularies] = ContextVar("vocabularies")
#: Goes all the way once while warming up, so that what is made on first use is made then.
_SAMPLE = (
    b"Forced labour in Asia\n\nRecruitment fees and debt bondage of migrant workers from Nepal, and what the law says "
    b"about it in the countries where they work on farms and in factories. They have to pay for the job.\n"
)


class Request(msgspec.Struct, frozen=True):
    """What the child is told about its file.

    Attributes:
        name: its name (escaped).
        max_bytes: the largest size that is read.
        scanned: by number, the text of pages that are pictures, where OCR has read them.
    """

    name: str
    max_bytes: int
    scanned: dict[int, str] = {}


class Instruction(msgspec.Struct, frozen=True):
    """What a nursery's process is told before its first file.

    Attributes:
        languages: what texts in these need is made before any is read.
        thesaurus: the topics, None for the program's own.
    """

    languages: tuple[str, ...] = ("en",)
    thesaurus: VocabularyData | None = None


_INSTRUCTION = msgspec.msgpack.Decoder(Instruction)
_REQUEST = msgspec.msgpack.Decoder(Request)


def instruction(vocabularies: Vocabularies, languages: Sequence[str] = ("en",)) -> bytes:
    """What a nursery has to tell `warm_up`: the languages to expect, and the thesaurus, unless it is the program's own."""
    own = vocabularies.topics is not standard().topics
    return msgspec.msgpack.encode(Instruction(tuple(languages), vocabularies.topics.content if own else None))


def warm_up(argument: bytes = b"") -> None:
    """Import and load what reading needs, so that every child inherits it; the argument is an `instruction`."""
    from tipsearch import enrich, extract  # noqa: PLC0415  the user's process decodes answers without these

    told = _INSTRUCTION.decode(argument) if argument else Instruction()
    known = standard()
    if told.thesaurus is not None:
        known = replace(known, topics=Vocabulary(told.thesaurus))
    _IN_FORCE.set(known)
    extract.warm_up()
    enrich.warm_up(known, told.languages)
    sample = extract.read(_SAMPLE, "sample.txt")
    answer(_ENCODER.encode(sketched(enrich.enrich(sample, known))))


def run(descriptor: int, request: bytes) -> bytes:
    """Read the file behind the descriptor and enrich what it says; after `warm_up`."""
    from tipsearch import enrich, extract  # noqa: PLC0415  as above

    asked = _REQUEST.decode(request)
    size = os.fstat(descriptor).st_size
    if size > asked.max_bytes:
        return _ENCODER.encode(too_big(size, asked.max_bytes))
    extraction = extract.read(_contents(descriptor), asked.name, asked.scanned)
    return _ENCODER.encode(sketched(enrich.enrich(extraction, _IN_FORCE.get())))


def sketched(extraction: Extraction) -> Extraction:
    """The extraction with a sketch of each text by which it can be known again in another file.

    Cards have none of their own, and a source that gives its documents ids says itself which of them are the same.
    """
    return replace(extraction, records=tuple(map(_sketched, extraction.records)))


def _sketched(record: Record) -> Record:
    if record.kind is not RecordKind.DOCUMENT or record.first(Field.IDENTIFIER):
        return record
    words, marks = sketch.marks(page.text for page in record.pages)
    return replace(record, sketch=Sketch(words, marks)) if marks else record


def request(name: str, max_bytes: int, scanned: Mapping[int, str] | None = None) -> bytes:
    """The words that go with a file to `run`: see `Request`."""
    return msgspec.msgpack.encode(Request(name, max_bytes, dict(scanned or {})))


def answer(payload: bytes) -> Extraction:
    """What `run` gave back.

    Raises:
        ValueError: that is no sound answer; whoever took the child over by a hostile file may send anything.
    """
    extraction = _DECODER.decode(payload)
    _check_numbers("records", [record.number for record in extraction.records])
    for record in extraction.records:
        _check_numbers("pages", [page.number for page in record.pages])
        if record.sketch:
            _check_numbers("marks", record.sketch.marks)
            if len(record.sketch.marks) > sketch.MARKS or any(one >> 32 for one in record.sketch.marks):
                raise ValueError("it has a sketch of another kind")
        if any(at < 0 or at > len(page.text) for page in record.pages for at in page.breaks):
            raise ValueError("it has breaks beyond the text")
    return extraction


def _check_numbers(what: str, numbers: Sequence[int]) -> None:
    if any(number < 0 for number in numbers[:1]) or any(map(operator.ge, numbers, numbers[1:])):
        raise ValueError(f"it has {what} out of order")


def too_big(size: int, limit: int) -> Extraction:
    """The result for a file that isn't read because of its size."""
    return Extraction(
        FileState.TOO_BIG,
        reason=f"has {size / 1e6:,.0f} MB, more than the {limit / 1e6:,.0f} MB that are read; "
        "raise max_file_mb in tipsearch.toml or split the file",
    )


def _contents(descriptor: int) -> bytes:
    with FileIO(descriptor, closefd=False) as file:
        return file.readall()
