"""What may be decided about a document, and how typed values are read: by any name that the vocabularies know."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from rapidfuzz import process

from tipsearch.decisions.near import nearest
from tipsearch.errors import BadDecision
from tipsearch.extract.facts import as_spelt, has_letters, one_line
from tipsearch.model import Field
from tipsearch.publishers import canonical
from tipsearch.vocabulary.roles import ROLES, valued

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tipsearch.model import Document
    from tipsearch.vocabulary import Vocabularies, Vocabulary

#: The fields that librarians decide on, in the order in which they are shown.
FIELDS = (
    Field.TITLE,
    Field.DATE,
    Field.PUBLISHER,
    Field.AUTHOR,
    Field.LANGUAGE,
    Field.TYPE,
    Field.REGION,
    Field.TOPIC,
    Field.ROLE,
    Field.WARNING,
)
#: Those with several values.
MULTIPLE = frozenset({Field.AUTHOR, Field.TYPE, Field.REGION, Field.TOPIC, Field.ROLE})
#: What a source's word can mean.
OF_WORDS = (Field.TYPE, Field.REGION, Field.TOPIC)
#: Stands for no value at all, where an empty cell says nothing.
NONE = "(none)"

_LONGEST = 1000
#: Earlier printing isn't about what this library is about; and what comes out next year may be announced.
_FIRST_YEAR = 1450
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def field_named(name: str, among: Sequence[Field] = FIELDS) -> Field:
    """The field of that name.

    Raises:
        BadDecision: there is none, or nothing can be decided about it.
    """
    wanted = name.strip().casefold()
    if wanted in among:
        return Field(wanted)
    near = process.extractOne(wanted, [field.value for field in among], score_cutoff=65)
    hint = f"Did you mean {near[0]}? " if near else ""
    raise BadDecision(f"there is no field {name!r} to decide. {hint}It may be: {', '.join(among)}")


class Values:
    """Reads and names the values of all fields.

    Args:
        vocabularies: those of the library.
    """

    def __init__(self, vocabularies: Vocabularies) -> None:
        self._vocabularies = vocabularies

    def read(self, field: Field, texts: Iterable[str]) -> tuple[str, ...]:
        """The values that are meant, each once; empty texts and ``(none)`` mean none at all.

        Args:
            field: what they are values of.
            texts: as typed. Regions, topics, types and roles may stand in one text, with commas or semicolons between,
                authors with semicolons; all else is one value with its commas.

        Raises:
            BadDecision: one of them can't be understood; says what is near.
        """
        found: dict[str, None] = {}
        problems: list[str] = []
        for part in (part for text in texts for part in self._parts(field, text)):
            try:
                found |= dict.fromkeys(self._read(field, part))
            except BadDecision as error:
                problems.append(str(error))
        if problems:
            raise BadDecision("; ".join(problems))
        if field is Field.TITLE and not found:
            raise BadDecision("a title can't be empty; to take a decision back: --undo title")
        if field not in MULTIPLE and len(found) > 1:
            raise BadDecision(f"{field} has one value, not {len(found)}: {' / '.join(found)}")
        return tuple(found)

    def label(self, field: Field, value: str) -> str:
        """How a value is called."""
        return self._vocabularies.label(field, value)

    def labels(self, field: Field, values: Iterable[str]) -> str:
        """How values are called, with commas or semicolons between; ``none`` if there are none."""
        return ("; " if field is Field.AUTHOR else ", ").join(
            self.label(field, one) for one in values
        ) or "none"

    def _parts(self, field: Field, text: str) -> Iterator[str]:
        """The values that stand in a text, one by one."""
        _refuse_half_characters(field, text)
        if text.strip().casefold() == NONE:
            return
        parts = [text]
        if field is Field.ROLE:
            parts = re.split("[,;]", text)
        elif field in MULTIPLE:
            parts = text.split(";")
        vocabulary = self._vocabularies.get(field) if field in MULTIPLE else None
        for part in parts:
            yield from filter(None, map(str.strip, _names_in(part, vocabulary) if vocabulary else [part]))

    def _read(self, field: Field, text: str) -> tuple[str, ...]:
        """The values that one text means: more than one only if it is the name of a group."""
        match field:
            case Field.TITLE:
                return (_line(field, as_spelt(text)),)
            case Field.PUBLISHER:
                return (_line(field, canonical(one_line(text))),)
            case Field.AUTHOR | Field.WARNING:
                return (_line(field, one_line(text)),)
            case Field.DATE:
                return (read_date(text),)
            case Field.ROLE:
                return self._role(text)
            case _:
                return self._known(field, text)

    def _known(self, field: Field, name: str) -> tuple[str, ...]:
        vocabulary = self._vocabularies.get(field)
        assert vocabulary is not None
        values = vocabulary.resolve_all(name, fuzzy=False)
        if values:
            return values
        near = [one.label for one in nearest(vocabulary, name)]
        hint = f"did you mean {' or '.join(near)}?" if near else "the facets of a search show values in use"
        raise BadDecision(f"there is no {field} called {name!r}; {hint}")

    def _role(self, text: str) -> tuple[str, ...]:
        role, colon, place = (one.strip() for one in text.partition(":"))
        if not colon or role.casefold() not in ROLES:
            raise BadDecision(
                f"a role is {', '.join(ROLES[:-1])} or {ROLES[-1]}, a colon and a place (origin:nepal), not {text!r}"
            )
        return tuple(valued(role.casefold(), value) for value in self._known(Field.REGION, place))


def values_of(document: Document, field: Field) -> tuple[str, ...]:
    """What stands in a field of a document."""
    one = {
        Field.TITLE: document.title,
        Field.DATE: document.date,
        Field.PUBLISHER: document.publisher,
        Field.LANGUAGE: document.language,
        Field.WARNING: document.warning,
    }
    if field in one:
        value = one[field]
        return (value,) if value else ()
    if field is Field.AUTHOR:
        return document.authors
    tags = {
        Field.TYPE: document.types,
        Field.REGION: document.regions,
        Field.TOPIC: document.topics,
        Field.ROLE: document.roles,
    }
    return tuple(tag.value for tag in tags[field])


def _names_in(text: str, vocabulary: Vocabulary) -> Iterator[str]:
    """The names in a list with commas; those that hold commas themselves («Korea, Republic of») are found first."""
    words = text.split(",")
    while words:
        lengths = range(len(words), 0, -1)
        taken = next((n for n in lengths if vocabulary.resolve(",".join(words[:n]).strip())), 1)
        yield ",".join(words[:taken])
        words = words[taken:]


def read_date(text: str) -> str:
    """A date of the calendar, as exact as it is known.

    Raises:
        BadDecision: it is none, or not written ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
    """
    match = _DATE.fullmatch(text.strip())
    if match is None or not text.isascii():
        raise BadDecision(f"dates are written 2021, 2021-03 or 2021-03-28, not {text.strip()!r}")
    year, month, day = (int(part or 1) for part in match.groups())
    last = dt.datetime.now(dt.UTC).year + 1
    if not _FIRST_YEAR <= year <= last:
        raise BadDecision(f"a date of publication lies between {_FIRST_YEAR} and {last}, not in {year}")
    try:
        dt.date(year, month, day)
    except ValueError as error:
        raise BadDecision(f"there is no such day as {text.strip()!r}") from error
    return match[0]


def _line(field: Field, text: str) -> str:
    if not has_letters(text) and not any(one.isdigit() for one in text):
        raise BadDecision(f"{text!r} is no {field}: there is no letter in it")
    if len(text) > _LONGEST:
        raise BadDecision(f"the {field} has {len(text):,} characters; {_LONGEST:,} are allowed")
    return text


def _refuse_half_characters(field: Field, text: str) -> None:
    """Bytes of a command line that are no text."""
    if any("\ud800" <= one <= "\udfff" for one in text):
        raise BadDecision(
            f"the {field} {text!a} isn't text in UTF-8; type it again, or set it from a table (--csv)"
        )
