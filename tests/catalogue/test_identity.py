from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tipsearch.catalogue import identity
from tipsearch.model import Fact, Field, Origin, Record, RecordKind


def record(kind: RecordKind, *, title: str = "", url: str = "") -> Record:
    facts = [Fact(Field.TITLE, title, Origin.SOURCE)] if title else []
    facts += [Fact(Field.URL, url, Origin.SOURCE)] if url else []
    return Record(kind, facts=tuple(facts))


def meet(one: Record, other: Record) -> bool:
    """Do the two records share a document?"""
    mine, theirs = identity.keys(one), identity.keys(other)
    if not set(identity.wanted(mine)) & set(theirs):
        return False
    return identity.same(mine, theirs, (one.first(Field.TITLE), other.first(Field.TITLE)))


PAGE = record(
    RecordKind.DOCUMENT, title="Recruitment fees and debt", url="https://library.example/recruitment-fees/"
)


def test_a_card_with_a_site_relative_link_meets_its_page() -> None:
    assert meet(record(RecordKind.CARD, title="Recruitment fees and debt", url="/recruitment-fees"), PAGE)


def test_the_same_path_with_another_title_is_another_publication() -> None:
    assert not meet(
        record(RecordKind.CARD, title="Fishing in distant waters", url="/recruitment-fees/"), PAGE
    )


def test_two_hosts_never_share_a_page() -> None:
    assert not meet(
        record(
            RecordKind.DOCUMENT,
            title="Recruitment fees and debt",
            url="https://other.example/recruitment-fees/",
        ),
        PAGE,
    )


def test_www_and_a_final_slash_make_no_difference() -> None:
    assert meet(
        record(RecordKind.DOCUMENT, title="Any", url="https://WWW.library.example/recruitment-fees"), PAGE
    )


def test_a_card_without_a_link_meets_the_page_of_its_title() -> None:
    assert meet(record(RecordKind.CARD, title="RECRUITMENT FEES – and debt"), PAGE)


def test_two_documents_of_one_title_stay_two() -> None:
    report = record(RecordKind.DOCUMENT, title="Annual report on trafficking")
    assert not meet(report, report)


def test_posts_of_one_site_differ_by_their_number() -> None:
    one = record(RecordKind.DOCUMENT, title="A title of some length", url="https://library.example/?p=1")
    other = record(RecordKind.DOCUMENT, title="A title of some length", url="https://library.example/?p=2")
    assert not meet(one, other)
    assert meet(one, one)


@given(st.text(min_size=1))
def test_ids_are_url_safe_and_stable(seed: str) -> None:
    made = identity.new_id(seed)
    assert made == identity.new_id(seed)
    assert len(made) == 16
    assert made.isalnum()
    assert made.isascii()


@given(st.text(), st.text())
def test_no_url_or_title_breaks_the_keys(title: str, url: str) -> None:
    made = record(RecordKind.CARD, title=title, url=url)
    assert all(":" in key for key in identity.keys(made))


def test_documents_with_ids_of_their_own_may_share_an_address() -> None:
    def year(number: int) -> Record:
        facts = (
            Fact(Field.IDENTIFIER, f"list.jsonl#{number}", Origin.SOURCE),
            Fact(Field.URL, "https://library.example/nepal", Origin.SOURCE),
            Fact(Field.TITLE, "Nepal, a report of some length", Origin.SOURCE),
        )
        return Record(RecordKind.DOCUMENT, facts)

    assert not meet(year(2020), year(2021))
    assert meet(year(2020), year(2020))


def test_an_id_of_the_source_is_the_documents_if_it_can_stand_in_an_address() -> None:
    def named(name: str) -> str | None:
        return identity.own_id(Record(RecordKind.DOCUMENT, (Fact(Field.IDENTIFIER, name, Origin.SOURCE),)))

    assert named("list.jsonl#report-7") == "report-7"
    assert named("list.jsonl#../etc") is None
    assert named("list.jsonl#") is None


def test_a_page_is_met_at_its_short_address_too() -> None:
    addresses = ("https://library.example/recruitment-fees/", "https://library.example/?p=9028")
    facts = tuple(Fact(Field.URL, address, Origin.SOURCE) for address in addresses)
    page = Record(RecordKind.DOCUMENT, facts)
    assert meet(page, record(RecordKind.DOCUMENT, title="Any", url="https://library.example/?p=9028"))
    assert meet(page, PAGE)
    assert not meet(page, record(RecordKind.DOCUMENT, title="Any", url="https://library.example/?p=9029"))
