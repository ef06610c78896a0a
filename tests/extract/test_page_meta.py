"""What the markup of a page says about it: addresses, meta elements, JSON-LD, microdata."""

from __future__ import annotations

import json

import pytest

from tipsearch.extract.web.read import read_html
from tipsearch.model import Field, FileState, Record

TEXT = (
    "Deckhands told us that they paid a fee before they signed on, and that the skipper kept their papers. "
    * 3
)
CANONICAL = '<link rel="canonical" href="https://nets.example/owed/">'


def read(head: str = "", body: str = "", classes: str = "") -> Record:
    html = f"<html><head>{head}</head><body class='{classes}'><h1>Owed</h1><p>{TEXT}</p>{body}</body></html>"
    extraction = read_html(html.encode(), "a.html")
    assert extraction.state is FileState.OK, extraction.reason
    return extraction.records[0]


def json_ld(thing: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(thing)}</script>'


SHORT = "https://nets.example/?p=77"


@pytest.mark.parametrize(
    ("head", "classes"),
    [
        (f'<link rel="shortlink" href="{SHORT}">', ""),
        ('<link rel="shortlink" href="/?p=77">', ""),
        ('<link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/77">', ""),
        ('<link rel="alternate" href="https://nets.example/wp-json/wp/v2/publications/77">', ""),
        ("", "single single-post postid-77"),
    ],
    ids=["short link", "relative", "REST address", "REST address of another kind", "body class"],
)
def test_a_page_is_known_by_its_number_as_well(head: str, classes: str) -> None:
    record = read(CANONICAL + head, classes=classes)

    assert record.all(Field.URL) == ("https://nets.example/owed/", SHORT)
    assert record.first(Field.URL) == "https://nets.example/owed/"


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="shortlink" href="https://nets.example/">',
        '<link rel="alternate" href="/wp-json/wp/v2/categories/7">',
        '<link rel="shortlink" href="https://nets.example/owed/">',
    ],
    ids=["home page", "category", "itself"],
)
def test_what_is_no_address_of_the_page_is_left_out(head: str) -> None:
    assert read(CANONICAL + head).all(Field.URL) == ("https://nets.example/owed/",)


def test_a_canonical_address_that_is_the_home_page_is_not_believed() -> None:
    head = (
        '<link rel="canonical" href="https://nets.example/">'
        '<meta property="og:url" content="https://nets.example/o/">'
    )

    assert read(head).first(Field.URL) == "https://nets.example/o/"


@pytest.mark.parametrize(
    ("meta", "field", "value"),
    [
        ('property="article:published_time" content="2021-03-04T10:00:00Z"', Field.DATE, "2021-03-04"),
        ('name="DC:date.issued" content="2021-03"', Field.DATE, "2021-03"),
        ('name="dcterms:issued" content="2021"', Field.DATE, "2021"),
        ('name="citation_publication_date" content="2021/03/04"', Field.DATE, "2021-03-04"),
        ('name="bepress_citation_date" content="2021"', Field.DATE, "2021"),
        ('name="eprints.date" content="2021-03"', Field.DATE, "2021-03"),
        ('itemprop="datePublished" content="2021-03-04"', Field.DATE, "2021-03-04"),
        ('name="eprints.creators_name" content="Okoro, Ada"', Field.AUTHOR, "Okoro, Ada"),
        ('name="DC.creator" content="Okoro, Ada"', Field.AUTHOR, "Okoro, Ada"),
        ('name="citation_publisher" content="Nets Trust"', Field.PUBLISHER, "Nets Trust"),
        ('name="citation_language" content="fr"', Field.LANGUAGE, "fr"),
        (
            'name="citation_pdf_url" content="https://nets.example/f?x=1"',
            Field.FILE_URL,
            "https://nets.example/f?x=1",
        ),
        ('name="dcterms.title" content="Owed or owned?"', Field.TITLE, "Owed or owned?"),
    ],
)
def test_bibliographic_elements_are_read(meta: str, field: Field, value: str) -> None:
    assert read(f"<meta {meta}>").first(field) == value


