from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tipsearch.extract.web.dump import split_page
from tipsearch.extract.web.leaked import RUN, find_leak
from tipsearch.extract.web.lines import lines_of_text
from tipsearch.extract.words import page_words

NAMES = sorted(page_words().leaked_post_types)
runs = st.lists(st.sampled_from(NAMES), min_size=RUN, max_size=22, unique=True)


def own_text(text: str) -> list[str]:
    """The lines that are left as the page's own."""
    return [line.text for line in split_page(lines_of_text(text)).own]


@given(runs, st.sampled_from(["\n", "\n\n", "\n \n\n"]))
def test_any_list_of_names_is_cut_with_all_below_it(names: list[str], between: str) -> None:
    text = f"The crew was owed wages.\n\n{between.join(names)}\n\nAnother title\nGuidance"

    assert own_text(text) == ["The crew was owed wages."]


@given(
    st.lists(st.sampled_from(NAMES), min_size=RUN, max_size=22, unique=True).filter(
        lambda names: any("_" in n for n in names[:RUN])
    )
)
def test_names_in_a_row_on_one_line_are_cut_too(names: list[str]) -> None:
    assert own_text(f"Owed wages DOWNLOAD {' '.join(names)} and more") == ["Owed wages DOWNLOAD"]


@given(st.lists(st.sampled_from(NAMES), max_size=RUN - 1))
def test_fewer_names_are_words_of_the_text(names: list[str]) -> None:
    lines = ["Owed wages", *names, "End of it"]

    assert own_text("\n".join(lines)) == lines


def test_ordinary_words_within_a_sentence_are_no_leak() -> None:
    text = "Each post page attachment revision must be kept."

    assert own_text(text) == [text]


def test_names_on_different_places_are_no_run() -> None:
    text = "post\npage\nA line between.\nattachment\nrevision"

    assert find_leak(text.split("\n")) is None


def test_the_end_of_a_list_is_known() -> None:
    leak = find_leak(["Text", "post", "", "page", "attachment", "revision", "", "Next"])

    assert leak is not None
    assert (leak.line, leak.end) == (1, 7)
