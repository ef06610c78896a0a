"""How often one reader may ask: a bucket for each network, filled as time goes by.

Readers aren't known: a bucket belongs to the first part of an address (a /24 of IPv4, a /48 of IPv6) hashed with a salt that is
made anew each day, is kept in memory only and never written anywhere.
"""

from __future__ import annotations

import hashlib
import ipaddress
import math
import secrets
import threading
import time
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING

from flask import g, request

from tipsearch.errors import TooManyRequests
from tipsearch.serve.tongue import ngettext, number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flask import Flask, Response

_MINUTE = 60.0
_DAY = 24 * 60 * _MINUTE
#: Buckets in memory; about 200 bytes each.
_MOST_BUCKETS = 50_000
#: A search box asks while somebody types: so many suggestions are worth a search.
_SUGGESTIONS = 10


class Cost(Enum):
    """What a request to an address costs."""

    #: It searches, or reads what programs read in great numbers.
    SEARCH = "requests"
    #: It searches if the address says for what (``q``).
    WITH_WORDS = "requests with words"
    #: It suggests something to somebody who types, and is counted apart.
    SUGGESTION = "suggestions"


#: What is counted, by endpoint; all others cost little.
COUNTED: Mapping[str, Cost] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                "pages.search",
                "pages.facet",
                "about.world_map",
                "records.record",
                "records.record_for_programs",
                "documents.similar",
                "exports.export",
                "feeds.feed",
                "widget.oembed_answer",
                "widget.builder",
                "api.search",
                "api.search_by_body",
                "api.document",
                "api.page",
                "api.similar",
                "api.facet",
            ),
            Cost.SEARCH,
        ),
        **dict.fromkeys(
            ("documents.document", "documents.page", "viewer.view", "widget.embed_document"), Cost.WITH_WORDS
        ),
        **dict.fromkeys(("api.suggest", "browsers.suggest"), Cost.SUGGESTION),
    }
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a reader stands after a request.

    Attributes:
        allowed: the request may be answered.
        left: requests that may follow at once.
        wait: seconds until the next one may, 0 if it may now.
        full: seconds until all may again.
    """

    allowed: bool
    left: int
    wait: int
    full: int


class Limiter:
    """Token buckets of one server process.

    Args:
        rate: requests a minute; as many may come at once after a minute of silence.
        clock: gives seconds.
    """

    def __init__(self, rate: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.rate = rate
        self._clock = clock
        self._lock = threading.Lock()
        self._salt = secrets.token_bytes(16)
        self._salted = clock()
        self._buckets: dict[bytes, tuple[float, float]] = {}

    def ask(self, address: str) -> Standing:
        """Count a request from an address."""
        with self._lock:
            now = self._clock()
            self._renew(now)
            key = self._key(address)
            tokens, since = self._buckets.pop(key, (float(self.rate), now))
            tokens = min(float(self.rate), tokens + (now - since) * self.rate / _MINUTE)
            allowed = tokens >= 1
            tokens -= allowed
            # The one that asked last stands last, so the first in the dictionary has been silent longest.
            self._buckets[key] = tokens, now
            if len(self._buckets) > _MOST_BUCKETS:
                del self._buckets[next(iter(self._buckets))]
        wait = 0 if tokens >= 1 else math.ceil((1 - tokens) * _MINUTE / self.rate)
        return Standing(allowed, int(tokens), wait, math.ceil((self.rate - tokens) * _MINUTE / self.rate))

    def _renew(self, now: float) -> None:
        if now - self._salted >= _DAY:
            self._salt, self._salted = secrets.token_bytes(16), now
            self._buckets.clear()

    def _key(self, address: str) -> bytes:
        return hashlib.blake2b(network(address).encode(), key=self._salt, digest_size=16).digest()


def network(address: str) -> str:
    """The first part of an address, by which nobody is known: a /24 of IPv4, a /48 of IPv6; ``?`` for what is none."""
    try:
        here = ipaddress.ip_address(_without_port(address).partition("%")[0])
    except ValueError:
        return "?"
    mapped = getattr(here, "ipv4_mapped", None) or here
    return str(ipaddress.ip_network((mapped, 24 if mapped.version == 4 else 48), strict=False))  # noqa: PLR2004  IPv4


def _without_port(address: str) -> str:
    """The address without the port that some proxies put behind it."""
    if address.startswith("["):
        return address[1:].partition("]")[0]
    return address.partition(":")[0] if address.count(":") == 1 else address


def install(app: Flask, rate: int) -> None:
    """Let `app` refuse those who ask more often than `rate` times a minute, and tell all others how they stand.

    Suggestions are counted apart, and ten times as many may be asked for.
    """
    limiters = {Cost.SEARCH: Limiter(rate), Cost.SUGGESTION: Limiter(rate * _SUGGESTIONS)}

    def count() -> None:
        cost = _cost()
        if cost is None:
            return
        limiter = limiters[cost]
        standing = limiter.ask(request.remote_addr or "")
        g.standing = cost.value, limiter.rate, standing
        if not standing.allowed:
            raise TooManyRequests(_refusal(cost, limiter.rate, standing.wait), standing.wait)

    def tell(response: Response) -> Response:
        told: tuple[str, int, Standing] | None = g.get("standing")
        if told:
            name, most, standing = told
            response.headers["RateLimit-Policy"] = f'"{name}";q={most};w={int(_MINUTE)}'
            response.headers["RateLimit"] = f'"{name}";r={standing.left};t={standing.full}'
        return response

    app.before_request(count)
    app.after_request(tell)


def _refusal(cost: Cost, rate: int, wait: int) -> str:
    """What somebody is told who asks too often."""
    if cost is Cost.SUGGESTION:
        return ngettext(
            "More than %(most)s suggestions a minute were asked for from your network. Please ask again in %(count)s second.",
            "More than %(most)s suggestions a minute were asked for from your network. Please ask again in %(count)s seconds.",
            wait,
            most=number(rate),
        )
    return ngettext(
        "More than %(most)s requests a minute came from your network. Please ask again in %(count)s second.",
        "More than %(most)s requests a minute came from your network. Please ask again in %(count)s seconds.",
        wait,
        most=number(rate),
    )


def _cost() -> Cost | None:
    """As what the present request is counted, None if it isn't."""
    if request.method == "OPTIONS":
        return None
    cost = COUNTED.get(request.endpoint or "")
    if cost is Cost.WITH_WORDS:
        return Cost.SEARCH if request.args.get("q", "").strip() else None
    return cost
