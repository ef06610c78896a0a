"""What the documents promise, held against the program."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from tipsearch import SearchRequest
from tipsearch.config import Settings
from tipsearch.serve.app import create_app
from tipsearch.serve.declared import FACET_PARAMETERS
from tipsearch.serve.params import PARAMETERS

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from tipsearch import Library

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "corpus.sample"
README = (ROOT / "README.md").read_text("utf-8")
API = (ROOT / "docs" / "api.md").read_text("utf-8")
FACETS = (*FACET_PARAMETERS, "year")
DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]


@pytest.fixture(scope="module")
def client(sample: Library) -> FlaskClient:
    return create_app(sample).test_client()


def code_blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def first_cells(text: str, heading: str) -> list[str]:
    """The first column of the table under a heading, without the table's own head."""
    part = re.split(r"^#{2,3} ", text.partition(f"{heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]
    rows = re.findall(r"^\| (.*?) \|", part, re.MULTILINE)
    assert len(rows) > 1, heading
    return rows[1:]


def keys(value: object, path: str = "") -> set[str]:
    """The paths of all keys. What lies below ``children`` counts as what it is a child of, and all facets are alike."""
    if isinstance(value, list):
        return set().union(*(keys(one, path) for one in value))
    if not isinstance(value, dict):
        return set()
    found: set[str] = set()
    for name, inner in value.items():
        below = path if name in ("children", *(FACETS if path == ".facets" else ())) else f"{path}.{name}"
        found |= {f"{path}.{name}", *keys(inner, below)}
    return found


def test_settings_names_every_setting_with_its_default() -> None:
    (block,) = code_blocks((ROOT / "docs" / "settings.md").read_text("utf-8"), "toml")
    documented = tomllib.loads(block)
    assert keys(documented) == keys(msgspec.to_builtins(Settings()))
    assert msgspec.convert(documented, Settings) == Settings()


def test_commands_says_what_the_program_says() -> None:
    command = [sys.executable, str(ROOT / "tools" / "make_docs.py"), "--check"]
    assert subprocess.run(command, check=False).returncode == 0


def test_api_names_every_parameter() -> None:
    named = [
        name for cell in first_cells(API, "## `GET /api/v1/search`") for name in re.findall(r"`(\w+)`", cell)
    ]
    assert sorted(named) == sorted([*PARAMETERS, "facets", "cursor"])


@pytest.mark.parametrize(
    "query", ["", "q=kafala+fees&region=asia&size=1", "q=traffick*&year=2020..", "q=forsed+labour"]
)
def test_api_shows_every_key_of_an_answer(client: FlaskClient, query: str) -> None:
    shown = keys(json.loads(code_blocks(API, "json")[0]))
    assert keys(client.get(f"/api/v1/search?{query}").json) <= shown


def test_api_shows_every_key_of_a_document(client: FlaskClient, sample: Library) -> None:
    shown = keys(json.loads(code_blocks(API, "json")[1]))
    for result in sample.search(SearchRequest(size=100)).results:
        assert keys(client.get(f"/api/v1/documents/{result.document.id}").json) <= shown


def test_api_shows_every_key_of_similar_documents(client: FlaskClient, sample: Library) -> None:
    shown = keys(json.loads(code_blocks(API, "json")[3]))
    for result in sample.search(SearchRequest(size=100)).results:
        assert keys(client.get(f"/api/v1/documents/{result.document.id}/similar").json) <= shown


def test_the_example_of_suggestions_is_what_the_api_answers(client: FlaskClient) -> None:
    shown = json.loads(code_blocks(API, "json")[4])
    assert client.get("/api/v1/suggest?q=region:asia+deb&limit=2").json == shown


def test_the_example_of_similar_documents_is_what_the_api_answers(client: FlaskClient) -> None:
    shown = json.loads(code_blocks(API, "json")[3])
    answer: Any = client.get(shown["links"]["self"]).json
    assert answer["results"][0]["title"] == shown["results"][0]["title"]
    assert answer["results"][0]["relation"] == shown["results"][0]["relation"]


def test_api_shows_an_error_as_it_is(client: FlaskClient) -> None:
    assert client.get("/api/v1/search?size=1000").json == json.loads(code_blocks(API, "json")[-1])


def test_the_example_of_the_api_is_what_it_answers(client: FlaskClient) -> None:
    shown = json.loads(code_blocks(API, "json")[0])
    answer: Any = client.get(shown["links"]["self"]).json
    assert answer["total"] == shown["total"]
    assert answer["query"] == shown["query"]
    assert answer["results"][0]["title"] == shown["results"][0]["title"]


@pytest.mark.parametrize("row", first_cells(README, "### What to type"))
def test_what_the_readme_says_to_type_is_understood_and_finds_some_documents(
    sample: Library, row: str
) -> None:
    answers = [sample.search(SearchRequest(query)) for query in re.findall(r"`([^`]+)`", row)]
    assert not [notice for answer in answers for notice in answer.query.notices]
    everything = sample.status().documents
    assert any(0 < answer.total < everything for answer in answers)
    assert all(answer.total < everything for answer in answers)


def test_the_example_of_the_readme_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (example,) = code_blocks(README, "python")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reports").mkdir()
    shutil.copy(SAMPLE / "reports" / "forced-labour-at-sea-south-east-asia.pdf", tmp_path / "reports")
    exec(compile(example, "README.md", "exec"), {})  # noqa: S102  our own text
    assert re.match(r"1 Forced labour at sea: fishing in South-East Asia \d$", capsys.readouterr().out)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_to_a_file_leads_to_one(document: Path) -> None:
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text("utf-8"))
    assert not [target for target in targets if not (document.parent / target).exists()]


def test_the_readme_names_every_command() -> None:
    from tipsearch.cli import program

    named = {cell.strip("`").split()[0] for cell in first_cells(README, "## Use it")}
    assert named == set(program.commands)


def test_the_examples_of_a_page_and_of_a_facet_are_what_the_api_answers(client: FlaskClient) -> None:
    page, facet = (json.loads(code_blocks(API, "json")[number]) for number in (2, 5))
    told: Any = client.get(page["links"]["self"]).json
    assert told["text"].startswith(page["text"].removesuffix("…"))
    assert told["spans"][0] == page["spans"][0]
    assert {**told, "text": "", "spans": []} == {**page, "text": "", "spans": []}
    assert client.get(facet["links"]["self"]).json == facet


@pytest.mark.parametrize(
    "command", re.findall(r"^    curl '([^']+)'(?: --json '([^']+)')?", API, re.MULTILINE)
)
def test_what_the_api_page_says_to_type_is_answered(client: FlaskClient, command: tuple[str, str]) -> None:
    address, body = command
    path = address.removeprefix("http://127.0.0.1:8000")
    response = client.post(path, json=json.loads(body)) if body else client.get(path)
    assert response.status_code == 200
