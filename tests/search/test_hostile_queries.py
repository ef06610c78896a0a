"""Whatever is typed is answered by a whole library, on every engine."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chance import examples
from tipsearch import Library, SearchRequest
from tipsearch.engines.registry import ENGINES
from tipsearch.query import parse
from tipsearch.search.json import answer_to_json
from tipsearch.serve.links import PathLinks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGES = {
    "fees": "Recruitment fees in Nepal. A debt binds the worker to the job. Alice's report, 100% free: <b>no</b>.",
    "peche": "La pêche et le travail forcé. Les niñas. Trafficking of women; a woman, a wom?n, C*.",
    "others": "强迫劳动与人口贩运。 العمل القسري والاتجار بالأشخاص. принудительный труд. บังคับใช้แรงงาน. जबरन मज़दूरी.",
}
#: Kinds of text that break programs, ours in the manner of the Big List of Naughty Strings.
NAUGHTY = [
    "",
    " \t\r\n\x0b\x0c\x85\u2028\u2029\u3000\u200b",
    "undefined null None NaN Infinity true false nil 0 -1 1e309 0x0 1/0 $1.00",
    "1;DROP TABLE documents",
    "' OR 1=1 -- 1'; EXEC sp_who; UNION SELECT * FROM facts --",
    '"; cat /etc/passwd; `id` $(id) | rm -rf / #',
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "javascript:alert(1) data:text/html,<svg/onload=alert(1)>",
    "{{ 7*7 }} ${7*7} %s %n %d {0} {value} #{x} <%= 1 %>",
    "../../../../etc/passwd%00 ..\\..\\windows file:///dev/zero",
    "\u202etxet desrever\u202c \u2066a\u2069 \u200fا\u200e b \u061c",
    "Z̸̢̛͔̲͖̟̈́̌̕͝ą̷̛̳̹̱̣̈́̒̍l̵̡̧̛͓̬̺̋̄̓͠g̷̢̛̤̰̘͂̒̕͝o̸̡̨̪̲͙͌̔̆̚͠",
    "a" + "\u0301" * 2_000,
    "مرحبا بالعالم AND שלום OR ﷽ ــــ ٱلْعَرَبِيَّة",
    "😀👩‍👩‍👧‍👦 🇳🇵 ❤️ 🏴󠁧󠁢󠁳󠁣󠁴󠁿 👍🏿~ 😀* title:😀",
    "zero\u200bwidth\u200cjoin\u200der\u2060s\ufeff \u00ad\u180e",
    "\ud800 lone \udfff half \ud83d",
    "\x00\x01\x02\x07\x08\x1b[31m\x7f",
    "ﬁ ﬀ ½ Ⅷ ㎏ ｆｕｌｌ　ｗｉｄｔｈ İıſKÅ ß ẞ",
    "田中さんにあげて下さい パーティーへ行かないか 社會科學院語學研究所 울란바토르 𠜎𠜱𠝹𠱓",
    "๏ ﷺ ꙮ \U0010ffff \ufffe \ue000 \U000e0041",
    "(" * 2_000,
    ")" * 2_000,
    '"' * 1_999,
    "-" * 2_000,
    "NOT " * 500,
    ":" * 2_000,
    "*" * 2_000,
    "?a" * 1_000,
    "~" * 2_000,
    "a~ " * 600,
    "ab* " * 600,
    "page:(" * 300,
    "page:1..9 " * 200,
    "title:" * 300,
    "(a OR " * 300 + "a" + ")" * 300,
    "(a AND (b OR " * 9 + "c" + "))" * 9,
    "-(a OR -(b " * 8 + "c" + "))" * 8,
    "w" * 5_000,
    " ".join(f"word{n}" for n in range(700)),
    '"' + " ".join("abc" for _ in range(400)) + '"~10',
    '"a b c d e f g h"~10',
    "title: a colon",
    '"unbalanced',
    "[2020",
    "[2015 TO 2020] {a TO b} a^2 /re.*gex/ +must field:[* TO *] *:*",
    "a/b a\\b a\\:b \\",
    "C*",
    "-",
    "AND",
    "OR NOT AND",
    'region:( region:) region:"" region:* -region:asia region:atlantis',
    "year:0000 year:9999..0001 year:>99999999999999999999 year:.. year:٢٠٢٠",
    "page:0 page:-1 page:999999999999 page:>=٥ page:20..1 debt page:..",
]


@pytest.fixture(scope="module", params=list(ENGINES))
def small(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp(request.param)
    papers = folder / "papers"
    papers.mkdir()
    for name, text in PAGES.items():
        (papers / f"{name}.txt").write_text(f"{name.title()}\n\n{text}\n", "utf-8")
    with Library.open(folder / "library") as library:
        library.index([papers], engine=request.param)
        yield library


def check(library: Library, request: SearchRequest) -> None:
    answer = library.search(request)
    assert 0 <= len(answer.results) <= answer.total <= len(PAGES)
    assert answer.query.words
    assert all(one.words for one in answer.query.parts)
    # It can be written down and sent, whatever was typed.
    assert msgspec.json.encode(answer_to_json(answer, PathLinks()))
    for result in answer.results:
        library.page_hits(result.document.id, request.text)


@pytest.mark.parametrize("match", ["all", "any"])
@pytest.mark.parametrize("text", NAUGHTY, ids=lambda text: ascii(text[:20]))
def test_naughty_texts_are_answered(small: Library, text: str, match: str) -> None:
    check(small, SearchRequest(text, match=match, ui="ar"))


PIECES = st.sampled_from(
    [
        *(
            "debt",
            "wom?n",
            "traff*",
            "nepl~2",
            '"a b"~9',
            "(",
            ")",
            '"',
            "-",
            "~",
            "*",
            "?",
            ":",
            " ",
            " ",
            " ",
        ),
        *(
            " AND ",
            " OR ",
            " NOT ",
            "page:",
            "page:1..3",
            "title:",
            "region:",
            "year:",
            "asia",
            "2015..",
            "强迫",
        ),
        *("ا", "\u202e", "\u0301", "😀"),
    ]
)


@settings(
    max_examples=examples(60),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=30).map("".join)),
    st.sampled_from(["all", "any"]),
)
def test_any_text_is_answered(small: Library, text: str, match: str) -> None:
    check(small, SearchRequest(text, match=match))


@pytest.mark.parametrize(
    "name", ['publisher:"International Labour Organization"', "publisher:ILO", "publisher:OIT"]
)
def test_a_publisher_is_found_by_any_of_its_names(tmp_path: Path, library: Library, name: str) -> None:
    line = {"id": "1", "title": "Fees", "publisher": "International Labour Office", "text": "A debt."}
    (tmp_path / "one.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    library.index([tmp_path / "one.jsonl"])
    assert library.search(SearchRequest(name)).total == 1


def test_words_ten_apart_are_found_and_eleven_apart_are_not(tmp_path: Path, library: Library) -> None:
    (tmp_path / "far.txt").write_text(f"Far\n\nfees {'x ' * 10}debt, wages {'x ' * 11}loans.\n", "utf-8")
    library.index([tmp_path / "far.txt"])
    assert library.search(SearchRequest('"fees debt"~10')).total == 1
    assert library.search(SearchRequest('"fees debt"~9')).total == 0
    assert library.search(SearchRequest('"wages loans"~10')).total == 0


def test_a_pattern_that_fits_too_many_words_says_so(tmp_path: Path, library: Library) -> None:
    (tmp_path / "many.txt").write_text(f"Many\n\n{' '.join(f'word{n}' for n in range(1_200))}\n", "utf-8")
    library.index([tmp_path / "many.txt"])
    (notice,) = library.search(SearchRequest("word*", ui="es")).query.notices
    assert "más de 1.000 palabras corresponden a «word*»" in notice
    (notice,) = library.search(SearchRequest("word* -wordx~", ui="es")).query.notices
    assert "más de 500 palabras corresponden a «word*»" in notice
    assert not library.search(SearchRequest("word11*")).query.notices


def test_a_pattern_that_fits_just_as_many_words_as_it_may_says_nothing(
    tmp_path: Path, library: Library
) -> None:
    (tmp_path / "many.txt").write_text(f"Many\n\n{' '.join(f'word{n}' for n in range(1_000))}\n", "utf-8")
    library.index([tmp_path / "many.txt"])
    assert not library.search(SearchRequest("word*")).query.notices


def test_stop_words_do_not_use_up_the_clauses() -> None:
    text = "the of and in to " * 30 + " ".join(f"word{n}" for n in range(64))
    parsed = parse(text)
    assert [remark.key for remark in parsed.remarks] == ["stop_words"]
    assert len(parsed.node.children) == 64  # type: ignore[union-attr]  # they are joined by AND
