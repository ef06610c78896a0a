"""What text looks like after cleaning."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipsearch.extract.clean import clean, clean_counted


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("ﬁnal oﬃce", "final office"),
        ("traf\u00adfic\u200bking\ufeff", "trafficking"),
        ("a\x00b\x1fc\x9fd\te", "abcd\te"),
        ("(cid:12)word(cid:3)", "word"),
        ("lone \ud800 surrogate", "lone  surrogate"),
        ("end of line \r\nnext", "end of line\nnext"),
        ("page\x0cbreak\u2028line", "page\nbreak\nline"),
        ("\u202bعربي\u202c", "عربي"),
        ("Auf\u200clage", "Auflage"),
    ],
)
def test_what_was_never_meant_to_be_read_is_gone(raw: str, text: str) -> None:
    assert clean(raw) == text


def test_joiners_that_belong_to_the_spelling_stay() -> None:
    assert clean("می\u200cخواهم") == "می\u200cخواهم"


def test_dropped_characters_are_counted() -> None:
    assert clean_counted("a\x01\x02(cid:7)b") == ("ab", 3)


@given(st.text(st.characters(codec=None)))
def test_cleaned_text_is_normal_and_free_of_controls(raw: str) -> None:
    text = clean(raw)
    assert not [char for char in text if unicodedata.category(char) == "Cc" and char not in "\t\n"]
    assert not [char for char in text if 0xD800 <= ord(char) <= 0xDFFF]
    kept = re.sub("[\u0e33\u0eb3\u3131-\u318e]", "", text)
    assert kept.isascii() or unicodedata.is_normalized("NFKC", clean(kept))


def test_letters_that_unicode_calls_compatible_but_readers_do_not_stay() -> None:
    assert clean("น\u0e49\u0e33 ﬁ ㄱ.") == "น\u0e49\u0e33 fi ㄱ."


def test_marks_between_words_of_khmer_are_not_counted_as_damage() -> None:
    assert clean_counted("កម\u200bពល\u200bកុ") == ("កមពលកុ", 0)
