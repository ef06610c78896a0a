"""Commands of readers: search, and show a document or a page."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click
import msgspec

if TYPE_CHECKING:
    from tipsearch.cli.context import App
    from tipsearch.library import Library
    from tipsearch.search.answer import SearchAnswer
    from tipsearch.search.request import SearchRequest

FORMATS = ("text", "json", "csv", "ris", "bibtex", "csl-json")


@click.command()
@click.argument("query", required=False, default="")
@click.option("--region", multiple=True, help="Region, country or ISO code. Repeat for either of several.")
@click.option("--topic", multiple=True, help="Topic. Repeat for either of several.")
@click.option("--type", "kind", multiple=True, help="Type of publication. Repeat for either of several.")
@click.option("--lang", multiple=True, help="Language, as a code or by name. Repeat for either of several.")
@click.option("--publisher", multiple=True, help="Publisher. Repeat for either of several.")
@click.option("--year", multiple=True, metavar="YEARS", help="2019, 2015..2020 or 2018.. Repeat for either.")
@click.option(
    "--match", type=click.Choice(["all", "any"]), default="all", show_default=True, help="Words wanted."
)
@click.option(
    "--sort",
    type=click.Choice(["relevance", "newest", "oldest", "title"]),
    default="relevance",
    show_default=True,
    help="Order of results.",
)
@click.option("--page", default=1, show_default=True, help="Page of results.")
@click.option("--size", default=10, show_default=True, help="Results a page, 1 to 100.")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="Form of output."
)
@click.pass_obj
def search(app: App, /, query: str, form: str, **options: object) -> None:
    """Search the library. Without QUERY everything is listed, the newest first.

    Values inside a facet are alternatives, facets narrow one another: --region asia --region africa --type guidance
    finds guidance on either continent. The JSON is that of the web API.
    """
    request = _request(query, options)
    with app.library() as library:
        answer = library.search(request)
        if form not in {"text", "json"} and answer.total > len(answer.results):
            click.echo(
                f"{len(answer.results)} of {answer.total:,} documents; for more: --size (up to 100) and --page",
                err=True,
            )
        click.echo(_rendered(answer, library, form), nl=False)


@click.command()
@click.argument("document", metavar="ID")
@click.option("--page", type=click.IntRange(1), help="Show the text of that page.")
@click.option("--json", "json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
def show(app: App, document: str, page: int | None, *, json: bool) -> None:
    """Show a document's record, or the text of one of its pages."""
    from tipsearch.cli import text  # noqa: PLC0415  `--help` needs no output

    with app.library() as library:
        if page is not None:
            found = library.page(document, page)
            if found.ocr and not json:
                click.echo(
                    "Read by OCR from a picture of the page; single characters may be wrong.", err=True
                )
            click.echo(msgspec.json.encode(found) if json else text.plain(found.text))
        else:
            record = library.document(document)
            click.echo(msgspec.json.encode(record) if json else text.document(record, library))


def _request(query: str, options: dict[str, object]) -> SearchRequest:
    from tipsearch.search.filters import read_years  # noqa: PLC0415  `--help` needs no search
    from tipsearch.search.request import SearchRequest  # noqa: PLC0415

    years = options.pop("year")
    assert isinstance(years, tuple)
    renamed = {
        "region": "regions",
        "topic": "topics",
        "kind": "types",
        "lang": "languages",
        "publisher": "publishers",
    }
    values = {renamed.get(name, name): value for name, value in options.items()}
    return SearchRequest(query, years=tuple(read_years(one) for one in years), **values)  # type: ignore[arg-type]  # click's own types


def _rendered(answer: SearchAnswer, library: Library, form: str) -> str:
    from tipsearch import cite  # noqa: PLC0415  `--help` needs no output
    from tipsearch.cli import text  # noqa: PLC0415
    from tipsearch.search import json  # noqa: PLC0415
    from tipsearch.serve.links import PathLinks  # noqa: PLC0415

    documents = [result.document for result in answer.results]
    match form:
        case "json":
            shown = json.answer_to_json(answer, PathLinks())
            return msgspec.json.format(msgspec.json.encode(shown)).decode() + "\n"
        case "text":
            return text.answer(answer, library, colour=sys.stdout.isatty())
        case _:
            return cite.FORMATS[form].write(documents)
