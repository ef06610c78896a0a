"""Runs a job on untrusted files, each in a child process of its own that can do nothing but read and answer.

A `Nursery` is one helper process that imports the job's libraries once; for each file it forks a child, which inherits
them, is confined (seccomp and Landlock where the kernel has them, limits on memory, CPU and wall time everywhere), does
the job on one open file descriptor and dies. A child that crashes, hangs, eats memory or is taken over costs its own
file only. Forking from a small single-threaded process and confining its child takes about two milliseconds and is
safe, which forking from a process with engine threads is not.

A job can open nothing more once it runs: whatever it needs, its `warm_up` has to load.
"""

from tipsearch.isolation.level import Confinement, confinement
from tipsearch.isolation.limits import Limits
from tipsearch.isolation.nursery import Fate, Nursery, Outcome, Task

__all__ = ["Confinement", "Fate", "Limits", "Nursery", "Outcome", "Task", "confinement"]
