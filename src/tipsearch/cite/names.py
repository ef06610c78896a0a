"""The names of styles, apart from what writes them, which takes a while to load."""

from __future__ import annotations

#: The styles' names to people, by the names of their files in ``data/csl``.
STYLES = {
    "apa": "APA",
    "chicago-author-date": "Chicago",
    "harvard-cite-them-right": "Harvard",
    "modern-language-association": "MLA",
    "nlm-citation-sequence": "Vancouver",
    "ieee": "IEEE",
}
