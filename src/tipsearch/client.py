"""A library on the network, read as one on this machine is.

::

    from tipsearch.client import Client

    library = Client("https://library.example")
    answer = library.search(SearchRequest("forced labour", regions=["asia"]))
    answer.total, answer.results[0].pages[0].number, answer.facets["region"]

It gives the same dataclasses as `tipsearch.Library`, as far as the API tells what is in them: evidence and outline come with `Client.document`,
files' paths never. It needs nothing but Python's own network code.
"""

from __future__ import annotations

import http.client
import json
import time
import urllib.error
import urllib.request
from dataclasses import replace
from typing import IO, TYPE_CHECKING, Self, TypeVar
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import msgspec

from tipsearch import remote
from tipsearch.errors import (
    BadRequest,
    ConfigError,
    CursorExpired,
    NotFound,
    TooManyRequests,
    Unreachable,
    UserError,
)
from tipsearch.search import shapes
from tipsearch.search.suggest import Suggestion
from tipsearch.serve.declared import NO_FACETS
from tipsearch.serve.params import pairs_of
from tipsearch.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from urllib.parse import SplitResult

    from tipsearch.model import Document, Page
    from tipsearch.search.answer import Result, SearchAnswer
    from tipsearch.search.request import SearchRequest
    from tipsearch.search.similar import Similar

S = TypeVar("S")
#: Larger answers are no library's.
_MOST_BYTES = 64 * 1024 * 1024
#: Of the seconds that a library wants to be waited for.
_MOST_DIGITS = 9
_HEAD = {
    "Accept": "application/json, application/problem+json",
    "User-Agent": f"tipsearch/{VERSION}",
}
_NOT_FOUND, _GONE, _WRONG, _TOO_MANY = 404, 410, 422, 429
_SERVER_ERROR = 500


