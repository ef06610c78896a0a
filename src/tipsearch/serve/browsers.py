"""For the search box of browsers: suggestions in the form that OpenSearch descriptions name."""

from __future__ import annotations

import json

from flask import Blueprint, Response, request

from tipsearch.serve import tongue
from tipsearch.serve.context import absolute, links, site
from tipsearch.serve.declared import MOST_TEXT
from tipsearch.serve.tongue import ngettext

blueprint = Blueprint("browsers", __name__)
#: As many as browsers show.
_SUGGESTIONS = 8


@blueprint.get("/suggest")
def suggest() -> Response:
    """What was typed, then texts, what is said of each, and where each leads (OpenSearch Suggestions 1.1)."""
    text = request.args.get("q", "")
    found = site().library.suggest(text[:MOST_TEXT], _SUGGESTIONS, tongue.wanted())
    body = [
        text,
        [one.text for one in found],
        [ngettext("%(count)s document", "%(count)s documents", one.count) for one in found],
        [absolute(links().words(one.text)) for one in found],
    ]
    response = Response(json.dumps(body, ensure_ascii=False), content_type="application/x-suggestions+json")
    response.vary.add("Accept-Language")
    return response
