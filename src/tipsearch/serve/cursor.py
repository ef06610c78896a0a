"""Cursors: where a program goes on reading behind the last page that can be turned to.

A cursor is the whole search with its filters and order, how far it has been read, and which state of the library it was read
in. It gives no power that an address doesn't give, so it isn't signed; of another state of the index it is refused, as
results would be missed or met twice. A change of the catalogue that the index hasn't followed yet moves no result.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import msgspec

from tipsearch.errors import BadRequest
from tipsearch.serve import params

if TYPE_CHECKING:
    from tipsearch.search.request import SearchRequest

#: Raised when what is inside a cursor changes.
_FORM = 1
#: Longer than any cursor of an address that can be asked for.
_LONGEST = 32_000
_NO_CURSOR = "this is no cursor of ours; take the address in links.next as it is"


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in an answer.

    Attributes:
        request: the search.
        start: results that are passed over.
        total: documents that the search found.
        generation: of the index that found them.
    """

    request: SearchRequest
    start: int
    total: int
    generation: int


class _Inside(msgspec.Struct, array_like=True, frozen=True):
    form: int
    generation: int
    total: int
    start: int
    query: str


def write(cursor: Cursor) -> str:
    """The cursor as text for an address."""
    query = params.query_string(replace(cursor.request, page=1, start=None))
    inside = _Inside(_FORM, cursor.generation, cursor.total, cursor.start, query)
    return base64.urlsafe_b64encode(msgspec.json.encode(inside)).rstrip(b"=").decode()


def read(text: str) -> Cursor:
    """The cursor that was written so.

    Raises:
        BadRequest: it wasn't written by `write`, or has been changed since.
    """
    inside = _inside(text)
    reading = params.read(parse_qsl(inside.query))
    if reading.unknown or reading.wrong or not 0 <= inside.start < max(1, inside.total):
        raise BadRequest("cursor", _NO_CURSOR)
    try:
        request = replace(reading.request, start=inside.start)
    except BadRequest as error:
        raise BadRequest("cursor", _NO_CURSOR) from error
    return Cursor(request, inside.start, inside.total, inside.generation)


def _inside(text: str) -> _Inside:
    if len(text) > _LONGEST:
        raise BadRequest("cursor", _NO_CURSOR)
    try:
        packed = base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
        inside = msgspec.json.decode(packed, type=_Inside)
    except (UnicodeError, binascii.Error, msgspec.MsgspecError, RecursionError) as error:
        raise BadRequest("cursor", _NO_CURSOR) from error
    if inside.form != _FORM:
        raise BadRequest("cursor", _NO_CURSOR)
    return inside
