"""Hostile texts and lists, by the name that their file is to have."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

TEXTS: dict[str, Callable[[], bytes]] = {
    "one_line.txt": lambda: b"wages unpaid " * 300_000,
    "one_word.txt": lambda: b"w" * 2_000_000,
    "long.txt": lambda: b"wages " * 4_000_000,
    "lines.txt": lambda: b"w\n" * 400_000,
    "spaces.txt": lambda: b"wages" + b" " * 5_000_000 + b"unpaid",
    "pages.txt": lambda: b"wages\f" * 20_000,
    "hyphens.txt": lambda: b"wa-\nges " * 50_000,
    "dates.txt": lambda: b"12 May 2020, " * 300_000,
    # U+FDFA is eighteen characters in normal form KC.
    "one_letter_for_many.txt": lambda: "\ufdfa".encode() * 100_000,
    "accents.txt": lambda: b"a" + "\u0301\u0323".encode() * 50_000,
    "right_to_left.txt": lambda: "\u202e".encode() * 100_000 + b"wages " + "\u2066".encode() * 100_000,
    "control_characters.txt": lambda: b"wages \x1b[31m\x07\x08" * 100_000,
    "no_encoding.txt": lambda: bytes(range(128, 256)) * 2_000,
    "half_a_character.txt": lambda: b"\xff\xfe" + "wages".encode("utf-16-le") * 100_000 + b"\xd8",
    "nothing_but_signs.txt": lambda: b"-.,;:!? " * 1_000_000,
    "brackets.jsonl": lambda: b'{"title": ' + b"[" * 1_000_000 + b"\n",
    "one_list.jsonl": lambda: b'{"id": 1, "pages": [' + b'"wages",' * 50_000 + b'"unpaid"]}\n',
    "repeated_key.jsonl": lambda: (
        b'{"id": 1, ' + b'"title": "wages", ' * 200_000 + b'"text": "wages unpaid"}\n'
    ),
    "numbers.jsonl": lambda: b'{"id": ' + b"9" * 1_000_000 + b"}\n",
    "broken_lines.jsonl": lambda: b'{"title": "wages"\n' * 50_000,
    "many_lines.jsonl": lambda: b'{"id": 1, "text": "wages unpaid"}\n' * 5_000,
}
