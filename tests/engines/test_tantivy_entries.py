"""What goes into tantivy's indexes: the words and stems of `tipsearch.analysis`, however a text is typeset."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from tipsearch import analysis
from tipsearch.engines.tantivy.schema import entries, stem_term
from tipsearch.model import IndexDocument, Page


def fields(text: str) -> dict[str, list[str]]:
    """The words of each field of the page that holds this text."""
    _, (page,) = entries(IndexDocument("one", "", "en", (Page(1, text),)))
    found = page.to_dict()
    return {name: str(found[name][0]).split() for name in ("body", "stems")}


@given(
    st.lists(
        st.sampled_from(["child", "Child", "labour", "café", "ال", "s", "’", "’s", "'s", "'S", "_", " ", "x"])
        | st.sampled_from("“”‘–—•…§\u00a0\u00ad\u0301")
    ).map("".join)
)
@example("The child’s “labour” — d’Ivoire…")
def test_entries_hold_the_words_of_the_text_whatever_signs_stand_between(text: str) -> None:
    surfaces = analysis.surfaces(text)
    stems = [stem_term(one, "en") for one in analysis.stems(surfaces, "en")]
    spelt = [stem_term(one, "") for one in analysis.spelt(surfaces)]
    assert fields(text) == {"body": analysis.words(text), "stems": [*stems, *spelt]}
