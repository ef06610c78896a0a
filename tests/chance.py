"""How many examples a property is tried on, and which: the same few each time, so that a run says something about what was
changed; with HYPOTHESIS_PROFILE=thorough ten times as many, others each time.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

_TIMES = {"usual": 1, "thorough": 10}
#: Hypothesis' own number.
_USUAL = 100

_profile = os.environ.get("HYPOTHESIS_PROFILE", "usual")
# How long an example takes says how busy the machine is.
for _name, _times in _TIMES.items():
    settings.register_profile(
        _name,
        max_examples=_USUAL * _times,
        derandomize=_times == 1,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
settings.load_profile(_profile)


def examples(usual: int) -> int:
    """That many, or ten times as many."""
    return usual * _TIMES[_profile]