def test_the_first_of_several_dates_is_the_page_s_own() -> None:
    head = '<meta name="citation_date" content="2021"><meta name="citation_date" content="1999">'

    assert read(head).all(Field.DATE) == ("2021",)


@pytest.mark.parametrize("date", ["1970-01-01T00:00:00+00:00", "-0001-11-30T00:00:00", "2999-01-01", "soon"])
def test_a_date_that_no_publication_has_is_none(date: str) -> None:
    head = f'<meta property="article:published_time" content="{date}">' + json_ld(
        {"@type": "Article", "datePublished": date}
    )

    assert read(head).all(Field.DATE) == ()


def test_the_year_of_a_page_s_copyright_is_a_weaker_word_than_the_day_it_states() -> None:
    def weights(**said: str) -> list[tuple[str, float, str]]:
        facts = read(json_ld({"@type": "Article", **said})).facts
        return [(one.value, one.weight, one.evidence[0].quote) for one in facts if one.field is Field.DATE]

    assert weights(copyrightYear="2019", datePublished="2021-03") == [
        ("2021-03", 0.5, "datePublished: 2021-03")
    ]
    assert weights(copyrightYear="2019") == [("2019", 0.3, "copyrightYear: 2019")]


@pytest.mark.parametrize("label", ["Last updated: ", "Mis à jour le ", "Accessed on ", "Обновлено: "])
def test_the_time_of_a_change_or_a_visit_is_no_date_of_the_page(label: str) -> None:
    assert read(body=f'<p>{label}<time datetime="2021-03-04">then</time></p>').all(Field.DATE) == ()
    assert read(body='<p>Posted <time datetime="2021-03-04">then</time></p>').all(Field.DATE) == (
        "2021-03-04",
    )


ARTICLE = {
    "@context": "https://schema.org",
    "@type": "Report",
    "headline": "Owed or owned?",
    "datePublished": "2021-03-04T10:00:00Z",
    "author": [{"@type": "Person", "name": "Ada Okoro"}],
    "publisher": {"@type": "Organization", "name": "Nets Trust"},
    "inLanguage": {"@type": "Language", "name": "French", "alternateName": "fr"},
    "keywords": "fishing, debt bondage",
    "encoding": {"contentUrl": "https://nets.example/owed.pdf"},
}


@pytest.mark.parametrize(
    "block",
    [
        json_ld(ARTICLE),
        json_ld([{"@type": "WebSite", "name": "X"}, ARTICLE]),
        json_ld({"@graph": [{"@type": "WebPage"}, ARTICLE]}),
        json_ld({"@type": "WebPage", "mainEntity": ARTICLE}),
        json_ld(ARTICLE | {"@type": ["http://schema.org/ScholarlyArticle"]}),
        json_ld({"@type": "Organization", "name": "X"}) + json_ld(ARTICLE),
        json_ld(ARTICLE).replace("}</script>", ",}</script>"),
        json_ld(ARTICLE).replace(">{", "><!--\n{").replace("}<", "}\n-->\n<"),
        json_ld(ARTICLE).replace(">{", ">//<![CDATA[\n{").replace("}<", "}\n//]]><"),
        json_ld(ARTICLE).replace("Owed or owned?", "Owed or\nowned?"),
        '<script type="application/ld+json">{broken</script>' + json_ld(ARTICLE),
    ],
    ids=[
        "one",
        "list",
        "graph",
        "main entity",
        "type with address",
        "blocks",
        "comma",
        "comment",
        "cdata",
        "raw line end",
        "broken",
    ],
)
def test_json_ld_is_read_however_it_is_written(block: str) -> None:
    record = read(block)

    said = {
        Field.TITLE: "Owed or owned?",
        Field.DATE: "2021-03-04",
        Field.AUTHOR: "Ada Okoro",
        Field.PUBLISHER: "Nets Trust",
        Field.LANGUAGE: "fr",
        Field.FILE_URL: "https://nets.example/owed.pdf",
    }
    assert {field: record.first(field) for field in said} == said
    assert record.all(Field.TAG) == ("fishing", "debt bondage")


