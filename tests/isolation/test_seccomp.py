"""The filter's program, run here instruction by instruction, lets through what the table lists and nothing else."""

from __future__ import annotations

import platform
import re
import struct
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipsearch.isolation import landlock, seccomp

TABLE = seccomp.table()
ALLOW, EPERM = 0x7FFF0000, 0x00050001
OWN = 4711
#: The kernel's headers, where they are installed.
HEADERS = {
    "x86_64": ("/usr/include/x86_64-linux-gnu/asm/unistd_64.h", r"#define __NR_(\w+)\s+(\d+)"),
    "aarch64": ("/usr/include/asm-generic/unistd.h", r"#define __NR(?:3264)?_(\w+)\s+(\d+)"),
}

words = st.integers(0, (1 << 64) - 1)


def judge(name: str, number: int, arguments: tuple[int, ...] = (0,) * 6, audit: int | None = None) -> int:
    """What the kernel would make of a call: the filter's program over `struct seccomp_data`."""
    architecture = TABLE.architectures[name]
    made = seccomp.assemble(TABLE.calls, name, architecture)
    for position in made.own:
        struct.pack_into("=I", made.code, position, OWN)
    data = struct.pack("<iIQ6Q", number, architecture.audit if audit is None else audit, 0, *arguments)
    program = list(seccomp._INSTRUCTION.iter_unpack(made.code))
    at, word = 0, 0
    while True:
        code, then, otherwise, value = program[at]
        at += 1
        match code:
            case seccomp._LOAD:
                (word,) = struct.unpack_from("<I", data, value)
            case seccomp._RETURN:
                return int(value)
            case _:
                holds = {
                    seccomp._EQUAL: word == value,
                    seccomp._GREATER: word > value,
                    seccomp._ANY_BIT: bool(word & value),
                }[code]
                at += then if holds else otherwise


def wanted(call: seccomp.Call | None, arguments: tuple[int, ...]) -> int:
    """What the table says of a call."""
    if call is None:
        return EPERM
    argument = 0 if call.argument is None else arguments[call.argument]
    refused = (
        (call.equals is not None and argument != call.equals)
        or (call.lacks is not None and bool(argument & call.lacks))
        or (call.own and argument != OWN)
    )
    return EPERM if refused else ALLOW


@pytest.mark.parametrize("name", TABLE.architectures)
@given(
    number=st.integers(0, 470),
    arguments=st.tuples(*[words | st.sampled_from([0, 4, 5, 3, 4096, OWN, 1 << 32, 4096 + (1 << 32)])] * 6),
)
def test_a_call_is_let_through_as_the_table_says(name: str, number: int, arguments: tuple[int, ...]) -> None:
    call = next((one for one in TABLE.calls if one.number(name) == number), None)
    assert judge(name, number, arguments) == wanted(call, arguments)


@pytest.mark.parametrize("name", TABLE.architectures)
def test_every_call_of_the_table_can_be_made(name: str) -> None:
    for call in TABLE.calls:
        number = call.number(name)
        if number is not None:
            fitting = OWN if call.own else call.equals or 0
            assert judge(name, number, (fitting,) * 6) == ALLOW, call.name


@pytest.mark.parametrize("name", TABLE.architectures)
@given(number=st.integers(0, 470), audit=st.integers(0, (1 << 32) - 1))
def test_another_architecture_s_calls_are_refused(name: str, number: int, audit: int) -> None:
    if audit != TABLE.architectures[name].audit:
        assert judge(name, number, audit=audit) == EPERM


@given(number=st.integers(0, 600))
def test_numbers_of_the_x32_table_are_refused(number: int) -> None:
    assert judge("x86_64", number | 0x40000000) == EPERM


@pytest.mark.parametrize("name", HEADERS)
def test_the_numbers_are_the_kernel_s(name: str) -> None:
    path, pattern = HEADERS[name]
    if not Path(path).exists():
        pytest.skip(f"no {path}: the headers for {name} are not installed ({platform.machine()})")
    numbers = dict(re.findall(pattern, Path(path).read_text("utf-8")))
    numbers.setdefault("newfstatat", numbers.get("fstatat", ""))
    for call in TABLE.calls:
        if call.number(name) is not None:
            assert str(call.number(name)) == numbers[call.name], call.name


def test_an_unknown_machine_has_no_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tipsearch.isolation.linux.architecture", lambda: "vax")
    with pytest.raises(OSError, match="vax"):
        seccomp.prepare()


def test_a_later_landlock_forbids_all_that_an_earlier_one_does() -> None:
    for table in (landlock._FILES, landlock._NETWORK, landlock._SCOPES):
        masks = [landlock._latest(table, version) for version in range(1, 12)]
        assert all(earlier & later == earlier for earlier, later in pairwise(masks))
        assert masks[-1] == max(table.values())
