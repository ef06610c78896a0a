"""Figures for Prometheus: how many requests, how they were answered, how long that took, and what the library holds.

Requests are told apart by the route's pattern, never by what was asked or who asked.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from flask import Response, g, request

from tipsearch.errors import ConfigError, TipsearchError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask
    from prometheus_client.core import GaugeMetricFamily

    from tipsearch.serve.library import Library

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
_NO_ROUTE = "(none)"


class _Holdings:
    """What the library holds, read when it is asked for."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def collect(self) -> Iterator[GaugeMetricFamily]:
        from prometheus_client.core import GaugeMetricFamily  # noqa: PLC0415  an extra

        try:
            status = self._library.status()
        except (TipsearchError, OSError):
            return
        for name, says, value in (
            ("documents", "Documents in the library", status.documents),
            ("pages", "Pages in the library", status.pages),
            ("waiting", "Documents that the index hasn't taken in yet", status.waiting),
            ("generation", "Generation of the index", status.generation),
        ):
            yield GaugeMetricFamily(f"tipsearch_{name}", says, value)


def install(app: Flask, library: Library) -> None:
    """Let `app` count its requests, and tell at ``/metrics``.

    Raises:
        ConfigError: prometheus-client isn't installed.
    """
    try:
        from prometheus_client import (  # noqa: PLC0415  an extra
            CONTENT_TYPE_LATEST,
            CollectorRegistry,
            Counter,
            Histogram,
            generate_latest,
        )
    except ImportError as error:
        raise ConfigError(
            'metrics = true wants prometheus-client; install it with: pip install "tipsearch[metrics]"'
        ) from error
    registry = CollectorRegistry()
    registry.register(_Holdings(library))
    requests = Counter(
        "tipsearch_requests", "Requests answered", ("route", "method", "status"), registry=registry
    )
    seconds = Histogram(
        "tipsearch_request_seconds", "Time to an answer", ("route",), buckets=_SECONDS, registry=registry
    )

    def begin() -> None:
        g.begun = time.perf_counter()

    def count(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else _NO_ROUTE
        # Whatever else somebody may call a method, it is no label of ours.
        method = request.method if request.url_rule else _NO_ROUTE
        requests.labels(route, method, response.status_code).inc()
        if "begun" in g:
            seconds.labels(route).observe(time.perf_counter() - g.begun)
        return response

    def metrics() -> Response:
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)

    # Before all others, so that what they refuse is timed, too.
    app.before_request_funcs.setdefault(None, []).insert(0, begin)
    app.after_request(count)
    app.add_url_rule("/metrics", "metrics", metrics)
