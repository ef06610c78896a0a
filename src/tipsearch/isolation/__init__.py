"""Runs a job on untrusted files, each in a child process of its own with limits on memory, CPU and wall time.

A `Nursery` is one helper process that imports the job's libraries once; for each file it forks a child, which inherits
them, does the job on one open file descriptor and dies. A child that crashes, hangs or eats memory costs its own file
only. Forking from a small single-threaded process takes about a millisecond and is safe, which forking from a process
with engine threads is not.
"""

from tipsearch.isolation.limits import Limits
from tipsearch.isolation.nursery import Fate, Nursery, Outcome, Task

__all__ = ["Fate", "Limits", "Nursery", "Outcome", "Task"]
