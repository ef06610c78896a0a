"""A child that a file has taken over can do nothing but answer."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import intruder
import pytest

from tipsearch.isolation import (
    Confinement,
    Fate,
    Limits,
    Nursery,
    Outcome,
    Task,
    confinement,
    landlock,
    linux,
    seccomp,
)
from tipsearch.isolation.confine import Cage, trial

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HERE = Path(__file__).parent
TIGHT = Limits(memory_bytes=512 << 20, cpu_seconds=1, wall_seconds=3.0)
REFUSED = {"EPERM", "EACCES", "can't start new thread"}


@pytest.fixture(scope="module")
def level() -> Confinement:
    return confinement()


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join([str(HERE), *sys.path]))
        with Nursery("intruder", keepers=1, limits=TIGHT) as made:
            yield made


@pytest.fixture
def needs_seccomp(level: Confinement) -> None:
    if not level.seccomp:
        pytest.skip(f"no seccomp here: {level.detail}")


def ask(nursery: Nursery, name: str, argument: str = "") -> Outcome[None]:
    """What became of an attempt in a confined child."""
    request = json.dumps({"name": name, "argument": argument}).encode()
    (outcome,) = nursery.run([Task(None, os.open(__file__, os.O_RDONLY), request)])
    return outcome


FORBIDDEN = [
    "open a file",
    "list a folder",
    "open its own memory",
    "make a file in memory",
    "run a program",
    "run a program from a descriptor",
    "start a program",
    "fork",
    "clone",
    "begin a thread",
    "signal its parent",
    "signal its group",
    "signal everybody",
    "trace its parent",
    "read its parent's memory",
    "set up a ring",
    "load a program into the kernel",
    "type into a terminal",
    "map executable memory",
    "loosen a limit",
]


@pytest.mark.usefixtures("needs_seccomp")
@pytest.mark.parametrize("name", FORBIDDEN)
def test_a_confined_child_is_refused(nursery: Nursery, name: str) -> None:
    outcome = ask(nursery, name)
    assert outcome.fate is Fate.DONE
    assert outcome.payload.decode() in REFUSED


@pytest.mark.usefixtures("needs_seccomp")
@pytest.mark.skipif(linux.architecture() != "x86_64", reason="only x86_64 has a second table of system calls")
def test_no_second_table_of_system_calls_leads_around_the_list(nursery: Nursery) -> None:
    assert ask(nursery, "call by another table").payload == b"EPERM"


@pytest.mark.usefixtures("needs_seccomp")
def test_a_confined_child_changes_no_file(nursery: Nursery, tmp_path: Path) -> None:
    kept, new = tmp_path / "kept", tmp_path / "new"
    kept.write_bytes(b"contents")
    for name, path in [("remove a file", kept), ("rename a file", kept), ("create a file", new)]:
        assert ask(nursery, name, str(path)).payload.decode() in REFUSED
    assert os.listdir(tmp_path) == ["kept"]


@pytest.mark.usefixtures("needs_seccomp")
def test_a_confined_child_reaches_no_server(nursery: Nursery, tmp_path: Path) -> None:
    place = str(tmp_path / "socket")
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket(socket.AF_UNIX) as unix:
        unix.bind(place)
        unix.listen()
        assert ask(nursery, "connect", str(server.getsockname()[1])).payload.decode() in REFUSED
        assert ask(nursery, "connect to a Unix socket", place).payload.decode() in REFUSED
        for one in (server, unix):
            one.settimeout(0)
            with pytest.raises(BlockingIOError):
                one.accept()


def test_a_child_inherits_its_file_and_its_pipe_and_nothing_else(nursery: Nursery) -> None:
    request = json.dumps({"name": "inherited"}).encode()
    (outcome,) = nursery.run([Task(None, os.open(__file__, os.O_RDONLY), request)])
    assert sorted(json.loads(outcome.payload)) == ["null", "null", "null", "pipe"]


def test_a_child_may_signal_itself(nursery: Nursery) -> None:
    assert ask(nursery, "signal itself").payload == b"done"


@pytest.mark.parametrize(
    ("name", "fate", "words"),
    [
        ("abort", Fate.CRASHED, "SIGABRT"),
        ("die oddly", Fate.CRASHED, f"signal {signal.SIGRTMIN + 1}"),
        ("stop itself", Fate.TIMEOUT, "within 3 seconds"),
        ("hang silently", Fate.TIMEOUT, "within 3 seconds"),
        ("talk", Fate.CRASHED, "ValueError: xxx"),
    ],
)
def test_an_end_that_a_file_chose_is_told_and_costs_only_it(
    nursery: Nursery, name: str, fate: Fate, words: str
) -> None:
    outcome = ask(nursery, name)
    assert outcome.fate is fate
    assert words in outcome.detail
    assert len(outcome.detail) <= 500
    assert ask(nursery, "signal itself").fate is Fate.DONE


def test_a_child_that_ignores_the_end_of_its_time_is_told_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(HERE), *sys.path]))
    with Nursery("intruder", keepers=1, limits=Limits(cpu_seconds=1, wall_seconds=60)) as nursery:
        outcome = ask(nursery, "ignore its time")
    assert outcome.fate is Fate.TIMEOUT
    assert "processor time" in outcome.detail


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's death")
def test_a_child_dies_with_its_keeper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(HERE), *sys.path]))
    with Nursery("intruder", keepers=1, limits=Limits(wall_seconds=60)) as nursery:
        request = json.dumps({"name": "hang silently"}).encode()
        nursery._send(nursery._channels[0], Task(None, os.open(__file__, os.O_RDONLY), request))
        keeper = nursery._process.pid
        child = wait_for(lambda: " ".join(filter(has_closed_its_files, children(keeper))))
        os.kill(keeper, signal.SIGKILL)
        assert wait_for(lambda: not is_alive(child))


# What a single lock holds, in a fork of this process.


def tried(cage: Cage, name: str, argument: str = "") -> str:
    """How an attempt ends inside a cage."""
    outcomes = ["done", *sorted(REFUSED)]

    def attempt() -> int:
        cage.shut(os.getppid())
        return outcomes.index(intruder.attempt(intruder.ATTEMPTS[name], argument))

    number = trial(attempt)
    assert number is not None
    return outcomes[number]


@pytest.fixture
def filter_alone(level: Confinement) -> Cage:
    if not level.seccomp:
        pytest.skip(f"no seccomp here: {level.detail}")
    return Cage(calls=seccomp.prepare())


@pytest.fixture
def landlock_alone(level: Confinement) -> Iterator[Cage]:
    if level.landlock_abi is None:
        pytest.skip(f"no Landlock here: {level.detail}")
    ruleset = landlock.ruleset(level.landlock_abi)
    yield Cage(level.landlock_abi, ruleset)
    os.close(ruleset)


@pytest.mark.parametrize("name", ["open a file", "list a folder", "fork", "signal its parent", "connect"])
def test_without_landlock_seccomp_refuses_alone(filter_alone: Cage, name: str) -> None:
    assert tried(filter_alone, name, "9") == "EPERM"


def test_without_landlock_no_path_can_be_looked_at(filter_alone: Cage) -> None:
    assert tried(filter_alone, "look at a path", "/etc/passwd") == "EPERM"


def test_without_seccomp_landlock_refuses_files_alone(landlock_alone: Cage, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.touch()
    for name in ("open a file", "list a folder", "create a file", "remove a file"):
        assert tried(landlock_alone, name, str(kept)) == "EACCES"


@pytest.mark.parametrize(("name", "since"), [("connect", 4), ("signal its parent", 6)])
def test_without_seccomp_landlock_refuses_alone_what_its_version_can(
    landlock_alone: Cage, name: str, since: int
) -> None:
    if (landlock_alone.landlock_version or 0) < since:
        pytest.skip(f"Landlock {landlock_alone.landlock_version} can't forbid this, {since} can")
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert tried(landlock_alone, name, str(server.getsockname()[1])) in REFUSED


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root has powers to give up")
def test_root_s_powers_are_given_up() -> None:
    assert tried(Cage(), "leave its groups") == "done"
    assert tried(Cage(powerless=True), "leave its groups") == "EPERM"


def test_an_empty_cage_leaves_work_possible() -> None:
    assert tried(Cage(), "open a file") == "done"


# Levels.


def test_what_confines_children_here_is_known_and_told(level: Confinement) -> None:
    assert level.unlimited == () or sys.platform != "linux"
    assert level.complete == (level.could == level.unlimited == ())
    assert level.seccomp == ("seccomp" in level.detail.partition(". ")[0])
    assert not (level.seccomp and level.could)


#: A container that answers the calls by which a process confines itself as this process is told to.
CONTAINER = """
import sys
from tipsearch.isolation import confinement, linux, seccomp
table, name = seccomp.table(), linux.architecture()
answer = int(sys.argv[1])
numbers = {"x86_64": (157, 317, 126), "aarch64": (167, 277, 91)}[name]  # prctl, seccomp, capset
refuse = (seccomp._RETURN, 0, 0, answer)
code = [
    (seccomp._LOAD, 0, 0, seccomp._NUMBER),
    *(one for call in (444, 445, 446, *numbers[1:]) for one in ((seccomp._EQUAL, 0, 1, call), refuse)),
    (seccomp._EQUAL, 0, 3, numbers[0]),
    (seccomp._LOAD, 0, 0, seccomp._ARGUMENTS),
    (seccomp._EQUAL, 0, 1, 22),
    refuse,
    (seccomp._RETURN, 0, 0, seccomp._ALLOW),
]
linux.gain_nothing()
seccomp.Filter(bytearray(b"".join(seccomp._INSTRUCTION.pack(*one) for one in code)), ()).install()
found = confinement()
print(found.landlock_abi, found.seccomp, found.could, found.unlimited, found.detail, sep="\\n")
"""


@pytest.mark.usefixtures("needs_seccomp")
@pytest.mark.parametrize(
    "answer", [0x00050000 | 38, 0x00050000 | 1, 0x80000000], ids=["ENOSYS", "EPERM", "death"]
)
def test_where_the_kernel_or_a_container_has_neither_the_work_goes_on_within_limits(answer: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CONTAINER, str(answer)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    landlock_abi, filtered, could, unlimited, detail = done.stdout.splitlines()
    assert (landlock_abi, filtered, unlimited) == ("None", "False", "()")
    assert "open files" in could
    assert "open files" in detail
    assert "limits on memory and time" in detail


def wait_for(what: Callable[[], str | bool]) -> str:
    """The first answer that isn't empty, within half a minute."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if found := what():
            return str(found)
        time.sleep(0.01)
    raise TimeoutError


def children(process: int) -> list[str]:
    return Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()


def has_closed_its_files(process: str) -> bool:
    """Does it hang silently? Before that it has asked to be told of its parent's death."""
    try:
        return is_alive(process) and not [one for one in os.listdir(f"/proc/{process}/fd") if int(one) > 2]
    except OSError:  # it has just ended
        return False


def is_alive(process: str) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
