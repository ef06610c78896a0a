"""`tipsearch thesaurus` as librarians meet it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from tipsearch.thesaurus import compile_skos
from tipsearch.vocabulary import topics

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from program import Program

    Run = Callable[..., subprocess.CompletedProcess[str]]

OURS = """\
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix : <urn:tipsearch:topic:> .
:peshgi a skos:Concept ; skos:prefLabel "Peshgi advances"@en , "Adelantos"@es ; skos:broader :debt-bondage ;
    skos:scopeNote "Advances that bind families to a kiln."@en .
:debt-bondage skos:altLabel "jeeta" .
"""


@pytest.fixture
def run(tmp_path: Path, tipsearch_program: Program) -> Run:
    """Runs ``tipsearch`` in a folder with a file of one's own."""
    (tmp_path / "ours.ttl").write_text(OURS, "utf-8")
    return partial(tipsearch_program.run, cwd=tmp_path)


@pytest.fixture
def in_force(tmp_path: Path) -> None:
    (tmp_path / "tipsearch.toml").write_text('[thesaurus]\nfile = "ours.ttl"\n', "utf-8")


def test_check_counts_and_warns(run: Run) -> None:
    done = run("thesaurus", "check", "ours.ttl")
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "2 concepts, 0 of them at the top",
        "3 labels in 2 languages (en, es), 0 acronyms",
        "1 of the concepts are the program's own with more to them, 1 are new",
        "warning: labels without a language are taken for English (1): debt-bondage",
    ]


def test_check_names_all_errors_and_exits_with_2(run: Run, tmp_path: Path) -> None:
    (tmp_path / "ours.ttl").write_text(OURS + ":a a skos:Concept . :b a skos:Concept .", "utf-8")
    done = run("thesaurus", "check", "ours.ttl")
    assert done.returncode == 2
    assert done.stdout.splitlines() == [
        f"error: {name}: has no skos:prefLabel; give it one, in English if possible" for name in "ab"
    ]
    assert done.stderr == "tipsearch: the thesaurus ours.ttl: 2 errors; it can't be used as it is\n"


def test_check_looks_at_a_file_as_the_settings_would_use_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tipsearch.toml").write_text('[thesaurus]\nmode = "replace"\n', "utf-8")
    done = run("thesaurus", "check", "ours.ttl")
    assert done.returncode == 2
    assert "error: debt-bondage: has no skos:prefLabel; give it one, in English if possible" in done.stdout


@pytest.mark.usefixtures("in_force")
def test_show_explains_a_concept(run: Run) -> None:
    assert run("thesaurus", "show", "peshgi").stdout.splitlines() == [
        "Peshgi advances",
        "id:       peshgi",
        "facet:    Form of exploitation",
        "broader:  Debt bondage (debt-bondage), Forced labour (forced-labour), Human trafficking (trafficking)",
        "note:     Advances that bind families to a kiln.",
        "label en: Peshgi advances",
        "label es: Adelantos",
        "words en: Peshgi advances",
        "words es: Adelantos",
    ]


@pytest.mark.usefixtures("in_force")
def test_show_takes_a_label_and_speaks_other_languages(run: Run) -> None:
    shown = run("thesaurus", "show", "bonded labour", "--lang", "fr").stdout.splitlines()
    assert shown[:2] == ["Servitude pour dettes", "id:       debt-bondage"]
    assert "narrower: Peshgi advances (peshgi)" in shown


@pytest.mark.usefixtures("in_force")
def test_show_lists_the_tree(run: Run) -> None:
    listed = run("thesaurus", "show").stdout.splitlines()
    at = listed.index("      Peshgi advances (peshgi)")
    assert listed[at - 1] == "    Debt bondage (debt-bondage)"
    assert len(listed) == len(topics()) + 1


def test_show_names_what_it_does_not_know(run: Run) -> None:
    done = run("thesaurus", "show", "narnia")
    assert done.returncode == 2
    assert (
        "the thesaurus has no concept 'narnia'; all of them are listed by: tipsearch thesaurus show"
        in done.stderr
    )


@pytest.mark.usefixtures("in_force")
@pytest.mark.parametrize(("form", "ending"), [("turtle", "ttl"), ("json-ld", "jsonld"), ("rdf-xml", "rdf")])
def test_what_is_exported_is_the_thesaurus_in_force(run: Run, tmp_path: Path, form: str, ending: str) -> None:
    path = tmp_path / f"exported.{ending}"
    path.write_text(run("thesaurus", "export", "--format", form).stdout, "utf-8")
    assert {one.value for one in compile_skos(path).content.concepts} == {
        *(one.value for one in topics()),
        "peshgi",
    }


def test_nothing_is_made_where_there_is_no_library(run: Run, tmp_path: Path) -> None:
    before = sorted(path.name for path in tmp_path.iterdir())
    assert run("thesaurus", "show").returncode == run("thesaurus", "export").returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_other_commands_refuse_a_library_whose_thesaurus_is_broken(run: Run, tmp_path: Path) -> None:
    (tmp_path / "tipsearch.toml").write_text('[thesaurus]\nfile = "gone.ttl"\n', "utf-8")
    (tmp_path / "papers").mkdir()
    done = run("index", "papers")
    assert done.returncode == 2
    assert "gone.ttl: it can't be read: No such file or directory; check its name" in done.stderr
    assert len(done.stderr.splitlines()) == 1
