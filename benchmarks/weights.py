"""What pages weigh, gzipped: a first view with everything that it loads, all scripts, all style sheets."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING

from tipsearch.paths import web_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask.testing import FlaskClient

_LOADED = re.compile(r"""<(?:link\b[^>]*rel="(?:stylesheet|icon)"|script\b|img\b)[^>]*>""")
_ADDRESS = re.compile(r"""(?:href|src)="([^"]+)\"""")


def weights(client: FlaskClient, pages: Mapping[str, str]) -> dict[str, int]:
    """Bytes of the first view of each page (name to address), of all JavaScript, and of all CSS."""
    found = {f"first_view_{name}": first_view(client, address) for name, address in pages.items()}
    return {**found, "all_js": all_of("js"), "all_css": all_of("css")}


def first_view(client: FlaskClient, address: str) -> int:
    """Bytes of a page with its style sheets, scripts, icon and pictures."""
    text = client.get(address).text
    tags = _LOADED.findall(text)
    loaded = {found[1].replace("&amp;", "&") for tag in tags if (found := _ADDRESS.search(tag))}
    return sum(zipped(client.get(one).data) for one in (address, *sorted(loaded)))


def all_of(kind: str) -> int:
    """Bytes of all static files of a kind, those in folders (the PDF viewer's) left out."""
    return sum(zipped(path.read_bytes()) for path in (web_folder() / "static").glob(f"*.{kind}"))


def zipped(content: bytes) -> int:
    """Bytes of a content once gzipped."""
    return len(gzip.compress(content, 9))
