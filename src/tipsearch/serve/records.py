"""Records of searches, to be kept with what they found."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flask import Blueprint, Response

from tipsearch.search.request import SearchRequest
from tipsearch.serve.addresses import answered, read_strictly
from tipsearch.serve.context import absolute, links, names, render, site
from tipsearch.serve.presenters.record import Where, record_json, search_record

if TYPE_CHECKING:
    from tipsearch.search.answer import SearchAnswer

blueprint = Blueprint("records", __name__)
_DEFAULT = SearchRequest()


@blueprint.get("/search/record")
def record() -> Response:
    """The record of the search of this address, to read and to print."""
    answer, where = _searched()
    page = search_record(answer, where, names(), links(), links().search(read_strictly()))
    return Response(render("record.html", page=page), content_type="text/html; charset=utf-8")


@blueprint.get("/search/record.json")
def record_for_programs() -> Response:
    """The same as JSON."""
    answer, where = _searched()
    body = record_json(answer, where, absolute, links())
    return Response(json.dumps(body, ensure_ascii=False, indent=2), content_type="application/json")


def _searched() -> tuple[SearchAnswer, Where]:
    """The answer, and where and when it was found."""
    answer, library = answered(replace(read_strictly(), page=1, size=_DEFAULT.size)), site().library
    where = Where(
        library=site().settings.name,
        identity=library.identity(),
        status=library.status(),
        address=absolute(links().search(answer.request)),
        when=datetime.now(UTC),
    )
    return answer, where