def test_microdata_is_read() -> None:
    body = (
        '<div itemscope><h2>Owed</h2><span itemprop="author">Ada Okoro</span><time itemprop="dateModified" datetime="2024-01-01">'
        'now</time><time itemprop="datePublished" datetime="2021-03-04">then</time></div>'
    )
    record = read(body=body)

    assert (record.first(Field.AUTHOR), record.first(Field.DATE)) == ("Ada Okoro", "2021-03-04")


@pytest.mark.parametrize(
    "frame",
    [
        '<iframe src="/files/owed.pdf"></iframe>',
        '<object data="https://nets.example/files/owed.pdf#page=1"></object>',
        '<iframe src="https://viewer.example/?url=https%3A%2F%2Fnets.example%2Ffiles%2Fowed.pdf&embedded=true"></iframe>',
    ],
)
def test_a_file_that_the_page_shows_is_its_file(frame: str) -> None:
    assert read(CANONICAL, frame).first(Field.FILE_URL) == "https://nets.example/files/owed.pdf"


def test_a_title_keeps_its_full_width_punctuation_and_loses_ligatures() -> None:
    record = read('<meta name="citation_title" content="人身取引：報告（第２版）ﬁnal">')

    assert record.first(Field.TITLE) == "人身取引：報告（第2版）final"


@pytest.mark.parametrize(
    ("box", "word"),
    [
        ('<div class="cky-consent-container"><p>We value your privacy and keep crumbs.</p></div>', "privacy"),
        ('<div id="CybotCookiebotDialog"><p>This website keeps crumbs of you.</p></div>', "crumbs"),
        ('<div class="heateor_sss_sharing_container"><p>Tell your friends about it.</p></div>', "friends"),
        ('<div class="post-share-buttons"><span>Spread the word of it.</span></div>', "Spread"),
        ('<section class="related-articles-wrap"><p>More of the same kind here.</p></section>', "More"),
        ('<p class="rank-math-breadcrumb">You stand on the bridge.</p>', "bridge"),
        ('<div class="comments-wrap"><p>First to say something silly.</p></div>', "silly"),
    ],
)
def test_boxes_of_plug_ins_are_no_text(box: str, word: str) -> None:
    assert word not in read(body=box).pages[0].text


def test_a_box_that_holds_the_title_is_the_page_whatever_it_is_called() -> None:
    data = f"<body><div class='has-breadcrumb cookies-set'><h1>Owed</h1><p>{TEXT}</p></div></body>"

    assert "Deckhands" in read_html(data.encode(), "a.html").records[0].pages[0].text


def test_a_form_around_the_whole_page_is_no_box_to_fill_in() -> None:
    data = (
        f"<body><form id=aspnetForm><input type=hidden><h1>Owed</h1><p>{TEXT}</p><p>{TEXT}</p></form></body>"
    )

    assert "Deckhands" in read_html(data.encode(), "a.html").records[0].pages[0].text


@pytest.mark.parametrize(
    "name", ["more-resources", "related-posts-wrap", "recent-posts", "similar_publications"]
)
def test_cards_in_a_box_of_related_items_are_cards_and_no_text(name: str) -> None:
    card = "<div><h3><a href='/{0}/'>{0}</a></h3><p>A teaser about harbours conseq...<a href='/{0}/'>Read More</a></p></div>"
    data = (
        f"<main><article><h1>Owed</h1><p>{TEXT}</p></article><section class='{name}'>"
        f"{card.format('Ports')}{card.format('Fees')}</section></main>"
    )
    first, *cards = read_html(data.encode(), "a.html").records

    assert [card.first(Field.TITLE) for card in cards] == ["Ports", "Fees"]
    assert "harbours" not in first.pages[0].text
