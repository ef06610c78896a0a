from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipsearch.extract.charset import decode

CYRILLIC = "Торговля людьми запрещена законом и наказывается."
JAPANESE = "人身取引は重大な犯罪であり、基本的人権を侵害する深刻な問題である。"


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0\ufeff")))
def test_utf_8_is_read_as_such(text: str) -> None:
    assert decode(text.encode()) == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides(encoding: str) -> None:
    assert decode(CYRILLIC.encode(encoding)) == CYRILLIC


@pytest.mark.parametrize(
    "declaration",
    [
        '<meta charset="windows-1251">',
        "<META http-equiv=Content-Type content='text/html; charset=windows-1251'>",
    ],
)
def test_a_declaration_counts_in_html_only(declaration: str) -> None:
    data = (declaration + CYRILLIC).encode("cp1251")

    assert decode(data, html=True).endswith(CYRILLIC)


def test_latin_1_means_windows_1252_as_in_browsers() -> None:
    assert decode('<meta charset="iso-8859-1">“owed”'.encode("cp1252"), html=True).endswith("“owed”")


@pytest.mark.parametrize("name", ["no-such-thing", "base64", "rot13", "utf-8"])
def test_a_wrong_declaration_is_not_believed(name: str) -> None:
    assert decode(f'<meta charset="{name}">naïve café'.encode("cp1252"), html=True).endswith("naïve café")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (CYRILLIC, "koi8-r"),
        (CYRILLIC, "cp1251"),
        (JAPANESE, "cp932"),
        ("La explotación de los niños en las plantaciones de caña", "cp1252"),
        ("Handel ludźmi jest zbrodnią, która dotyka wiele osób na całym świecie.", "cp1250"),
    ],
)
def test_old_encodings_are_guessed(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@given(st.binary(max_size=200))
def test_any_bytes_give_text_without_zero_bytes(data: bytes) -> None:
    assert "\0" not in decode(data, html=True)
