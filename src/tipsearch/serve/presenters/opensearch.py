"""The OpenSearch description (1.1, draft 6): how browsers and programs can search this library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tipsearch.serve.presenters.xml import element, written
from tipsearch.serve.tongue import LANGUAGES, gettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from xml.etree.ElementTree import Element

    from tipsearch.serve.links import PathLinks

#: Longest texts that the specification allows.
_SHORT, _LONG = 16, 48
_PAGED = "q={searchTerms}&page={startPage?}"


def description(
    name: str, icon: str, links: PathLinks, absolute: Callable[[str], str], *, neutral: bool = False
) -> bytes:
    """The description of the library of that name; `icon` is the path of its picture.

    A `neutral` one doesn't tell what the library is about, as browsers list it among their search engines.
    """
    root = element("OpenSearchDescription", {"xmlns": "http://a9.com/-/spec/opensearch/1.1/"})
    root.append(element("ShortName", text=name[:_SHORT].strip()))
    root.append(element("LongName", text=name[:_LONG].strip()))
    about = name if neutral else gettext("Full-text search in the literature on human trafficking")
    root.append(element("Description", text=about))
    root.extend(_urls(links, absolute))
    root.append(element("Image", {"type": "image/svg+xml"}, absolute(icon)))
    if not neutral:
        root.append(element("Query", {"role": "example", "searchTerms": "forced labour"}))
    root.append(element("SyndicationRight", text="open"))
    root.append(element("AdultContent", text="false"))
    root.extend(element("Language", text=tag) for tag in LANGUAGES)
    root.append(element("OutputEncoding", text="UTF-8"))
    root.append(element("InputEncoding", text="UTF-8"))
    return written(root)


def _urls(links: PathLinks, absolute: Callable[[str], str]) -> Iterator[Element]:
    def url(media_type: str, template: str, **attributes: str) -> Element:
        return element("Url", {"type": media_type, "template": absolute(template), **attributes})

    prefix = links.prefix
    yield url("text/html", f"{prefix}/search?{_PAGED}", pageOffset="1")
    yield url("application/atom+xml", f"{prefix}/feed.atom?{_PAGED}&size={{count?}}", pageOffset="1")
    yield url("application/json", f"{prefix}/api/v1/search?{_PAGED}&size={{count?}}", pageOffset="1")
    yield url("application/x-suggestions+json", f"{prefix}/suggest?q={{searchTerms}}", rel="suggestions")
    yield url("application/opensearchdescription+xml", f"{prefix}/opensearch.xml", rel="self")
