"""Web pages in the shape of a resource centre's, and of sites that nothing is known about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tipsearch.extract.web.read import read_html
from tipsearch.model import Extraction, Field, FileState, Origin, Record, RecordKind

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST = "Deckhands told us that they paid a fee before they signed on, and that the skipper kept their papers for the whole voyage."
SECOND = "Most of them learned what they owed only when the ship was at sea, where nobody could ask for help or leave the crew."
LEAK = ["post", "page", "attachment", "revision", "nav_menu_item", "custom_css", "wp_block", "acf-field"]
CITATION = "Owed or owned? Deckhands at sea - NETS., May 2023"


def card(title: str, labels: str = "Guidance", tags: str = "", slug: str = "card") -> str:
    cats = "".join(f'<a href="/category/x/">{label}</a>' for label in labels.split("+"))
    tag = f'<div class="tags">TAGS: <a href="/region/x/">{tags}</a></div>' if tags else ""
    return (
        f'<div class="resource-card"><h3><a href="/{slug}/">{title}</a></h3><div class="cats">{cats}</div>'
        f'<p>A teaser about harbours that was cut conseq...<a class="more" href="/{slug}/">Read More</a></p>{tag}</div>'
    )


def page(
    content: str, below: str = "", head: str = "", *, heading: str = "Owed or owned? Deckhands at sea"
) -> bytes:
    return f"""<!DOCTYPE html><html lang="en-US"><head><meta charset="utf-8"><title>Owed &#8211; Resource Centre</title>
    <link rel="canonical" href="https://library.example/owed/">{head}</head><body class="wp-singular">
    <header><nav><ul><li><a href="/">Home page</a></li></ul></nav></header><main><article id="post-7" class="post">
    <h1 class="entry-title">{heading}</h1><div class="entry-content">{content}</div></article>
    <section class="related">{below}</section></main><footer><p>All rights reserved.</p></footer></body></html>""".encode()


def own(extraction: Extraction) -> Record:
    assert extraction.state is FileState.OK, extraction.reason
    record = extraction.records[0]
    assert (record.kind, record.number) == (RecordKind.DOCUMENT, 0)
    return record


def cards(extraction: Extraction) -> list[Record]:
    return [record for record in extraction.records if record.kind is RecordKind.CARD]


def text(extraction: Extraction) -> str:
    return own(extraction).pages[0].text


PUBLICATION = page(
    f"<p>{FIRST}</p><p>{SECOND}</p><p>{CITATION} <a href='/files/owed.pdf'>DOWNLOAD</a></p><p>child labour</p>",
    "".join(f"<p>{name}</p>" for name in LEAK)
    + card("Ports", "Guidance+Publications", "Europe")
    + card("Fees"),
)


def test_the_text_of_a_publication_is_its_own_paragraphs() -> None:
    assert text(read_html(PUBLICATION, "a.html")) == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (Field.TITLE, "Owed or owned? Deckhands at sea"),
        (Field.PUBLISHER, "NETS"),
        (Field.DATE, "2023-05"),
        (Field.URL, "https://library.example/owed/"),
        (Field.FILE_URL, "https://library.example/files/owed.pdf"),
        (Field.TAG, "child labour"),
        (Field.LANGUAGE, "en"),
    ],
)
def test_the_facts_of_a_publication(field: Field, value: str) -> None:
    assert own(read_html(PUBLICATION, "a.html")).first(field) == value


def test_every_fact_has_its_evidence() -> None:
    facts = [fact for record in read_html(PUBLICATION, "a.html").records for fact in record.facts]

    assert all(fact.evidence and 0 < len(fact.evidence[0].quote) <= 200 for fact in facts)


def test_the_declared_language_is_a_guess_that_detection_outranks() -> None:
    languages = [fact for fact in own(read_html(PUBLICATION, "a.html")).facts if fact.field is Field.LANGUAGE]

    assert [(fact.origin, fact.weight) for fact in languages] == [(Origin.DETECTED, 0.2)]


def test_the_abstract_is_the_beginning_of_the_text_cut_after_a_word() -> None:
    abstract = own(read_html(page(f"<p>{FIRST}</p><p>{SECOND}</p><p>{FIRST}</p>"), "a.html")).first(
        Field.ABSTRACT
    )

    assert abstract is not None
    assert 200 < len(abstract) <= 300
    assert f"{FIRST} {SECOND} {FIRST} ".startswith(f"{abstract} ")


def test_cards_are_documents_of_their_own() -> None:
    found = cards(read_html(PUBLICATION, "a.html"))

    assert [record.number for record in found] == [1, 2]
    assert found[0].first(Field.TITLE) == "Ports"
    assert found[0].first(Field.URL) == "https://library.example/card/"
    assert found[0].all(Field.CATEGORY) == ("Guidance", "Publications")
    assert found[0].all(Field.TAG) == ("Europe",)
    assert found[0].pages[0].text == "A teaser about harbours that was cut"


def test_cards_lend_the_page_nothing() -> None:
    record = own(read_html(PUBLICATION, "a.html"))

    assert record.all(Field.CATEGORY) == ()
    assert record.all(Field.TAG) == ("child labour",)


def strip_names(data: bytes) -> bytes:
    """The same page as a theme with unknown class names would give it."""
    return re.sub(rb' (class|id)="[^"]*"', b"", data)


def flatten(data: bytes) -> bytes:
    """The same page without any element around its parts."""
    return re.sub(rb"</?(div|section|article)[^>]*>", b"", strip_names(data))


@pytest.mark.parametrize("change", [strip_names, flatten])
def test_no_class_name_is_needed(change: Callable[[bytes], bytes]) -> None:
    extraction = read_html(change(PUBLICATION), "a.html")

    assert text(extraction) == f"{FIRST}\n\n{SECOND}"
    assert [record.first(Field.TITLE) for record in cards(extraction)] == ["Ports", "Fees"]
    assert [record.all(Field.TAG) for record in cards(extraction)] == [("Europe",), ()]
    assert {record.pages[0].text for record in cards(extraction)} == {"A teaser about harbours that was cut"}


def test_a_leaked_list_within_the_content_ends_the_text() -> None:
    names = "".join(f"<p>{name}</p>" for name in LEAK[:4])

    assert text(read_html(page(f"<p>{FIRST}</p>{names}<p>Another site's text.</p>"), "a.html")) == FIRST


def test_a_page_without_an_abstract_is_found_by_its_citation() -> None:
    extraction = read_html(page(f"<p>{CITATION} <a href='/f.pdf'>DOWNLOAD</a></p>", card("Ports")), "a.html")

    assert text(extraction) == CITATION


def test_a_link_to_another_site_is_no_file() -> None:
    link = "<a href='https://nets.example/'>Click here to go to the website</a>"
    record = own(read_html(page(f"<p>{FIRST}</p><p>{CITATION} {link}</p>"), "a.html"))

    assert record.first(Field.FILE_URL) is None
    assert record.first(Field.PUBLISHER) == "NETS"


def test_a_link_on_its_own_line_belongs_to_the_citation_above() -> None:
    record = own(
        read_html(page(f"<p>{FIRST}</p><p>{CITATION}</p><p><a href='/f.pdf'>DOWNLOAD</a></p>"), "a.html")
    )

    assert (record.pages[0].text, record.first(Field.DATE)) == (FIRST, "2023-05")


def test_a_line_break_inside_a_paragraph_is_rejoined() -> None:
    content = "<p>Crews are owed<br>wages for illegal log-<br>ging.</p><p>A second<br><br>A third.</p>"

    assert (
        text(read_html(page(content), "a.html"))
        == "Crews are owed wages for illegal logging.\n\nA second\n\nA third."
    )


def test_share_bars_and_scripts_are_no_text() -> None:
    noise = "<div class='sharedaddy'>Share this</div><script>track()</script><style>p{}</style><form>Your mail</form>"

    assert text(read_html(page(f"{noise}<p>{FIRST}</p>{noise}"), "a.html")) == FIRST


def test_an_empty_heading_leaves_the_title_to_the_address() -> None:
    data = page(f"<p>{FIRST}</p>", heading="").replace(
        b"Owed &#8211; Resource Centre", b" &#8211; Resource Centre"
    )
    titles = [fact for fact in own(read_html(data, "a.html")).facts if fact.field is Field.TITLE]

    assert [(fact.value, fact.origin, fact.evidence[0].where) for fact in titles] == [
        ("Owed", Origin.DETECTED, "url")
    ]


def test_the_date_of_the_citation_outranks_those_of_the_markup() -> None:
    head = '<meta property="article:published_time" content="2024-01-02T03:04:05+00:00">'
    with_line = own(
        read_html(page(f"<p>{FIRST}</p><p>{CITATION} <a href=/f.pdf>DOWNLOAD</a></p>", head=head), "a.html")
    )
    without = own(read_html(page(f"<p>{FIRST}</p>", head=head), "a.html"))

    assert (with_line.first(Field.DATE), without.first(Field.DATE)) == ("2023-05", "2024-01-02")


def test_categories_of_the_page_come_from_its_own_markup() -> None:
    meta = '<div class="entry-meta"><span class="cat-links"><a rel="category tag" href="/c/">Publications</a></span></div>'
    data = page(f"<p>{FIRST}</p>", card("Ports", "Online Tools")).replace(
        b'class="post"', b'class="post category-good-practices"'
    )
    record = own(read_html(data.replace(b"<h1", f"{meta}<h1".encode()), "a.html"))

    assert sorted(record.all(Field.CATEGORY)) == ["Good Practices", "Publications"]


LISTING = (
    "<!DOCTYPE html><html><head><title>Resource Centre</title></head><body class='wp-singular'><nav><a href=/>Home</a></nav>"
    f"<main><h1>Resource Centre</h1>{card('Ports', slug='a')}{card('Fees', slug='b')}{card('', slug='c')}</main>"
    "<footer>All rights reserved.</footer></body></html>"
)


def test_a_listing_is_its_cards_and_no_document() -> None:
    extraction = read_html(LISTING.encode(), "a.html")

    assert extraction.state is FileState.OK
    assert [(record.kind, record.first(Field.URL)) for record in extraction.records] == [
        (RecordKind.CARD, "/a/"),
        (RecordKind.CARD, "/b/"),
        (RecordKind.CARD, "/c/"),
    ]


def test_an_archive_with_an_introduction_is_a_listing_all_the_same() -> None:
    articles = "".join(
        f'<article class="post"><h2 class="entry-title"><a href="/{slug}/">{slug}</a></h2>'
        f'<div class="entry-summary"><p>{FIRST} [&hellip;]</p></div></article>'
        for slug in ("one", "two")
    )
    data = f"<html><body class='archive category'><main><h1>Guidance</h1><p>{SECOND}</p>{articles}</main></body></html>"

    assert [record.first(Field.TITLE) for record in read_html(data.encode(), "a.html").records] == [
        "one",
        "two",
    ]


def test_many_articles_do_not_make_a_single_page_a_listing() -> None:
    comments = "".join(f"<article class='comment'><p>Comment {n}</p></article>" for n in range(5))
    data = page(f"<p>{FIRST}</p>").replace(b"</main>", f"<div id='comments'>{comments}</div></main>".encode())

    assert text(read_html(data, "a.html")) == FIRST


GENERIC = f"""<html lang="es"><head><title>Fees at sea | Crew Union</title><meta property="og:site_name" content="Crew Union">
<meta name="citation_author" content="Okoro, Ada"><meta name="citation_author" content="Lind, Per">
<meta name="DC.date" content="2019-05-03"><meta name="citation_pdf_url" content="/f/fees.pdf">
<meta name="DC.language" content="pt-BR"><meta property="og:url" content="https://crews.example/fees"></head><body>
<div class="cookie-banner"><h3>Cookies</h3><p>We use cookies.</p><a href="/privacy">Learn more</a></div>
<header><nav><ul><li><a href="/">Home page</a></li></ul></nav></header><div id="wrap"><h1>Fees at sea</h1>
<p>{FIRST}</p><p>{SECOND}</p></div><aside><h3>Related</h3><ul><li><a href="/a">Other</a></li></ul></aside>
<footer><p>All rights reserved by the Crew Union.</p></footer></body></html>""".encode()


def test_the_main_text_of_any_page_is_found() -> None:
    extraction = read_html(GENERIC, "a.html")

    assert text(extraction) == f"{FIRST}\n\n{SECOND}"
    assert cards(extraction) == []


@pytest.mark.parametrize(
    ("field", "values"),
    [
        (Field.TITLE, ("Fees at sea",)),
        (Field.AUTHOR, ("Okoro, Ada", "Lind, Per")),
        (Field.DATE, ("2019-05-03",)),
        (Field.FILE_URL, ("https://crews.example/f/fees.pdf",)),
        (Field.URL, ("https://crews.example/fees",)),
        (Field.PUBLISHER, ("Crew Union",)),
        (Field.LANGUAGE, ("pt", "es")),
    ],
)
def test_bibliographic_elements_of_any_page_are_read(field: Field, values: tuple[str, ...]) -> None:
    assert own(read_html(GENERIC, "a.html")).all(field) == values


def test_json_ld_is_read_with_its_references() -> None:
    json_ld = """<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "X"},
      {"@type": ["Article"], "headline": "Fees &amp; debts", "datePublished": "2020-02-03T10:00:00Z",
       "author": [{"@id": "#p"}, {"name": "admin"}], "publisher": {"name": "Crew Union"}},
      {"@id": "#p", "@type": "Person", "name": "Ada Okoro"}]}</script><script type="application/ld+json">{broken</script>"""
    record = own(read_html(page(f"<p>{FIRST}</p>", head=json_ld, heading=""), "a.html"))

    assert record.first(Field.TITLE) == "Fees & debts"
    assert record.first(Field.DATE) == "2020-02-03"
    assert record.all(Field.AUTHOR) == ("Ada Okoro",)
    assert record.first(Field.PUBLISHER) == "Crew Union"


def test_deeply_nested_json_ld_is_left_out() -> None:
    head = f'<script type="application/ld+json">{"[" * 100_000}</script>'

    assert text(read_html(page(f"<p>{FIRST}</p>", head=head), "a.html")) == FIRST


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ('<link rel="shortlink" href="https://library.example/?p=7">', "https://library.example/?p=7"),
        ('<meta property="og:url" content="https://library.example/o/">', "https://library.example/o/"),
        (
            '<base href="https://library.example/x/"><link rel="canonical" href="../o/">',
            "https://library.example/o/",
        ),
        ('<link rel="canonical" href="javascript:x()">', None),
    ],
)
def test_where_the_address_of_a_page_is_found(address: str, url: str | None) -> None:
    data = f"<html><head>{address}</head><body><p>{FIRST}</p></body></html>"

    assert own(read_html(data.encode(), "a.html")).first(Field.URL) == url