class Client:
    """A library on the network; safe to use from several threads.

    Args:
        address: of its start page, as ``https://library.example``.
        timeout: seconds until it is given up: without a byte, and from the beginning of an answer's body to its end.
        language: of labels and of what is said about queries; as the library likes if empty.

    Raises:
        ConfigError: that is no web address.
    """

    def __init__(self, address: str, *, timeout: float = 30.0, language: str = "") -> None:
        if not _is_start_page(address):
            raise ConfigError(f"a library's address is like https://library.example, not {address!r}")
        self.address = address.rstrip("/")
        self.timeout = timeout
        self._opener = urllib.request.build_opener(_Redirects)
        self._language = language

    def __enter__(self) -> Self:
        """Ready to use, as a `tipsearch.Library` is."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Nothing is kept open between calls; here so that code for a `tipsearch.Library` needs no change."""

    def search(self, request: SearchRequest, *, facets: Sequence[str] | None = None) -> SearchAnswer:
        """Answer a request.

        Args:
            request: the search.
            facets: names of those that the answer is to hold, none if empty, all if None. They can be most of an answer.

        Raises:
            BadRequest: the library doesn't know a value of a facet.
            TooManyRequests: the library wants to be asked less often.
            Unreachable: it doesn't answer, or not as a library does.
        """
        asked = replace(request, ui=request.ui or self._language)
        members: dict[str, object] = dict(_members(asked))
        if facets is not None:
            members["facets"] = list(facets) or [NO_FACETS]
        return remote.answer(self._sent("search", members, shapes.Answer), request)

    def results(self, request: SearchRequest) -> Iterator[Result]:
        """All results of a request, one after another, to the last; as many are fetched at a time as its `size` says.

        Raises:
            CursorExpired: the library has changed meanwhile; begin again. Else as `search`.
        """
        asked = _members(replace(request, ui=request.ui or self._language))
        members: Mapping[str, object] = {**asked, "facets": [NO_FACETS]}
        while True:
            told = self._sent("search", members, shapes.Answer)
            yield from remote.answer(told, request).results
            if told.links.next is None:
                return
            members = dict(_pairs(urlsplit(told.links.next).query))

    def document(self, document_id: str) -> Document:
        """One document, with its evidence and outline; raises `NotFound`, else as `search`."""
        return remote.document(self._read(_place(document_id), shapes.FullDocument, self._spoken()))

    def page(self, document_id: str, number: int) -> Page:
        """One page of a document, with its text; raises `NotFound`, else as `search`."""
        return remote.page(self._read(f"{_place(document_id)}/pages/{number}", shapes.PageText))

    def page_labels(self, document_id: str) -> tuple[str, ...]:
        """The printed label of each page, in order; the number where there is none."""
        told = self._read(_place(document_id), shapes.FullDocument)
        return tuple(page.label for page in told.pages)

    def ocr_pages(self, document_id: str) -> frozenset[int]:
        """Numbers of the pages whose text was read from a picture."""
        told = self._read(_place(document_id), shapes.FullDocument)
        return frozenset(page.number for page in told.pages if page.ocr)

    def similar(self, document_id: str, limit: int = 10) -> tuple[Similar, ...]:
        """The documents most like one; raises `NotFound`, and `BadRequest` if the limit isn't from 1 to 100."""
        told = self._read(f"{_place(document_id)}/similar", shapes.SimilarDocuments, [("size", str(limit))])
        return tuple(map(remote.similar, told.results))

    def suggest(self, text: str, limit: int = 8, language: str = "") -> tuple[Suggestion, ...]:
        """What a reader who is typing may mean; raises `BadRequest` unless from 1 to 20 are wanted."""
        pairs = [("q", text), ("limit", str(limit)), ("ui", language or self._language)]
        told = self._read("suggest", shapes.Suggestions, [pair for pair in pairs if pair[1]])
        return tuple(Suggestion(one.text, one.kind, one.label, one.count) for one in told.suggestions)

    def facet(
        self, name: str, text: str = "", request: SearchRequest | None = None, limit: int = 10
    ) -> tuple[shapes.FoundValue, ...]:
        """Values of a facet.

        Args:
            name: of the facet.
            text: beginnings of words of their labels; all values if empty.
            request: the search under which documents are counted; everything if None.
            limit: how many values at most, 1 to 100.
        """
        pairs = [("q", text), ("size", str(limit))]
        for key, value in pairs_of(request) if request else ():
            if key not in ("page", "size", "sort", "ui"):
                pairs.append(("text" if key == "q" else key, value))
        if language := (request.ui if request else "") or self._language:
            pairs.append(("ui", language))
        return self._read(f"facets/{quote(_whole(name), safe='')}", shapes.FacetValues, pairs).values

    def ready(self) -> bool:
        """Whether the library can answer at the moment."""
        try:
            self._fetched(f"{self.address}/readyz")
        except (Unreachable, UserError):
            return False
        return True

    def _spoken(self) -> Sequence[tuple[str, str]]:
        return [("ui", self._language)] if self._language else []

    def _read(self, path: str, shape: type[S], pairs: Sequence[tuple[str, str]] = ()) -> S:
        query = f"?{urlencode([(name, _whole(value)) for name, value in pairs])}" if pairs else ""
        return self._asked(f"{path}{query}", shape)

    def _sent(self, path: str, members: Mapping[str, object], shape: type[S]) -> S:
        """What is answered to a body: what is searched for stands in no address, and so in nobody's log."""
        return self._asked(path, shape, json.dumps(members).encode())

    def _asked(self, path: str, shape: type[S], body: bytes | None = None) -> S:
        told = self._fetched(f"{self.address}/api/v1/{path}", body)
        try:
            return msgspec.json.decode(told, type=shape)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise Unreachable(
                f"{self.address} doesn't answer as a library does ({error}); check the address"
            ) from error

    def _fetched(self, address: str, body: bytes | None = None) -> bytes:
        head = _HEAD if body is None else {**_HEAD, "Content-Type": "application/json"}
        refused, told = None, b""
        try:
            request = urllib.request.Request(address, body, head)  # noqa: S310  http or https, as was checked
            try:
                response = self._opener.open(request, timeout=self.timeout)
            except urllib.error.HTTPError as error:
                response = refused = error
            with response:
                told = _whole_body(response, self.timeout)
        except (OSError, http.client.HTTPException, ValueError) as error:
            reason = getattr(error, "reason", None) or str(error) or type(error).__name__
            raise Unreachable(f"{self.address} can't be reached: {reason}") from error
        if len(told) > _MOST_BYTES:
            raise Unreachable(f"{self.address} answers more than any library does; check the address")
        if refused:
            raise self._refused(refused, told) from refused
        return told

    def _refused(self, error: urllib.error.HTTPError, body: bytes) -> Exception:
        """The error of ours that an answer stands for."""
        try:
            problem = msgspec.json.decode(body, type=shapes.Problem)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            problem = shapes.Problem("about:blank", "", error.code, f"status {error.code}", ())
        detail = problem.detail
        if error.code == _NOT_FOUND and problem.title:
            return NotFound(detail)
        if error.code == _GONE:
            return CursorExpired(detail)
        if error.code == _TOO_MANY:
            wait = error.headers.get("Retry-After", "")
            return TooManyRequests(
                detail, int(wait) if wait.isdecimal() and len(wait) <= _MOST_DIGITS else 60
            )
        if error.code == _WRONG and problem.errors:
            return BadRequest(problem.errors[0].parameter, detail)
        if error.code < _SERVER_ERROR and problem.title:
            return UserError(detail)
        return Unreachable(f"{self.address} can't answer: {detail}")


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Asks the same again where the same host says that it is elsewhere; urllib itself would leave a search's body behind."""

    def redirect_request(  # noqa: PLR0917  as urllib calls it
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,  # noqa: ARG002  urllib's own names
        msg: str,  # noqa: ARG002
        headers: http.client.HTTPMessage,  # noqa: ARG002
        newurl: str,
    ) -> urllib.request.Request:
        """The request for the new place; raises `Unreachable` if what is searched for would be told to somebody else."""
        if not _is_same_host(urlsplit(req.full_url), urlsplit(newurl)):
            fp.close()
            root = newurl.partition("?")[0].partition("/api/v1/")[0]
            raise Unreachable(f"the library is at {root} now; if you trust that place, use its address")
        return urllib.request.Request(  # noqa: S310  http or https, as urllib has seen to
            newurl.replace(" ", "%20"), req.data, req.headers, method=req.get_method()
        )


