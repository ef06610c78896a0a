from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pytest
from files import PREFIXES, WHOLE, compiled

from tipsearch.errors import ThesaurusError
from tipsearch.thesaurus import FORMATS, compile_skos, to_skos

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SKOS = "http://www.w3.org/2004/02/skos/core#"
CONCEPT = f"""\
<https://example.org/kafala> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{SKOS}Concept> .
<https://example.org/kafala> <{SKOS}prefLabel> "Kafala"@en .
"""
XML = f"""\
<?xml version="1.0"?>
<!DOCTYPE rdf:RDF [<!ENTITY skos "{SKOS}"> %s]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="{SKOS}">
<rdf:Description rdf:about="https://example.org/kafala">
<rdf:type rdf:resource="&skos;Concept"/><skos:prefLabel xml:lang="en">Kafala</skos:prefLabel>%s
</rdf:Description></rdf:RDF>
"""


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """The address of a server, and what was asked of it."""
    paths: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps({"@context": {"skos": SKOS}}).encode())

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", paths
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("name", "contents"),
    [
        (
            "topics.ttl",
            f"@prefix s: <{SKOS}> . <https://example.org/kafala> a s:Concept ; s:prefLabel 'Kafala'@en .",
        ),
        ("topics.nt", CONCEPT),
        ("topics.rdf", XML % ("", "")),
        (
            "topics.jsonld",
            json.dumps(
                {
                    "@context": {"skos": SKOS},
                    "@id": "https://example.org/kafala",
                    "@type": "skos:Concept",
                    "skos:prefLabel": {"@value": "Kafala", "@language": "en"},
                }
            ),
        ),
        ("topics.txt", XML % ("", "")),
        ("topics.owl", XML % ("", "")),
        ("topics", "\ufeff" + XML % ("", "")),
        ("topics", CONCEPT),
    ],
)
def test_each_format_is_known_by_its_ending_or_its_beginning(
    tmp_path: Path, name: str, contents: str
) -> None:
    path = tmp_path / name
    path.write_text(contents, "utf-8")
    (one,) = compile_skos(path).content.concepts
    assert (one.value, one.label) == ("kafala", "Kafala")


@pytest.mark.parametrize("form", FORMATS)
def test_all_formats_say_the_same(tmp_path: Path, form: str) -> None:
    whole = compiled(tmp_path, WHOLE).content
    path = tmp_path / f"again.{ {'turtle': 'ttl', 'json-ld': 'jsonld', 'rdf-xml': 'rdf'}[form] }"
    path.write_bytes(to_skos(whole, form))
    assert compile_skos(path).content == whole


@pytest.mark.parametrize(
    ("name", "contents", "words"),
    [
        ("t.ttl", PREFIXES + "my:x a skos:Concept", "it is no sound Turtle: "),
        ("t.ttl", "pre:x a pre:Concept .", "it is no sound Turtle: "),
        ("t.rdf", "<rdf:RDF", "it is no sound RDF/XML: "),
        ("t.jsonld", '{"@context": {}', "it is no sound JSON: "),
        ("t.json", "[" * 100_000, "it is no sound JSON: "),
        ("t.nt", "nonsense", "it is no sound N-Triples: "),
        ("t.ttl", "<!DOCTYPE html><p>Not found", "it is no sound RDF/XML: "),
    ],
)
def test_a_broken_file_is_named_with_what_is_broken(
    tmp_path: Path, name: str, contents: str, words: str
) -> None:
    path = tmp_path / name
    path.write_text(contents, "utf-8")
    with pytest.raises(ThesaurusError) as caught:
        compile_skos(path)
    assert str(caught.value).startswith(f"the thesaurus {path}: {words}")
    assert "\n" not in str(caught.value)


def test_bytes_that_are_no_text_are_no_turtle(tmp_path: Path) -> None:
    path = tmp_path / "t.ttl"
    path.write_bytes(PREFIXES.encode() + b"my:x skos:prefLabel 'K\xe4fala'@de .")
    with pytest.raises(ThesaurusError, match="it is no sound Turtle: "):
        compile_skos(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ThesaurusError, match=r"none.ttl: it can't be read: No such file"):
        compile_skos(tmp_path / "none.ttl")


@pytest.mark.parametrize(
    "content",
    [
        '{"@context": "%s/skos.jsonld", "@id": "x"}',
        '[{"@context": [{}, "%s/skos.jsonld"], "@id": "x"}]',
        '{"@context": {"@import": "%s/skos.jsonld"}, "@id": "x"}',
        '{"@context": {"a": {"@id": "urn:a", "@context": "%s/skos.jsonld"}}, "a": {"b": 1}}',
        '{"@context": {}, "@graph": [{"@context": "%s/skos.jsonld"}]}',
    ],
)
def test_no_context_is_fetched(tmp_path: Path, asked: tuple[str, list[str]], content: str) -> None:
    address, paths = asked
    path = tmp_path / "topics.jsonld"
    path.write_text(content % address, "utf-8")
    with pytest.raises(
        ThesaurusError, match=f"it takes its context from {address}/skos.jsonld, and nothing is fetched"
    ):
        compile_skos(path)
    assert not paths


def test_no_entity_is_fetched_or_read(tmp_path: Path, asked: tuple[str, list[str]]) -> None:
    address, paths = asked
    secret = tmp_path / "secret"
    secret.write_text("a secret", "utf-8")
    entities = f'<!ENTITY far SYSTEM "{address}/far"> <!ENTITY near SYSTEM "{secret.as_uri()}">'
    path = tmp_path / "topics.rdf"
    path.write_text(XML % (entities, "<skos:scopeNote>&far;&near;</skos:scopeNote>"), "utf-8")
    (one,) = compile_skos(path).content.concepts
    assert not paths
    assert one.note == {}


def test_no_definition_of_a_document_type_is_fetched(tmp_path: Path, asked: tuple[str, list[str]]) -> None:
    address, paths = asked
    path = tmp_path / "topics.rdf"
    path.write_text((XML % ("", "")).replace("rdf:RDF [", f'rdf:RDF SYSTEM "{address}/rdf.dtd" ['), "utf-8")
    (one,) = compile_skos(path).content.concepts
    assert one.label == "Kafala"
    assert not paths


def test_nothing_that_a_file_imports_is_fetched(tmp_path: Path, asked: tuple[str, list[str]]) -> None:
    address, paths = asked
    text = f'<{address}/> <http://www.w3.org/2002/07/owl#imports> <{address}/more.ttl> . my:x a skos:Concept ; skos:prefLabel "X"@en .'
    assert compiled(tmp_path, text).content.concepts
    assert not paths
