"""Regions, roles and topics measured on real literature, which lies outside the project.

The folder is named by ``TIPSEARCH_DATA``; ``literature/*.json`` here holds the labels of its documents that were read and
labelled for this, drawn at random before any rule was tuned on them (``topics-held-out`` are 40 further ones on which none was): ``topics``,
``regions`` and ``roles`` are what must be there, ``also`` what another librarian might reasonably add; that is neither missed nor wrong. In the measures called
*strict* it is wrong. Values imply those above them.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from metrics import Metric, mean, share
from truth import HERE

from tipsearch import vocabulary
from tipsearch.enrich import enrich
from tipsearch.extract import read
from tipsearch.model import Field, Origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from tipsearch.model import Record

LABELS = HERE / "literature"
#: What documents are labelled with.
KINDS = ("regions", "roles", "topics", "topics-held-out")
#: The region tags of ``pages`` and what they mean.
GIVEN = {
    "Africa": "africa",
    "Asia": "asia",
    "Europe": "europe",
    "Global": "global",
    "Latin America": "latin-america-and-the-caribbean",
    "Middle East": "western-asia",
}
#: Countries of ``factbook_tip`` that went wrong when it was cut from its source.
_MENDED = {"none": "Central African Republic", "The Dominican": "Dominican Republic"}


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of a document: values, the weightiest first."""

    regions: tuple[str, ...]
    topics: tuple[str, ...]
    roles: tuple[str, ...]


def measure(data: Path) -> dict[str, Metric]:
    """All measures of tagging on the literature in that folder."""
    summaries, reports = _summaries(data), _reports(data)
    return {
        "literature.country.summaries": _first_country(summaries, _rows(data, "dol_tda"), "id"),
        "literature.country.reports": _first_country(reports, _gold_reports(data), "file"),
        "literature.country.profiles": _first_country(
            _profiles(data), [row for row in _rows(data, "factbook_tip") if row["fields"]], "id"
        ),
        "literature.region-of-publisher": _within(summaries, _rows(data, "dol_tda")),
        "literature.given-regions": _given(data),
        **_labelled("regions", {**summaries, **reports}),
        **_labelled("roles", _profiles(data)),
        **_labelled("topics", {**summaries, **_profiles(data), **_guidance(data), **_laws(data)}),
        **_labelled("topics-held-out", {**summaries, **_profiles(data), **_guidance(data), **_laws(data)}),
        **_parallel(data),
    }


def tell(lines: Iterable[Mapping[str, Any]]) -> dict[str, Told]:
    """What is told of documents given as JSON lines (id, title, text, lang)."""
    content = "\n".join(json.dumps(line) for line in lines).encode()
    records = enrich(read(content, "literature.jsonl")).records
    return {_identifier(record): told(record) for record in records}


def told(record: Record) -> Told:
    """The values of a record."""
    return Told(*(_by_weight(record, field) for field in (Field.REGION, Field.TOPIC, Field.ROLE)))


def _by_weight(record: Record, field: Field) -> tuple[str, ...]:
    facts = sorted((fact for fact in record.facts if fact.field is field), key=lambda fact: -fact.weight)
    return tuple(fact.value for fact in facts)


def _identifier(record: Record) -> str:
    return (record.first(Field.IDENTIFIER) or "").partition("#")[2]


@cache
def _rows(data: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in _lines(data / "literature" / f"{name}.jsonl")]


def _lines(file: Path) -> list[str]:
    """The lines of a file; not those of splitlines(), as U+2028 may stand inside a JSON text."""
    return file.read_text(encoding="utf-8").rstrip("\n").split("\n")


@cache
def _gold_reports(data: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in _lines(data / "reports" / "gold.jsonl")]


@cache
def _summaries(data: Path) -> dict[str, Told]:
    return tell(_plain(row) for row in _rows(data, "dol_tda"))


@cache
def _guidance(data: Path) -> dict[str, Told]:
    return tell(_plain(row) for row in _rows(data, "dol_comply_chain"))


@cache
def _laws(data: Path) -> dict[str, Told]:
    return tell(_plain(row) for row in _rows(data, "uscode_trafficking"))


@cache
def _profiles(data: Path) -> dict[str, Told]:
    """Country profiles, which have no title and need not name their country first."""
    return tell(
        {"id": row["id"], "text": "\n\n".join(f"{name}: {text}" for name, text in row["fields"].items())}
        for row in _rows(data, "factbook_tip")
        if row["fields"]
    )


@cache
def _reports(data: Path) -> dict[str, Told]:
    found = {}
    for row in _gold_reports(data):
        path = data / "reports" / row["file"]
        found[row["file"]] = told(enrich(read(path.read_bytes(), path.name)).records[0])
    return found


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """What a library would be handed of a row: nothing that says the answer."""
    return {"id": row["id"], "text": row["text"] or row["title"]} | (
        {"title": row["title"]} if row.get("title") else {}
    )


def _first_country(found: Mapping[str, Told], rows: Sequence[Mapping[str, Any]], key: str) -> Metric:
    return share(
        {
            f"{row[key]} is {found[row[key]].regions[:3]}": _country(row["country"])
            in found[row[key]].regions[:1]
            for row in rows
            if row["country"]
        }
    )


