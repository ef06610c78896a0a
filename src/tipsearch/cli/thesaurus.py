"""Commands on the thesaurus: look at it, check a file of one's own, write it out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tipsearch.errors import NotFound, ThesaurusError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tipsearch.cli.context import App
    from tipsearch.thesaurus import Compiled
    from tipsearch.vocabulary import ConceptData, Vocabulary, VocabularyData

#: As in `tipsearch.thesaurus.FORMATS`, which `--help` needs not load.
_FORMATS = ("turtle", "json-ld", "rdf-xml")


@click.group()
def thesaurus() -> None:
    """Look at the thesaurus of topics, check a file of your own, or write it out.

    A library's own thesaurus, a SKOS file, is named in the settings: it extends the one that comes with the program, or
    takes its place.
    """


@thesaurus.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def check(app: App, file: Path) -> None:
    """Say what a SKOS file holds, and what is wrong with it.

    Turtle, RDF/XML, JSON-LD and N-Triples are understood. Exit status 2 if it can't be used.
    """
    from tipsearch.thesaurus import compile_skos, joined, values_of  # noqa: PLC0415  `--help` needs none of it
    from tipsearch.vocabulary import topics  # noqa: PLC0415  the same

    base = topics() if app.settings.thesaurus.mode == "extend" else None
    try:
        compiled = compile_skos(file, values_of(base))
        whole = joined(compiled, base, file)
    except ThesaurusError as error:
        for problem in error.problems:
            _say(f"error: {problem}")
        count = len(error.problems)
        raise ThesaurusError(
            file, f"{count:,} error{'s' if count > 1 else ''}; it can't be used as it is"
        ) from error
    for line in _counts(compiled, whole, base):
        _say(line)
    for warning in compiled.warnings:
        _say(f"warning: {warning}")


@thesaurus.command()
@click.argument("concept", metavar="[ID]", required=False)
@click.option("--lang", default="en", show_default=True, help="Language of the labels, as a code.")
@click.pass_obj
def show(app: App, concept: str | None, lang: str) -> None:
    """Show a concept: its labels, its place, its scope note, and the words by which texts are known to treat it.

    Without ID the whole tree. A label does for an ID.
    """
    known = _in_force(app)
    if concept is None:
        for one in known:
            _say(f"{'  ' * (len(one.path) - 1)}{known.label(one.value, lang)} ({one.value})")
        return
    value = known.resolve(concept, fuzzy=True)
    if value is None:
        raise NotFound(
            f"the thesaurus has no concept {concept!a}; all of them are listed by: tipsearch thesaurus show"
        )
    (data,) = (one for one in known.data if one.value == value)
    for line in _lines(data, known, lang):
        _say(line)


@thesaurus.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    default="turtle",
    show_default=True,
    help="Form of output.",
)
@click.pass_obj
def export(app: App, form: str) -> None:
    """Write the thesaurus in force to standard output, as a SKOS file to begin one's own from."""
    from tipsearch.thesaurus import to_skos  # noqa: PLC0415  as above

    click.echo(to_skos(_in_force(app).content, form), nl=False)


def _in_force(app: App) -> Vocabulary:
    from tipsearch.thesaurus import in_force  # noqa: PLC0415  as above

    return in_force(app.settings.thesaurus, Path(app.folder))


def _counts(compiled: Compiled, whole: VocabularyData, base: Vocabulary | None) -> Iterator[str]:
    concepts = compiled.content.concepts
    own = {concept.value for concept in concepts}
    tops = sum(concept.parent is None and concept.value in own for concept in whole.concepts)
    labels = sum(
        len(terms) for one in concepts for table in (one.terms, one.bare) for terms in table.values()
    )
    languages = sorted({tag for one in concepts for table in (one.terms, one.bare) for tag in table})
    acronyms = sum(len(one.acronyms) for one in concepts)
    yield f"{len(concepts):,} concepts, {tops:,} of them at the top"
    yield f"{labels:,} labels in {len(languages):,} languages ({', '.join(languages)}), {acronyms:,} acronyms"
    if base:
        both = sum(concept.value in base for concept in concepts)
        yield f"{both:,} of the concepts are the program's own with more to them, {len(concepts) - both:,} are new"


def _lines(one: ConceptData, known: Vocabulary, language: str) -> Iterator[str]:
    """A concept for people."""

    def called(values: Iterable[str]) -> str:
        return ", ".join(f"{known.label(value, language)} ({value})" for value in values)

    yield known.label(one.value, language)
    rows = [
        ("id", one.value),
        ("codes", ", ".join(one.codes)),
        ("facet", known.content.facets.get(one.facet, {}).get(language, one.facet)),
        ("broader", called(reversed(known.ancestors(one.value)))),
        ("narrower", called(known.children(one.value))),
        ("related", called(one.related)),
        ("note", one.note.get(language) or one.note.get("en", "")),
    ]
    rows += [(f"label {tag}", label) for tag, label in one.labels.items()]
    rows += [(f"words {tag}", "; ".join(terms)) for tag, terms in one.terms.items()]
    rows += [(f"weak {tag}", "; ".join(terms)) for tag, terms in one.bare.items()]
    rows.append(("acronyms", "; ".join(one.acronyms)))
    yield from (f"{name + ':':9} {text}" for name, text in rows if text)


def _say(line: str) -> None:
    from tipsearch.cli.text import plain  # noqa: PLC0415  as above

    click.echo(plain(line))
