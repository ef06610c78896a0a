"""What people paste as a search, and what is asked for: the element and the page that builds snippets read it alike."""

from __future__ import annotations

from typing import Final

PASTED: Final[tuple[tuple[str, dict[str, str]], ...]] = (
    ("https://library.example/search?q=wom?n&region=asia#results", {"q": "wom?n", "region": "asia"}),
    ("/search?q=wom?n", {"q": "wom?n"}),
    ("search?q=debt", {"q": "debt"}),
    ("?q=debt&region=asia", {"q": "debt", "region": "asia"}),
    ("q=wom?n&region=asia", {"q": "wom?n", "region": "asia"}),
    ("region=asia&q=what?+why?", {"q": "what? why?", "region": "asia"}),
    ("q=on/off?&region=asia", {"q": "on/off?", "region": "asia"}),
    ("q=C%23%3F&region=asia", {"q": "C#?", "region": "asia"}),
    ("q=debt#results?q=no", {"q": "debt"}),
    ("https://library.example/a=b/search?q=debt", {"q": "debt"}),
    ("https://library.example/search?", {}),
    ("https://library.example/search", {}),
    ("https://library.example/search#q=no", {}),
)
