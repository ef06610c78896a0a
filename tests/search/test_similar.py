"""Documents like one, in small libraries made for the purpose."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tipsearch import Library, SearchRequest, vocabulary
from tipsearch.errors import BadRequest, DocumentMoved, NotFound
from tipsearch.search.similar import MoreLikeThis, Relation, find_similar, kept
from tipsearch.search.similar.editions import edition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from tipsearch.model import Document
    from tipsearch.search.similar import Similar

    Make = Callable[..., Library]

ENGLISH = """In 2023 the labour inspectorate visited 1,284 plantations and registered 367 contracts without a signature.
Inspectors of the ministry interviewed 2,915 workers; 412 of them said that a recruitment agency had kept their passport.
The tribunal in Kosterra condemned 23 companies and ordered compensation of 48,750 euros. The federation of unions,
FENATRA, documented 156 cases of illegal deductions, 31.5 per cent more than in 2022. The programme of the
International Labour Organization financed 14 training courses, in which 638 officials and the prosecutor Mirela Voskova
participated. A commission of the parliament proposed 9 reforms of the migration code."""
SPANISH = """En 2023 la inspección laboral visitó 1.284 plantaciones y registró 367 contratos sin firma. Los inspectores del
ministerio entrevistaron a 2.915 trabajadores; 412 de ellos dijeron que una agencia de contratación retenía su pasaporte.
El tribunal de Kosterra condenó a 23 compañías y ordenó una compensación de 48.750 euros. La federación de sindicatos,
FENATRA, documentó 156 casos de deducciones ilegales, un 31,5 por ciento más que en 2022. El programa de la
Organización Internacional del Trabajo financió 14 cursos de formación, en los que participaron 638 funcionarios y la
fiscal Mirela Voskova. Una comisión del parlamento propuso 9 reformas del código de migración."""
#: The same a year later.
LATER = (
    ENGLISH.replace("1,284", "1,931").replace("412", "508").replace("48,750", "61,200").replace("638", "702")
)
#: The same matter, other facts.
OTHER_SPANISH = """En 2023 la inspección laboral de otra provincia visitó 77 plantaciones y registró 15 contratos sin firma. Los
inspectores del ministerio entrevistaron a 230 trabajadores; una agencia de contratación retenía el pasaporte de 19. El
tribunal de Almora condenó a 3 compañías y ordenó una compensación de 8.100 euros. El programa de la Organización
Internacional del Trabajo financió 2 cursos de formación. Una comisión propuso reformas del código de migración."""
FORM = """The government of {place} made moderate advancement in efforts to end child labour in {year}. The number of labour
inspectors is likely too small for the size of the workforce of {place}. Children in {place} perform dangerous tasks in
{sector}. The minimum age for work is fifteen, but the law excludes children who work without a contract. The national
council met {count} times in {year} to coordinate the plan of action, which gives no figures on results. Local events of
the year: {events}."""


def record(id_: str, title: str, text: str, lang: str = "en", **more: str) -> dict[str, str]:
    return {"id": id_, "title": title, "text": text, "lang": lang, **more}


def findings(place: str, year: int, sector: str) -> dict[str, str]:
    events = f"{sector} owners of {place} signed pledge {year * 7 % 97} with unions and schools near {sector} sites"
    text = FORM.format(place=place, year=year, sector=sector, count=year % 10 + 2, events=events)
    title = f"{place}: Findings on the Worst Forms of Child Labor ({year})"
    return record(f"{place.lower()}-{year}", title, text)


BRICKS = record(
    "bricks", "Bricks and debt", "Families in brick kilns work off an advance. The advance grows each season."
)
KILNS = record(
    "kilns", "The kiln season", "An advance binds families to the brick kilns until the season ends."
)
SHIPS = record(
    "ships", "Crews at sea", "Fishing crews stay at sea for years, and captains keep their papers on board."
)
REPORT = record("report", "Inspection of plantations", ENGLISH)
INFORME = record("informe", "Inspección de plantaciones", SPANISH, "es")
OTRO = record("otro", "Plantaciones de otra provincia", OTHER_SPANISH, "es")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """One library for the tests that ask for no other."""
    folder = tmp_path_factory.mktemp("shelf")
    records = [
        *(BRICKS, KILNS, SHIPS, REPORT, INFORME, OTRO),
        KILNS | {"id": "kilns-again"},
        record("later", "Inspection of plantations again", LATER),
        *(findings("Nepal", year, "bricks") for year in (2015, 2017, 2018, 2020)),
        findings("Ghana", 2018, "cocoa"),
        record("brief-3", "Policy brief 3: Debt", f"{BRICKS['text']} So we ask.", publisher="Kiln Watch"),
        record("brief-4", "Policy brief 4: Ships", f"{SHIPS['text']} So we ask.", publisher="Kiln Watch"),
        record("annual-2019", "Annual report 2019", "What the office did.", publisher="Kiln Watch"),
        record("annual-2020", "Annual report 2020", "What the office did then.", publisher="Kiln Watch"),
        record("annual-2021", "Annual report 2021", "What the office did later.", publisher="Harbour Trust"),
        record(
            "bonded-nepal", "Bonded labour in kilns in Nepal", "We met 40 families in the valley of bricks."
        ),
        record("bonded-ghana", "Bonded labour in kilns in Ghana", "A journey by lorry to twelve towns."),
        record(
            "crews", "Crews at sea", "Captains keep documents; crews protest.", url="https://a.org/en/crews"
        ),
        record(
            "marinos",
            "Marinos",
            "Capitanes guardan documentos; protestan.",
            "es",
            url="https://a.org/es/crews",
        ),
    ]
    (folder / "shelf.jsonl").write_text("\n".join(map(json.dumps, records)), "utf-8")
    with Library.open(folder / "library") as library:
        library.index([folder / "shelf.jsonl"])
        yield library


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """Indexes documents, given as records of a JSON lines file, and opens the library."""
    opened: list[Library] = []

    def make_library(*records: Mapping[str, object], engine: str = "tantivy") -> Library:
        source = tmp_path / f"{len(opened)}.jsonl"
        source.write_text("\n".join(map(json.dumps, records)), "utf-8")
        library = Library.open(tmp_path / f"library{len(opened)}")
        opened.append(library)
        library.index([source], engine=engine)
        return library

    yield make_library
    for library in opened:
        library.close()


def like(library: Library, document: str, relation: Relation | None = None, limit: int = 10) -> list[str]:
    found = library.similar(document, limit)
    return [one.document.id for one in found if relation in {None, one.relation}]


@pytest.mark.parametrize("engine", ["tantivy", "whoosh", "memory"])
def test_what_is_about_the_same_comes_first_on_every_engine(make: Make, engine: str) -> None:
    library = make(BRICKS, KILNS, SHIPS, engine=engine)
    assert like(library, "bricks")[:1] == ["kilns"]


def test_a_document_is_not_like_itself(shelf: Library) -> None:
    assert "bricks" not in like(shelf, "bricks")


def test_the_words_in_common_say_why(shelf: Library) -> None:
    kilns = next(one for one in shelf.similar("bricks") if one.document.id == "kilns")
    assert {"brick", "kilns"} <= set(kilns.terms)
    assert "debt" not in kilns.terms


def test_what_only_names_the_matter_deep_in_its_text_is_not_listed(make: Make) -> None:
    matter = "Quarries of Kosterra employ stonecutters and drillers at limestone terraces."
    crews = " ".join(f"{'herring' * 12}{n}" for n in range(60))
    filler = [record(f"x{n}", f"Note {n}", f"Pasture {n} belongs to shepherds.") for n in range(12)]
    library = make(
        record("quarry", "Quarries", matter),
        record("twin", "Stonecutters", f"{matter} Nobody else does."),
        record("sea", "At sea", f"{crews} {matter}"),
        *filler,
    )
    assert like(library, "quarry") == ["twin"]


def test_scores_fall_and_lie_between_nothing_and_one(shelf: Library) -> None:
    scores = [one.score for one in shelf.similar("bricks")]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def test_there_are_as_many_as_asked_for_at_most(shelf: Library) -> None:
    everything = like(shelf, "nepal-2017")
    assert len(everything) > 3
    assert len(like(shelf, "nepal-2017", limit=3)) == 3


@pytest.mark.parametrize("limit", [0, -1, 101])
def test_a_senseless_number_is_refused(shelf: Library, limit: int) -> None:
    with pytest.raises(BadRequest, match="size is a number from 1 to 100"):
        shelf.similar("bricks", limit)


def test_of_an_unknown_document_nothing_is_told(shelf: Library) -> None:
    with pytest.raises(NotFound, match="'nothing'"):
        shelf.similar("nothing")


def test_a_document_found_under_another_id_says_which(sample: Library) -> None:
    with pytest.raises(DocumentMoved) as raised:
        sample.similar("oiite74vvxd343hc")
    assert sample.similar(raised.value.document_id)


def test_a_document_known_from_a_listing_only_has_its_like(sample: Library) -> None:
    everything = sample.search(SearchRequest(size=100)).results
    stubs = [one.document.id for one in everything if one.document.is_stub]
    assert stubs
    assert all(sample.similar(one) for one in stubs)


def test_no_text_of_the_sample_library_is_taken_for_a_translation(sample: Library) -> None:
    everything = sample.search(SearchRequest(size=100)).results
    assert {one.document.language for one in everything} >= {"en", "es", "fr", "pt", "ar", "zh", "ru"}
    assert not [
        one for result in everything for one in like(sample, result.document.id, Relation.TRANSLATION)
    ]


def test_equal_documents_come_by_id(shelf: Library) -> None:
    found = []
    for _ in range(3):
        shelf._more_like_this = MoreLikeThis(shelf._catalogue, shelf.vocabularies)  # that keeps nothing yet
        found.append(like(shelf, "bricks"))
    first, *others = found
    assert all(one == first for one in others)
    alike = [one for one in first if one in {"kilns", "kilns-again"}]
    assert alike == ["kilns", "kilns-again"]


def test_another_year_of_the_same_country_is_its_series_and_the_nearest_comes_first(shelf: Library) -> None:
    found = like(shelf, "nepal-2018", Relation.SERIES)
    assert found[:3] == ["nepal-2017", "nepal-2020", "nepal-2015"]


def test_another_country_of_a_report_written_on_one_form_is_its_series_behind_its_own_years(
    shelf: Library,
) -> None:
    assert like(shelf, "nepal-2018", Relation.SERIES)[3:] == ["ghana-2018"]


def test_two_authors_on_one_matter_in_two_countries_are_no_series(shelf: Library) -> None:
    assert like(shelf, "bonded-nepal", Relation.SERIES) == []
    assert "bonded-ghana" in like(shelf, "bonded-nepal")


def test_the_same_title_by_another_publisher_is_no_series(shelf: Library) -> None:
    assert like(shelf, "annual-2019", Relation.SERIES) == ["annual-2020"]


def test_numbered_briefs_of_one_publisher_are_a_series_whatever_their_matter(shelf: Library) -> None:
    assert like(shelf, "brief-3", Relation.SERIES) == ["brief-4"]


def test_titles_made_from_file_names_make_no_series(make: Make) -> None:
    untitled = [
        {"id": f"untitled-{number}", "text": BRICKS["text"] + f" Page {number}."} for number in (1, 2)
    ]
    assert like(make(*untitled), "untitled-1", Relation.SERIES) == []


def test_a_translation_is_found_from_either_side(shelf: Library) -> None:
    assert like(shelf, "report", Relation.TRANSLATION) == ["informe"]
    assert like(shelf, "informe", Relation.TRANSLATION) == ["report"]


def test_another_text_on_the_same_matter_is_no_translation(shelf: Library) -> None:
    assert like(shelf, "otro", Relation.TRANSLATION) == []


def test_an_edition_with_other_figures_is_not_what_the_translation_was_made_from(shelf: Library) -> None:
    assert like(shelf, "later", Relation.TRANSLATION) == []


def test_another_years_edition_is_no_translation(make: Make) -> None:
    dated = [
        REPORT | {"title": "Inspection of plantations 2023"},
        INFORME | {"title": "Inspección de plantaciones 2022"},
    ]
    assert like(make(*dated, BRICKS, SHIPS), "report", Relation.TRANSLATION) == []


def test_figures_in_another_order_are_those_of_another_text(make: Make) -> None:
    sentences = SPANISH.split(". ")
    turned = ". ".join(reversed(sentences))
    library = make(REPORT, INFORME | {"text": turned}, BRICKS, SHIPS)
    assert like(library, "report", Relation.TRANSLATION) == []


def test_a_long_translation_in_another_alphabet_is_known_by_its_figures_and_their_order(make: Make) -> None:
    def pages(words: str, sign: str, first: int, count: int) -> list[str]:
        figures = [f"{number % 7 + 1}{sign}{number * 37 % 900 + 100}" for number in range(first, first + 60)]
        share = -(-len(figures) // count)
        return [f"{words} {' '.join(figures[at : at + share])} {words}" for at in range(0, 60, share)]

    english, russian = "Inspectors visited several plantations.", "Инспекторы посетили несколько плантаций."
    library = make(
        {"id": "long", "title": "Inspection", "lang": "en", "pages": pages(english, ",", 1, 10)},
        {"id": "translated", "title": "Проверка", "lang": "ru", "pages": pages(russian, ".", 1, 12)},
        {"id": "turned", "title": "Отчёт", "lang": "ru", "pages": pages(russian, ".", 1, 12)[::-1]},
        {"id": "other", "title": "Обзор", "lang": "ru", "pages": pages(russian, ".", 500, 12)},
    )
    assert like(library, "long", Relation.TRANSLATION) == ["translated"]
    assert like(library, "turned", Relation.TRANSLATION) == []


def test_addresses_that_differ_in_the_language_alone_tell_a_translation(shelf: Library) -> None:
    assert like(shelf, "crews", Relation.TRANSLATION) == ["marinos"]


def test_what_was_found_is_looked_for_again_when_the_library_changes(make: Make, tmp_path: Path) -> None:
    library = make(BRICKS, SHIPS)
    assert "kilns" not in like(library, "bricks")
    (tmp_path / "more.jsonl").write_text(json.dumps(KILNS), "utf-8")
    library.index([tmp_path / "more.jsonl"])
    assert like(library, "bricks")[:1] == ["kilns"]


def test_a_library_made_anew_in_the_same_place_is_asked_anew(make: Make, tmp_path: Path) -> None:
    first, second = make(BRICKS, SHIPS), make(BRICKS, KILNS, SHIPS)
    engines = [library._opened().engine for library in (first, second)]
    more_like_this, bricks = MoreLikeThis(first._catalogue, first.vocabularies), first.document("bricks")
    assert more_like_this.find(bricks, 10, engines[0], 1) == ()
    (tmp_path / "library0").rename(tmp_path / "gone")
    (tmp_path / "library1").rename(tmp_path / "library0")
    first._catalogue.close()  # the next connection reads the file that is there now
    assert [one.document.id for one in more_like_this.find(bricks, 10, engines[1], 1)][:1] == ["kilns"]


def test_what_is_kept_is_bounded_by_documents_not_by_answers(
    shelf: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "_MOST_KEPT", 12)
    asked: list[str] = []

    def noted(document: Document, *more: object) -> tuple[Similar, ...]:
        asked.append(document.id)
        return find_similar(document, *more)  # type: ignore[arg-type]  # passed on

    monkeypatch.setattr(kept, "find_similar", noted)
    shelf._more_like_this = MoreLikeThis(shelf._catalogue, shelf.vocabularies)
    assert len(shelf.similar("nepal-2018", 5)) == len(shelf.similar("nepal-2017", 5)) == 5
    shelf.similar("nepal-2018", 5)
    assert asked == ["nepal-2018", "nepal-2017"]
    assert shelf.similar("kilns", 3)
    shelf.similar("nepal-2018", 5)
    shelf.similar("nepal-2017", 5)
    assert asked == ["nepal-2018", "nepal-2017", "kilns", "nepal-2017"]


@pytest.mark.parametrize(
    ("title", "name", "years", "numbers", "places"),
    [
        ("2019 Findings on Child Labour: Nepal", "child findings labor on", "2019", "", "nepal"),
        ("Viet Nam – Findings on Child Labor (2020)", "child findings labor on", "2020", "", "viet-nam"),
        ("Kiln Handbook, second edition, vol. IV", "handbook kiln", "", "iv", ""),
        ("Kiln Handbook, 3rd ed., March 2021", "handbook kiln", "2021", "3rd", ""),
        ("Ships in Oman and Qatar", "and in ships", "", "", "oman qatar"),
    ],
)
def test_a_title_falls_into_the_name_of_its_series_and_what_tells_its_members_apart(
    title: str, name: str, years: str, numbers: str, places: str
) -> None:
    found = edition(title, "en", vocabulary.regions())
    assert " ".join(found.name) == name
    assert (found.years, found.numbers, found.places) == (
        frozenset(years.split()),
        frozenset(numbers.split()),
        frozenset(places.split()),
    )


@pytest.mark.parametrize(
    ("title", "column", "position"),
    [
        ("Policy brief 3: Debt in the kilns", "policy brief", "3"),
        ("Working Paper No. 12 – Crews at sea", "working paper", "12"),
        ("Debt in the kilns (Kiln Papers 07)", "kiln papers", "7"),
        pytest.param(f"Policy{' ' * 4000}brief 3: Debt", "policy brief", "3", id="spaces"),
        ("Kilns in 2019: a survey", "", ""),
        ("Debt in the kilns", "", ""),
    ],
)
def test_a_numbered_series_is_read_from_before_or_behind_the_title(
    title: str, column: str, position: str
) -> None:
    found = edition(title, "en", vocabulary.regions())
    assert (" ".join(found.column), found.position) == (column, position)
