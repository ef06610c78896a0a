"""The thesaurus that comes with the program, and the file that it is loaded from."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tipsearch.vocabulary import topics

TOOL = Path(__file__).parents[2] / "tools" / "make_thesaurus.py"


def test_what_is_loaded_is_what_the_thesaurus_says() -> None:
    done = subprocess.run([sys.executable, str(TOOL), "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_every_concept_is_in_one_of_the_four_facets_which_are_called_something() -> None:
    facets = topics().content.facets
    assert set(facets) == {"form", "context", "response", "sector"}
    assert all(labels["en"] for labels in facets.values())
    assert all(concept.facet in facets for concept in topics().data)


def test_every_concept_has_a_label_in_each_language_of_the_un_and_portuguese_and_says_what_it_covers() -> (
    None
):
    for concept in topics().data:
        assert {"en", "es", "fr", "pt", "ar", "ru", "zh"} <= concept.labels.keys(), concept.value
        assert {"en", "es", "fr"} <= concept.note.keys(), concept.value
