"""Makes ``docs/commands.md`` from what the command line says of itself.

::

    python tools/make_docs.py            # writes it
    python tools/make_docs.py --check    # writes nothing; exit status 1 if it would change
"""

from __future__ import annotations

import inspect
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tipsearch.cli import program

if TYPE_CHECKING:
    from collections.abc import Iterator

TARGET = Path(__file__).resolve().parent.parent / "docs" / "commands.md"
HEAD = """# Commands

Made by `tools/make_docs.py` from the program's own help; change that, not this. Data goes to standard output, progress and messages
to standard error. Exit status: 0 done, 1 failed, 2 you can fix it, 3 done but with `--strict` some files failed, 130 interrupted.
"""


def main() -> int:
    """Write the page, or with ``--check`` compare it; gives the exit status."""
    made = page()
    if "--check" not in sys.argv:
        TARGET.write_text(made, "utf-8")
        return 0
    if TARGET.is_file() and TARGET.read_text("utf-8") == made:
        return 0
    print(f"docs/{TARGET.name} is not what the program says: run python tools/make_docs.py", file=sys.stderr)
    return 1


def page() -> str:
    """The whole page as Markdown."""
    parts = [HEAD, *section("tipsearch [OPTION…] COMMAND …", program, "All commands take these first:")]
    for name, command in commands(program):
        parts += section(f"tipsearch {name}{''.join(arguments(command))}", command, text(command.help or ""))
    return "\n".join(parts)


def commands(group: click.Group, before: str = "") -> Iterator[tuple[str, click.Command]]:
    """Each command with its name, those of a group after it."""
    for name, command in group.commands.items():
        yield before + name, command
        if isinstance(command, click.Group):
            yield from commands(command, f"{before}{name} ")


def section(title: str, command: click.Command, says: str) -> Iterator[str]:
    """Heading, description and options of a command."""
    yield f"## `{title}`\n\n{says}\n"
    rows = [row(one) for one in command.params if isinstance(one, click.Option)]
    if rows:
        yield "\n".join(["| option | |", "|---|---|", *rows, ""])


def arguments(command: click.Command) -> Iterator[str]:
    """What is typed after the command's name, each with a space before."""
    for one in command.params:
        if isinstance(one, click.Argument):
            name = one.metavar or (one.name or "").upper()
            yield f" {name}" if one.required or name.startswith("[") else f" [{name}]"


def row(option: click.Option) -> str:
    """A row of the table: the option with its value, what it does, its default and its environment variable."""
    value = "" if option.is_flag else f" {placeholder(option)}"
    names = ", ".join(f"`{name}{value}`" for name in option.opts)
    notes = [f"Default: `{option.default}`."] if option.show_default else []
    if option.envvar:
        notes.append(f"Environment: `{option.envvar}`.")
    return f"| {names} | {' '.join([text(option.help or ''), *notes])} |"


def placeholder(option: click.Option) -> str:
    """What stands for the option's value: the choices, N for a number, or a word."""
    if isinstance(option.type, click.Choice):
        return "\\|".join(option.type.choices)
    if isinstance(option.type, (click.types.IntParamType, click.IntRange)):
        return "N"
    return option.metavar or "TEXT"


def text(help_text: str) -> str:
    """Help as Markdown: paragraphs without line ends inside."""
    paragraphs = inspect.cleandoc(help_text).split("\n\n")
    return "\n\n".join(" ".join(one.split()) for one in paragraphs)


if __name__ == "__main__":
    sys.exit(main())
