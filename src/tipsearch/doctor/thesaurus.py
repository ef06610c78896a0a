"""The thesaurus in force: can it be used, and were the facets told by it?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tipsearch.doctor.finding import Finding, State
from tipsearch.errors import ThesaurusError
from tipsearch.thesaurus import in_force
from tipsearch.vocabulary import standard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tipsearch.config import ThesaurusSettings
    from tipsearch.doctor.library import Patient

_NAME = "thesaurus"


def look_at_thesaurus(settings: ThesaurusSettings, patient: Patient) -> Iterator[Finding]:
    """Whose it is, and whether a run would tell facets anew."""
    from tipsearch.enrich import fingerprint  # noqa: PLC0415  the other findings need none of it

    try:
        topics = in_force(settings, patient.folder, keep=False)
    except ThesaurusError as error:
        todo = f"tipsearch thesaurus check {settings.file}, or take it out of the settings"
        yield Finding(_NAME, State.BROKEN, str(error), todo)
        return
    whose = "the program's own"
    if settings.file:
        whose = f"{Path(settings.file).name}, which {settings.mode}s the program's own"
    said = f"{whose}: {len(topics):,} concept{'s' if len(topics) > 1 else ''}"
    count = patient.otherwise_tagged(fingerprint(replace(standard(), topics=topics)))
    if count:
        behind = f"{said}; facets of {count:,} records were told by other vocabularies or rules"
        yield Finding(_NAME, State.WARNING, behind, "tipsearch index")
    else:
        yield Finding(_NAME, State.OK, said)
