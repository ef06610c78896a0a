"""The grammar: Whoosh's query parser with only the syntax that we promise.

``words in any order`` · ``"a phrase"~2`` · ``(groups)`` · ``AND OR NOT`` in capitals · ``-excluded`` · ``field:word`` ·
``pre*`` ``w?ld*card`` · ``mispelt~1``. Words are passed on as typed; no schema, so Whoosh analyses nothing.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

from whoosh import query
from whoosh.qparser import QueryParser, plugins, syntax

#: Facet of each field name that selects one.
FACET_FIELDS = {
    "region": "region", "origin": "origin", "transit": "transit", "destination": "destination", "topic": "topic",
    "form": "form", "context": "context", "response": "response", "sector": "sector", "type": "type",
    "lang": "language", "language": "language", "year": "year",
}  # fmt: skip
#: Says on which page words must stand, not of what a word is.
PAGE_FIELD = "page"
_FIELD_NAMES = "|".join(("title", "publisher", "author", PAGE_FIELD, *FACET_FIELDS))
#: A field name counts at the start of a clause and directly before its value; "title: a colon" is text.
_FIELD = rf"(?<![^\s(+-])(?P<text>(?i:{_FIELD_NAMES})):(?=[^\s)])"
#: Behind a word, which may end in a vowel sign.
_FUZZY = r"(?<=[^\s\"~()*?:])~(?P<maxdist>[0-9])?(?P<prefix>(?!))?(?=[\s)]|$)"
#: What stands between quotation marks, whatever follows them.
_PHRASE = r'"(?P<text>[^"]*)"(?:~(?P<slop>[0-9]+))?'
#: A question mark that ends a word ends a question.
_WILDCARD = r"(?P<text>\*|\?(?=[\w*?]))"


class AllOf(query.And):  # type: ignore[misc]  # Whoosh has no types
    """Clauses side by side when all must match; `And` itself is an explicit AND."""


class AnyOf(query.Or):  # type: ignore[misc]  # Whoosh has no types
    """Clauses side by side when any may match; `Or` itself is an explicit OR."""


class OnePage(query.And):  # type: ignore[misc]  # Whoosh has no types
    """``page:(…)``: what stands in the brackets."""


class _AllGroup(syntax.GroupNode):  # type: ignore[misc]  # Whoosh has no types
    qclass = AllOf


class _AnyGroup(syntax.GroupNode):  # type: ignore[misc]  # Whoosh has no types
    qclass = AnyOf


class _PageGroup(syntax.GroupNode):  # type: ignore[misc]  # Whoosh has no types
    qclass = OnePage
    merging = False
    has_fieldname = True
    fieldname = None


class _FieldsPlugin(plugins.FieldsPlugin):  # type: ignore[misc]  # Whoosh has no types
    """Field names; a group behind ``page:`` stays a group of its own, as its clauses belong together."""

    def do_fieldnames(self, parser: Any, group: Any) -> Any:  # noqa: ANN401 (Whoosh's signature, untyped)
        """The filter that gives each clause the field before it."""
        for place, (name, behind) in enumerate(pairwise(group), start=1):
            is_page = isinstance(name, syntax.FieldnameNode) and name.fieldname.lower() == PAGE_FIELD
            if is_page and isinstance(behind, syntax.GroupNode):
                group[place] = _PageGroup([behind])
        return super().do_fieldnames(parser, group)


class _PhrasePlugin(plugins.PhrasePlugin):  # type: ignore[misc]  # Whoosh has no types
    """Phrases whose ``~n`` is the number of words between; Whoosh counts steps, so that adjacent is 1."""

    class PhraseTagger(plugins.PhrasePlugin.PhraseTagger):  # type: ignore[misc]  # Whoosh has no types
        """Makes a phrase of what stands between quotation marks."""

        def create(self, parser: Any, match: Any) -> Any:  # noqa: ARG002, ANN401 (Whoosh's signature, untyped)
            """The syntax node of the phrase."""
            slop = match.group("slop")
            steps = 1 + (int(slop[:3]) if slop else 0)
            return plugins.PhrasePlugin.PhraseNode(match.group("text"), match.start("text"), steps)

    def taggers(self, parser: Any) -> Any:  # noqa: ARG002, ANN401 (Whoosh's signature, untyped)
        """The tagger above, at Whoosh's priority."""
        return [(self.PhraseTagger(self.expr), 0)]


@cache
def _parser(match: str) -> QueryParser:
    operators = plugins.OperatorsPlugin(
        And=r"(?<=[\s)\"])AND(?=[\s(\"])",
        Or=r"(?<=[\s)\"])OR(?=[\s(\"])",
        Not=r"(?<![^\s(])(?:NOT(?=[\s(\"])|-(?=[^\s-]))",
        AndNot=None,
        AndMaybe=None,
        Require=None,
    )
    used = [
        _FieldsPlugin(_FIELD),
        plugins.WildcardPlugin(_WILDCARD),
        _PhrasePlugin(_PHRASE),
        plugins.FuzzyTermPlugin(_FUZZY),
        plugins.GroupPlugin(),
        operators,
    ]
    return QueryParser(None, None, plugins=used, group=_AnyGroup if match == "any" else _AllGroup)


def whoosh_tree(text: str, match: str) -> query.Query:
    """What Whoosh makes of a prepared text.

    Raises:
        RecursionError, IndexError, NotImplementedError: known failures of Whoosh on odd texts.
    """
    return _parser(match).parse(text, normalize=False)
