"""What readers are told about other names and better spellings, wherever they search."""

from __future__ import annotations

#: Before a better spelling that is offered.
DID_YOU_MEAN = "Did you mean"
#: Before the spelling that was searched for, as nothing was found for what was typed; and before the latter.
SHOWING = "Showing results for"
INSTEAD = "Search instead for"
#: Before the other names of topics that were searched for, and the way to be without them, and back.
ALSO = "Also searched for"
NAMES_OF = "other names of"
ONLY_TYPED = "Search only what I typed"
WAS_ONLY_TYPED = "Only what you typed was searched for."
WITH_NAMES = "Search for other names of topics, too"
