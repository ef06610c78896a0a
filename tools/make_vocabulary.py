"""Makes the data files on places and languages from public sources and our own tables.

::

    python tools/make_vocabulary.py countries-territories.csv

The argument is the one CSV of hdx-python-country 4.2.5 (MIT): ISO 3166 codes, the UN M49 tree, names in the six UN
languages, Taiwan and Kosovo. CLDR's names (Unicode-3.0) come from the installed Babel. What both lack is in the files
of ``places/`` and in ``languages.toml`` beside this script. Written: ``regions.json``, ``gazetteer.json`` and
``languages.json`` in ``src/tipsearch/data``; the same inputs give the same bytes.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import tomllib
import unicodedata
from pathlib import Path
from typing import Any

from babel import Locale
from place_forms import demonyms, phrases, tag_variants, towns

HERE = Path(__file__).resolve().parent
DATA = HERE.parent / "src" / "tipsearch" / "data"

#: Languages in which places are known by name, besides English: those of the literature and of its readers.
NAME_LANGUAGES = (
    *("es", "fr", "pt", "ar", "ru", "zh", "zh_Hant", "de", "nl", "it", "th", "vi", "id", "fil", "ja", "ko"),
    *("hi", "bn", "ne", "ur", "fa", "tr", "uk", "pl", "ro", "km", "my", "lo", "ms", "sw", "am"),
)
#: Languages in which languages are known by name, besides English and their own: those in which catalogues are kept.
LANGUAGE_NAMES = ("es", "fr", "pt", "ar", "ru", "zh", "zh_Hant", "de", "it", "nl")
#: M49 dropped the Channel Islands as a region; the CSV still has them.
OLD_REGION = "Channel Islands"
#: Column prefix of the CSV by language.
UN_COLUMNS = {"fr": "French", "es": "Spanish", "ru": "Russian", "zh": "Chinese", "ar": "Arabic"}
#: English columns with further names, in which an appendix in brackets only says whose territory it is.
ENGLISH_COLUMNS = ("Preferred Term", "English Short", "RW Short Name", "English Formal", "M49 English")
#: Our codes of languages, where Babel's differ.
LANGUAGE_CODES = {"fil": "tl", "zh_Hant": "zh-hant"}

_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")


def main(arguments: list[str]) -> int:
    """Write the data files; the argument is the path of the CSV. Returns the exit status."""
    if len(arguments) != 1:
        sys.stderr.write("usage: make_vocabulary.py countries-territories.csv\n")
        return 2
    own = _own_tables()
    with Path(arguments[0]).open(encoding="utf-8-sig", newline="") as file:
        rows = [
            row
            for row in csv.DictReader(file)
            if row["ISO 3166-1 Alpha 2-Codes"] or row["Preferred Term"] == "Kosovo"
        ]
    places = _tree(rows, own)
    values = {code: place["value"] for code, place in places.items()}
    _write("regions.json", _regions(places, values, own))
    _write("gazetteer.json", _gazetteer(rows, places, own))
    _write("languages.json", _languages())
    return 0


def _own_tables() -> dict[str, Any]:
    """All tables of ``places/``; each stands in one file only."""
    own: dict[str, Any] = {}
    for path in sorted((HERE / "places").glob("*.toml")):
        tables = tomllib.loads(path.read_text("utf-8"))
        if twice := own.keys() & tables.keys():
            message = f"{path.name} has tables that stand in another file too: {', '.join(sorted(twice))}"
            raise SystemExit(message)
        own |= tables
    return own


def _tree(rows: list[dict[str, str]], own: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The places by code: regions by M49 code, countries and areas by alpha-2 code."""
    places = {"001": _place(own, ["001"], "World", None)}
    for row in rows:
        parent = None
        for level in ("Region", "Sub-region", "Intermediate Region"):
            name, code = row[f"{level} Name"], row[f"{level} Code"].zfill(3)
            if name and name != OLD_REGION:
                places.setdefault(code, _place(own, [code], name, parent))
                parent = code
        alpha2 = row["ISO 3166-1 Alpha 2-Codes"] or row["x Alpha2 codes"]
        alpha3 = row["ISO 3166-1 Alpha 3-Codes"] or row["x Alpha3 codes"]
        m49 = row["m49 numerical code"].zfill(3) if row["m49 numerical code"] else ""
        codes = [code for code in (alpha2, alpha3, m49) if code]
        name = row["M49 English"] or row["English Short"] or row["Preferred Term"]
        places[alpha2] = _place(own, codes, name, parent) | {
            "names": _names(own, alpha2, [name, *_english_names(row)])
        }
    for place in places.values():
        place["parent"] = places[place["parent"]]["value"] if place["parent"] else None
    return places


def _place(own: dict[str, Any], codes: list[str], name: str, parent: str | None) -> dict[str, Any]:
    code, short = codes[0], _BRACKETS.sub("", name)
    return {
        "value": own["slugs"].get(code) or _slug(short),
        "label": own["labels"].get(code, short),
        "parent": parent,
        "codes": codes,
        "names": _names(own, code, [name]),
    }