def _whole_body(response: IO[bytes], seconds: float) -> bytes:
    """All that is answered, or a byte more than is read of anybody; raises `TimeoutError` if it doesn't come in time."""
    until = time.monotonic() + seconds
    told = bytearray()
    # However few bytes come at a time; an error's answer hands the method on.
    while piece := response.read1(_MOST_BYTES + 1 - len(told)):  # type: ignore[attr-defined]
        told += piece
        if time.monotonic() > until:
            raise TimeoutError("timed out")
    return bytes(told)


def _is_start_page(address: str) -> bool:
    """Whether addresses can be made by writing paths behind this one."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:  # no such port, or half an address in brackets
        return False
    return (
        parts.scheme in ("http", "https")
        and bool(parts.hostname)
        and port != 0
        and not set(address) & set("?#@")
    )


def _is_same_host(here: SplitResult, there: SplitResult) -> bool:
    """Whether `there` is where `here` is, or the same encrypted."""
    is_secured = (here.scheme, there.scheme) == ("http", "https")
    return here.hostname == there.hostname and (
        is_secured or (here.scheme, _port(here)) == (there.scheme, _port(there))
    )


def _port(address: SplitResult) -> int:
    return address.port or (443 if address.scheme == "https" else 80)


def _place(document_id: str) -> str:
    return f"documents/{quote(_whole(document_id), safe='')}"


def _whole(text: str) -> str:
    """The text as it can be sent: what is half a character (a lone surrogate) is told as no character that there is."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _pairs(query: str) -> Iterable[tuple[str, list[str]]]:
    """Names with all their values."""
    return parse_qs(query, keep_blank_values=True).items()


def _members(request: SearchRequest) -> dict[str, list[str]]:
    """The request as the members of a body."""
    members: dict[str, list[str]] = {}
    for name, value in pairs_of(request):
        members.setdefault(name, []).append(value)
    return members
