from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipsearch.analysis.sketch import MARKS, bands, marks, resemblance
from tipsearch.model import Sketch


def sketch(*texts: str) -> Sketch:
    return Sketch(*marks(texts))


def prose(seed: int, count: int) -> list[str]:
    source = random.Random(seed)
    return [f"{source.choice('bdfgk')}{source.choice('aeiou')}{source.randrange(500)}" for _ in range(count)]


def test_lines_and_pages_make_no_difference() -> None:
    words = prose(1, 500)
    lines = "\n".join(" ".join(words[at : at + 7]) for at in range(0, 210, 7))
    assert sketch(lines, " ".join(words[210:])) == sketch(" ".join(words).upper())


def test_nor_do_lines_in_a_script_without_spaces() -> None:
    text = "人人生而自由在尊严和权利上一律平等他们赋有理性和良心并应以兄弟关系的精神相对待" * 4
    assert sketch(text[:30], text[30:]) == sketch(text)


def test_words_are_counted() -> None:
    assert marks(["one two", "three"])[0] == 3


def test_a_long_text_keeps_the_smallest_marks_only() -> None:
    _, found = marks([" ".join(prose(2, 5000))])
    assert len(found) == MARKS
    assert list(found) == sorted(set(found))


def test_a_text_that_repeats_itself_keeps_all_its_marks() -> None:
    assert len(marks(["one two three " * 5000])[1]) == 3


@pytest.mark.parametrize("share", [0.05, 0.3, 0.7])
def test_resemblance_is_near_the_share_of_common_pairs(share: float) -> None:
    common, mine, theirs = prose(3, 2000), prose(4, 2000), prose(5, 2000)
    kept = int(2000 * share)
    texts = [common[:kept] + some[kept:] for some in (mine, theirs)]
    pairs = [set(pairwise(some)) for some in texts]
    truth = len(pairs[0] & pairs[1]) / len(pairs[0] | pairs[1])
    assert resemblance(*(sketch(" ".join(some)) for some in texts)) == pytest.approx(truth, abs=0.2)


def test_texts_that_hardly_differ_share_a_band_and_others_do_not() -> None:
    words = prose(6, 3000)
    nearly = [*words[:700], "added", *words[700:]]
    one, other = sketch(" ".join(words)), sketch(" ".join(nearly))
    assert resemblance(one, other) > 0.95
    assert set(bands(one)) & set(bands(other))
    assert not set(bands(one)) & set(bands(sketch(" ".join(prose(7, 3000)))))


def test_a_short_text_has_one_band() -> None:
    assert len(bands(sketch("a few words of a notice"))) == 1
    assert bands(sketch("word")) == ()


@given(st.lists(st.text(), max_size=5))
def test_no_text_breaks_it(texts: list[str]) -> None:
    made = sketch(*texts)
    assert all(0 <= mark < 1 << 32 for mark in made.marks)
    assert resemblance(made, made) in {0.0, 1.0}
