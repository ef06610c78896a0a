"""What of the machine and of a library's folder is missing or ailing, and what to do about it."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from tipsearch.doctor.finding import Finding, State
from tipsearch.doctor.folder import look_at_folder
from tipsearch.doctor.library import Patient, look_at_library
from tipsearch.doctor.machine import look_at_machine
from tipsearch.doctor.programs import look_at_ocr, look_at_programs
from tipsearch.doctor.thesaurus import look_at_thesaurus
from tipsearch.engines.generations import Generations
from tipsearch.paths import ENGINE

if TYPE_CHECKING:
    from pathlib import Path

    from tipsearch.config import Settings

__all__ = ["Finding", "State", "examine"]


def examine(folder: Path, settings: Settings) -> tuple[Finding, ...]:
    """Look at programs, machine, folder and library; the library need not exist, and nothing is written into it.

    Takes a second or two, more for a catalogue of gigabytes, which is read from end to end.
    """
    with Patient(folder) as patient:
        looks = (
            look_at_programs(Generations(folder / ENGINE).engine(settings.engine)),
            look_at_machine(settings, patient.last_run()),
            look_at_ocr(settings.ocr, patient.languages()),
            look_at_thesaurus(settings.thesaurus, patient),
            look_at_folder(folder),
            look_at_library(patient),
        )
        return tuple(chain.from_iterable(looks))
