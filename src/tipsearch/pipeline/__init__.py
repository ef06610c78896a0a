"""Getting in: sources ► reading (extract and enrich, each file in a child process) ► catalogue ► engine.

This is the one module that knows all of these stages. Order of writing: text and states into the catalogue (one
transaction, on disk), then the engine, then the engine's manifest; only then is the report given. A run that is killed
leaves the catalogue ahead of the engine at most, and the next run feeds the difference.
"""

from tipsearch.pipeline.report import IndexReport, Options, Progress, Step
from tipsearch.pipeline.retagging import tell_anew
from tipsearch.pipeline.run import Run
from tipsearch.pipeline.tally import Tally

__all__ = ["IndexReport", "Options", "Progress", "Run", "Step", "Tally", "tell_anew"]
