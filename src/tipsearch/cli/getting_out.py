"""Commands of readers: search, and show a document or a page."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click
import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tipsearch.cli.context import App
    from tipsearch.library import Library
    from tipsearch.model import Document
    from tipsearch.search.answer import SearchAnswer
    from tipsearch.search.request import SearchRequest

#: Documents that `similar` lists at most.
MAX_SIMILAR = 100
FORMATS = ("text", "json", "csv", "ris", "bibtex", "csl-json")
#: Option, attribute of the request, and what it takes.
_FACETS = (
    ("--region", "regions", "Region, country or ISO code."),
    ("--origin", "origins", "Region or country that people are trafficked from."),
    ("--transit", "transits", "Region or country that people are trafficked through."),
    ("--destination", "destinations", "Region or country that people are trafficked to."),
    ("--topic", "topics", "Topic."),
    ("--form", "forms", "Topic that is a form of exploitation."),
    ("--context", "contexts", "Topic of context and people."),
    ("--response", "responses", "Topic of response: prevention, protection, prosecution …"),
    ("--sector", "sectors", "Topic that is an economic sector."),
    ("--type", "types", "Type of publication."),
    ("--lang", "languages", "Language, as a code or by name."),
    ("--publisher", "publishers", "Publisher."),
)


def _facet_options(command: Callable[..., None]) -> Callable[..., None]:
    for option, attribute, says in reversed(_FACETS):
        told = f"{says} Repeat for either of several."
        command = click.option(option, attribute, multiple=True, help=told)(command)
    return command


@click.command()
@click.argument("query", required=False, default="")
@_facet_options
@click.option(
    "--year", multiple=True, metavar="YEARS", help="2019, 2015..2020, 2018.. or unknown. Repeat for either."
)
@click.option(
    "--match", type=click.Choice(["all", "any"]), default="all", show_default=True, help="Words wanted."
)
@click.option("--no-expand", is_flag=True, help="Find only what is typed, no other names of topics.")
@click.option("--no-spell", is_flag=True, help="Correct no misspelt words, even if nothing is found.")
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
    "--format",
    "output",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="Form of output.",
)
@click.option(
    "--ui",
    metavar="LANGUAGE",
    default="",
    help="Language in which you are told how the query was read: en, es, fr, ar, pt, ru, zh. That of the system if not given.",
)
@click.pass_obj
def search(app: App, /, query: str, output: str, **options: object) -> None:
    """Search the library. Without QUERY everything is listed, the newest first.

    All words must be found. "a phrase", "two words"~10 apart, fishing OR seafood, -without or NOT, brackets, traffick*,
    wom?n, mispelt~, title: publisher: author:, region: topic: type: lang: year:2015..2020, page:1..20 or page:(words on
    one page). Put the whole query between single quotes, and -- before one that begins with a minus. docs/query.md has
    it all.

    Values inside a facet are alternatives, facets narrow one another: --region asia --region africa --type guidance
    finds guidance on either continent, --origin nepal --destination qatar documents about both ends of one way. The
    JSON is that of the web API.
    """
    # Data must not depend on where it is made.
    options["ui"] = options["ui"] or (_system_language() if output == "text" else "")
    request = _request(query, options)
    with app.library() as library:
        answer = library.search(request)
        if output not in {"text", "json"} and answer.total > len(answer.results):
            click.echo(
                f"{len(answer.results)} of {answer.total:,} documents; for more: --size (up to 100) and --page",
                err=True,
            )
        click.echo(_rendered(answer, library, output), nl=False)


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


@click.command()
@click.argument("document", metavar="ID")
@click.option(
    "--limit",
    type=click.IntRange(1, MAX_SIMILAR),
    default=10,
    show_default=True,
    help=f"Documents, 1 to {MAX_SIMILAR}.",
)
@click.option("--json", "json", is_flag=True, help="Answer as JSON.")
@click.pass_obj
def similar(app: App, document: str, limit: int, *, json: bool) -> None:
    """List the documents most like one: translations, its series, and others about the same.

    The words after each are those that it shares with the document. The JSON is that of the web API.
    """
    from tipsearch.cli import text  # noqa: PLC0415  `--help` needs no output
    from tipsearch.search.json import similar_to_json  # noqa: PLC0415
    from tipsearch.serve.links import PathLinks  # noqa: PLC0415

    with app.library() as library:
        found = library.similar(document, limit)
        if json:
            shown = similar_to_json(document, limit, found, PathLinks())
            click.echo(msgspec.json.format(msgspec.json.encode(shown)))
        else:
            click.echo("\n".join(text.similar(found, library)))


def _request(query: str, options: dict[str, object]) -> SearchRequest:
    from tipsearch.search.filters import read_years  # noqa: PLC0415  `--help` needs no search
    from tipsearch.search.request import SearchRequest  # noqa: PLC0415

    given = options.pop("year")
    assert isinstance(given, tuple)
    years, undated = read_years(given)
    options |= {name: not options.pop(f"no_{name}") for name in ("expand", "spell")}
    return SearchRequest(query, years=years, undated=undated, **options)  # type: ignore[arg-type]  # click's own types


def _system_language() -> str:
    """The language that the environment asks for, by POSIX's order of precedence."""
    return next((found for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (found := os.environ.get(name))), "")


def _rendered(answer: SearchAnswer, library: Library, output: str) -> str:
    from tipsearch.cli import text  # noqa: PLC0415  `--help` needs no output
    from tipsearch.search import json  # noqa: PLC0415
    from tipsearch.serve.links import PathLinks  # noqa: PLC0415

    documents = [result.document for result in answer.results]
    match output:
        case "json":
            shown = json.answer_to_json(answer, PathLinks(expand=answer.request.expand))
            return msgspec.json.format(msgspec.json.encode(shown)).decode() + "\n"
        case "text":
            return text.answer(answer, library, colour=sys.stdout.isatty())
        case _:
            return _cited(documents, library, output)


def _cited(documents: Sequence[Document], library: Library, output: str) -> str:
    """As the web pages export them; with the library's own addresses only where the settings name one."""
    from tipsearch import cite  # noqa: PLC0415  `--help` needs no output
    from tipsearch.serve.cited import Citing  # noqa: PLC0415

    here = Citing(library, library.settings.web.base_url.rstrip("/") or None, "en")
    return cite.FORMATS[output].write(here.all_placed(documents), here.label)