def _names(own: dict[str, Any], code: str, names: list[str]) -> list[str]:
    """All English names but the label: those given, without brackets, CLDR's, and our own."""
    short = [_BRACKETS.sub("", name) for name in names]
    own_names = [name for table in ("names", "regions", "acronyms") for name in own[table].get(code, [])]
    label = own["labels"].get(code, short[0]).replace("’", "'")
    return [
        name for name in _variants([*names, *short, _cldr("en", code) or "", *own_names]) if name != label
    ]


def _english_names(row: dict[str, str]) -> list[str]:
    names = [row[column].removeprefix("the ") for column in ENGLISH_COLUMNS if row[column]]
    return [_BRACKETS.sub("", name) for name in names if "China - " not in name]


def _variants(names: list[str]) -> list[str]:
    """The names with "&" and "and", "St." and "Saint" exchanged, each once, in order."""
    found: dict[str, None] = {}
    for name in filter(None, names):
        for form in (name, name.replace(" & ", " and "), name.replace(" and ", " & ")):
            for spelling in (form, form.replace("Saint ", "St. "), form.replace("St. ", "Saint ")):
                found[spelling.replace("’", "'")] = None
    return list(found)


def _regions(
    places: dict[str, dict[str, Any]], values: dict[str, str], own: dict[str, Any]
) -> dict[str, Any]:
    groups = {name: [values[code] for code in codes] for name, codes in own["groups"].items()}
    tags = {name: [values[code]] for code, names in own["tags"].items() for name in names}
    names = {place["value"]: [place["label"], *place["names"]] for place in places.values()}
    for form, value in tag_variants(names, own).items():
        tags.setdefault(form, [value])
    return {"concepts": list(places.values()), "groups": groups, "tags": tags}


def _gazetteer(
    rows: list[dict[str, str]], places: dict[str, dict[str, Any]], own: dict[str, Any]
) -> dict[str, Any]:
    values = {code: place["value"] for code, place in places.items()}
    columns = {row["ISO 3166-1 Alpha 2-Codes"]: row for row in rows}
    names = {
        LANGUAGE_CODES.get(language, language): {
            value: _foreign_names(own, language, code, columns.get(code, {}))
            for code, value in values.items()
        }
        for language in NAME_LANGUAGES
    }
    return {
        "names": names,
        **demonyms(own, values),
        **towns(own, values, _all_names(places, names)),
        "personal": own["personal"]["names"],
        "rivals": own["rivals"],
        "worldwide": own["worldwide"],
        "institutions": own["institutions"],
        "not_places": phrases(own),
    }


def _all_names(places: dict[str, dict[str, Any]], foreign: dict[str, dict[str, list[str]]]) -> dict[str, str]:
    """Names of countries and regions in all languages to values."""
    found = {name: value for table in foreign.values() for value, names in table.items() for name in names}
    for place in places.values():
        found |= dict.fromkeys([place["label"], *place["names"]], place["value"])
    return found


def _foreign_names(own: dict[str, Any], language: str, code: str, row: dict[str, str]) -> list[str]:
    """Our usual name, where there is one, then CLDR's, those of the UN, and our others."""
    names = [own["usual"].get(code, {}).get(language, ""), _cldr(language, code) or ""]
    if language in UN_COLUMNS and code != "001":
        names += [row.get(f"{UN_COLUMNS[language]} Short", ""), row.get(f"M49 {UN_COLUMNS[language]}", "")]
    plain = [form.strip() for name in names for form in (_BRACKETS.sub("", name), name)]
    plain += own["foreign"].get(language, {}).get(code, [])
    return list(dict.fromkeys(name.replace("’", "'") for name in plain if name and "(" not in name))


def _cldr(language: str, code: str) -> str | None:
    name = Locale.parse(language).territories.get(code)
    return name if name != code else None


def _languages() -> dict[str, Any]:
    own = tomllib.loads((HERE / "languages.toml").read_text("utf-8"))
    english = Locale.parse("en").languages
    foreign = [Locale.parse(language).languages for language in LANGUAGE_NAMES]
    concepts = []
    for code, codes in own["codes"].items():
        native = own["native"].get(code) or Locale.parse(own["locales"].get(code, code)).display_name or ""
        label = own["labels"].get(code) or english[own["locales"].get(code, code)]
        names = dict.fromkeys([_BRACKETS.sub("", native), *own["names"].get(code, [])])
        said = [table.get(own["locales"].get(code, code), "") for table in foreign]
        names |= dict.fromkeys(_BRACKETS.sub("", name) for name in said if name)
        concepts.append(
            {
                "value": code,
                "label": label,
                "codes": codes,
                "names": [name for name in names if name != label],
            }
        )
    return {"concepts": concepts}


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.replace("’", "-")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def _write(name: str, content: dict[str, Any]) -> None:
    """One line an entry of a list or table, so that a change shows as one line."""
    parts = []
    for key, value in content.items():
        rows = (
            [_compact(row) for row in value]
            if isinstance(value, list)
            else [f"{_compact(k)}:{_compact(v)}" for k, v in value.items()]
        )
        left, right = "[]" if isinstance(value, list) else "{}"
        parts.append(f"{_compact(key)}:{left}\n" + ",\n".join(rows) + f"\n{right}")
    (DATA / name).write_text("{" + ",\n".join(parts) + "}\n", "utf-8")


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
