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
from tipsearch.cli.getting_out import search
from tipsearch.config import Settings
from tipsearch.query.wording import LANGUAGES
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


def test_the_languages_that_are_spoken_are_named_wherever_one_can_be_chosen() -> None:
    row = next(line for line in API.splitlines() if line.startswith("| `ui` |"))
    assert ", ".join(f"`{one}`" for one in LANGUAGES) in row
    told = ", ".join(LANGUAGES)
    ui = next(one for one in search.params if one.name == "ui")
    assert told in str(ui.to_info_dict()["help"])
    assert told in (ROOT / "docs" / "commands.md").read_text("utf-8")


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


#: What is typed on the page about the API, and the answer that follows, if one is shown before anything else is typed.
EXAMPLES = re.findall(
    r"^    curl 'http://127\.0\.0\.1:8000([^']+)'(?: --json '([^']+)')?\n((?:(?!    curl |```|## ).*\n)*)(?:```json\n((?:(?!```).*\n)+))?",
    API,
    re.MULTILINE,
)
#: Numbers that are other ones each time, or with each version's ranking.
CHANGING = ("took_ms", "score")


def agrees(shown: Any, told: Any, name: str = "") -> bool:
    """Whether that is what is shown, where ``…`` at an end stands for the rest of a text or a list."""
    if isinstance(shown, dict):
        return shown.keys() == told.keys() and all(agrees(shown[one], told[one], one) for one in shown)
    if isinstance(shown, list):
        is_cut = shown[-1:] == ["…"]
        given = shown[:-1] if is_cut else shown
        return (len(given) < len(told) if is_cut else len(given) == len(told)) and all(
            agrees(*pair) for pair in zip(given, told, strict=False)
        )
    if isinstance(shown, str) and shown.endswith("…"):
        return isinstance(told, str) and told.startswith(shown.removesuffix("…"))
    return isinstance(told, float) if name in CHANGING else bool(shown == told)


def test_the_api_page_shows_answers_to_nearly_all_that_it_says_to_type() -> None:
    assert len(EXAMPLES) == API.count("    curl ")
    assert [address for address, *_, answer in EXAMPLES if not answer] == ["/api/v1/search"]


@pytest.mark.parametrize(("address", "body", "_", "shown"), EXAMPLES, ids=lambda one: one[:40])
def test_what_the_api_page_says_to_type_is_answered_as_it_says(
    client: FlaskClient, address: str, body: str, _: str, shown: str
) -> None:
    response = client.post(address, json=json.loads(body)) if body else client.get(address)
    assert response.status_code == (422 if "size=1000" in address else 200)
    assert not shown or agrees(json.loads(shown), response.json)


@pytest.mark.parametrize(
    ("shown", "told"),
    [
        ({"a": 1}, {"a": 2}),
        ({"a": 1}, {"a": 1, "b": 2}),
        ({"a": [1]}, {"a": [1, 2]}),
        ({"a": [1, "…"]}, {"a": [1]}),
        ({"a": [2, "…"]}, {"a": [1, 2]}),
        ({"a": "text …"}, {"a": "texts"}),
        ({"score": 1.5}, {"score": None}),
    ],
)
def test_an_example_that_is_not_so_is_found_out(shown: Any, told: Any) -> None:
    assert not agrees(shown, told)