def _country(name: str) -> str | None:
    return vocabulary.regions().resolve(_MENDED.get(name, name))


def _within(found: Mapping[str, Told], rows: Sequence[Mapping[str, Any]]) -> Metric:
    """Shares of documents without any region outside the part of the world in which their publisher files them."""
    tree = vocabulary.regions()
    outcomes = {}
    for row in rows:
        named = tree.resolve_all(row["region_gold"] or "")
        allowed = {*named, *tree.path(_country(row["country"]) or "")}
        outside = [value for value in found[row["id"]].regions if not allowed & {*tree.path(value)}]
        outcomes[f"{row['id']} has {outside}"] = not outside
    return share(outcomes)


def _given(data: Path) -> Metric:
    """Whether the region that a site's cards tag a page with is normalised to the right value."""
    tagged: dict[str, set[str]] = defaultdict(set)
    for path in sorted((data / "pages").glob("*/*.html")):
        for record in enrich(read(path.read_bytes(), path.name)).records:
            regions = (fact for fact in record.facts if fact.field is Field.REGION)
            url = (record.first(Field.URL) or "").strip("/").rpartition("/")[2]
            tagged[url] |= {fact.value for fact in regions if fact.origin is Origin.SOURCE}
    outcomes = {}
    for line in _lines(data / "pages" / "gold.jsonl"):
        gold = json.loads(line)
        url = gold["url"].strip("/")
        if gold["region"] and tagged[url]:  # some pages have no card anywhere
            outcomes[f"{url} {gold['region']} is {tagged[url]}"] = tagged[url] == {GIVEN[gold["region"]]}
    return share(outcomes)


def digest() -> str:
    """SHA-256 over the labels."""
    content = b"".join((LABELS / f"{name}.json").read_bytes() for name in KINDS)
    return hashlib.sha256(content).hexdigest()


def labels(name: str) -> dict[str, dict[str, list[str]]]:
    """The labels of one kind by document."""
    found: dict[str, dict[str, list[str]]] = json.loads((LABELS / f"{name}.json").read_text("utf-8"))
    return found


def _labelled(name: str, found: Mapping[str, Told]) -> dict[str, Metric]:
    """Recall and precision over all labels of a file, and the share of documents without a wrong value."""
    kind = name.partition("-")[0]
    recalled: dict[str, bool] = {}
    precise: dict[str, bool] = {}
    strict: dict[str, bool] = {}
    clean: dict[str, bool] = {}
    for document, one in labels(name).items():
        ours = getattr(found[document], kind)
        wanted, allowed = set(one[kind]), _above(kind, {*one[kind], *one["also"]})
        reached = _above(kind, ours)
        recalled |= {f"{document} lacks {value}": value in reached for value in wanted}
        precise |= {f"{document} has {value}": value in allowed for value in ours}
        strict |= {f"{document} has {value}": value in _above(kind, wanted) for value in ours}
        clean[f"{document} has {[value for value in ours if value not in allowed]}"] = {*ours} <= allowed
    recall, precision, strictly = share(recalled), _share(precise), _share(strict)
    return {
        f"literature.{name}.recall": recall,
        f"literature.{name}.precision": precision,
        f"literature.{name}.f1": _f1(precision, recall),
        f"literature.{name}.f1-strict": _f1(strictly, recall),
        f"literature.{name}.documents-without-a-wrong-one": share(clean),
    }


def _share(outcomes: Mapping[str, bool]) -> Metric:
    """As `share`; of nothing told, nothing is right."""
    return share(outcomes) if outcomes else Metric(0.0, 0)


def _f1(precision: Metric, recall: Metric) -> Metric:
    both = precision.value + recall.value
    value = 2 * precision.value * recall.value / both if both else 0.0
    return Metric(value, recall.count)


def _above(kind: str, values: Iterable[str]) -> set[str]:
    tree = vocabulary.topics() if kind == "topics" else vocabulary.regions()
    if kind != "roles":
        return {above for value in values for above in tree.path(value)}
    parts = (value.split(":") for value in values)
    return {f"{role}:{above}" for role, place in parts for above in tree.path(place)}


def _parallel(data: Path) -> dict[str, Metric]:
    """Whether a text's English, Spanish and French versions get the same topics: all of them, and the main one.

    And how many of the topics of all versions each of them has, on average over texts.
    """
    told_of = _guidance(data)
    same, main, shared = {}, {}, {}
    for name, versions in _groups(data):
        topics = [told_of[row["id"]].topics for row in versions]
        union, common = {*chain(*topics)}, set.intersection(*map(set, topics))
        same[f"{name} differs in {sorted(union - common)}"] = union == common
        main[f"{name}: {[one[:1] for one in topics]}"] = len({one[:1] for one in topics}) == 1
        shared[name] = sum(map(len, topics)) / (len(topics) * len(union)) if union else 1.0
    return {
        "literature.topics.parallel": share(same),
        "literature.topics.parallel-main": share(main),
        "literature.topics.parallel-shared": mean(shared),
    }


def _groups(data: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    groups = defaultdict(list)
    for row in _rows(data, "dol_comply_chain"):
        if row["lang"] in {"en", "es", "fr"}:
            groups[row["group"]].append(row)
    yield from ((name, rows) for name, rows in sorted(groups.items()) if len(rows) == 3)
