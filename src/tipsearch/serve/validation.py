"""Parameters read by the types that declare them (`tipsearch.serve.declared`): values converted, and what is wrong said in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import islice
from types import MappingProxyType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from tipsearch.query.wording import Notice

S = TypeVar("S", bound=msgspec.Struct)
#: Parameters that there aren't, of which a reader is told.
_MOST_UNKNOWN = 10
#: Characters of a wrong value that are told, and digits of a number.
_MOST_TOLD, _MOST_DIGITS = 40, 18


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with one parameter, in an English sentence that may be shown.

    Attributes:
        parameter: its name.
        detail: what is wrong.
        notice: the same, where it can be said in other languages.
        is_excess: it is too much, and the search without the rest of it makes sense.
    """

    parameter: str
    detail: str
    notice: Notice | None = None
    is_excess: bool = False


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter as it is declared.

    Attributes:
        name: in addresses and bodies.
        member: of the type that declares it.
        kind: the type of one value.
        is_list: it may be given several times.
        is_number: its values are numbers.
        choices: all that its values can be, if these are few.
        longest: characters of a value, at most; None for any number of them.
        rule: what a value is, in words.
    """

    name: str
    member: str
    kind: Any
    is_list: bool
    is_number: bool
    choices: tuple[str, ...]
    longest: int | None
    rule: str

    def sent(self, text: str) -> object:
        """A text as what is validated: a number where one is wanted, in whatever digits the reader writes."""
        # 20.0 is a whole number in JSON, and so in the description of the API.
        number, _, fraction = text.partition(".")
        if self.is_number and number.isdecimal() and len(number) <= _MOST_DIGITS and not fraction.strip("0"):
            return int(number)
        return text

    def is_value(self, sent: object) -> bool:
        """Whether that is of the declared type."""
        try:
            msgspec.convert(sent, self.kind)
        except msgspec.ValidationError:
            return False
        return True

    def problem(self, text: str) -> Problem:
        """What is wrong with a text that isn't a value."""
        if self.longest is not None and len(text) > self.longest:
            return Problem(self.name, f"{self.name} has {self.longest:,} characters at most", is_excess=True)
        told = text if text.isdecimal() and len(text) <= _MOST_TOLD else repr(text[:_MOST_TOLD])
        return Problem(self.name, f"{self.name} is {self.rule}, not {told}")


@cache
def parameters(declared: type[msgspec.Struct]) -> Mapping[str, Parameter]:
    """All parameters that a type declares, by name, in its order."""
    members = msgspec.structs.fields(declared)
    return MappingProxyType({one.encode_name: _parameter(one) for one in members})


def _parameter(member: msgspec.structs.FieldInfo) -> Parameter:
    plain, _ = _plain(member.type)
    is_list = get_origin(plain) is tuple
    kind = get_args(plain)[0] if is_list else member.type
    plain, said = _plain(kind)
    choices = get_args(plain) if get_origin(plain) is Literal else ()
    return Parameter(
        name=member.encode_name,
        member=member.name,
        kind=kind,
        is_list=is_list,
        is_number=plain is int,
        choices=choices,
        longest=next((one.max_length for one in said if one.max_length and plain is str), None),
        rule=_rule(choices, said),
    )


def _plain(kind: Any) -> tuple[Any, list[msgspec.Meta]]:  # noqa: ANN401  whatever a type may be written as
    """A type without what is said of it and without the mark of what isn't given, and what is said of it."""
    said: list[msgspec.Meta] = []
    while True:
        if get_origin(kind) is Annotated:
            said += kind.__metadata__
            kind = kind.__origin__
        elif get_origin(kind) in (Union, UnionType):
            (kind,) = (one for one in get_args(kind) if one is not msgspec.UnsetType)
        else:
            return kind, said


def _rule(choices: Sequence[str], said: Iterable[msgspec.Meta]) -> str:
    """What a value is, in words."""
    if choices:
        few = len(choices) == len(("yes", "no"))
        return " or ".join(choices) if few else f"one of {', '.join(choices)}"
    for one in said:
        if one.extra:
            return str(one.extra["rule"])
        if one.ge is not None:
            return f"a number from {one.ge} to {one.le}"
    return "text"


def grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Names with all their values, in the order given."""
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value.strip())
    return values


def unknown(values: AbstractSet[str], known: Mapping[str, Parameter]) -> tuple[Problem, ...]:
    """What is wrong with the names among these that aren't known; the first few of them."""
    if values <= known.keys():
        return ()
    # What is asked for most comes first, as on the pages.
    names = sorted(known, key=lambda name: name != "q")
    there_are = f"; known are {', '.join(names)}" if known else ""
    return tuple(
        Problem(name, f"there is no parameter {name!r} here{there_are}")
        for name in islice((name for name in values if name not in known), _MOST_UNKNOWN)
    )


def converted(declared: type[S], values: Mapping[str, Sequence[str]]) -> tuple[S, list[Problem]]:
    """The values as the type that declares them, and what is wrong with those that are left out. Empty ones count as not given."""
    known = parameters(declared)
    sent: dict[str, object] = {}
    wrong: list[Problem] = []
    for name, given in values.items():
        parameter = known.get(name)
        filled = list(filter(None, given)) if "" in given else given
        if not filled or parameter is None:
            continue
        if parameter.is_list:
            sent[name] = filled
        elif len(filled) > 1:
            wrong.append(Problem(name, f"{name} is given {len(filled)} times; once is enough"))
        else:
            sent[name] = parameter.sent(filled[0])
    try:
        return msgspec.convert(sent, declared), wrong
    except msgspec.ValidationError:
        # One at a time, to say what is wrong with each.
        for name in list(sent):
            texts = [text for text in values[name] if text]
            bad = [text for text in texts if not known[name].is_value(known[name].sent(text))]
            if bad:
                wrong.append(known[name].problem(bad[0]))
                del sent[name]
        return msgspec.convert(sent, declared), wrong


def read_as(declared: type[S], pairs: Iterable[tuple[str, str]]) -> tuple[S, list[Problem]]:
    """What is asked, as the type that declares it; what is wrong or not known is left out, and told."""
    values = grouped(pairs)
    told, wrong = converted(declared, values)
    return told, [*unknown(values.keys(), parameters(declared)), *wrong]
