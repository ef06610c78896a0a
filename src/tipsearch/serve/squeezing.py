"""Scripts and style sheets for pages of others in fewer bytes, as far as that needs no parser."""

from __future__ import annotations

import re
from collections import Counter
from itertools import product
from string import ascii_letters

#: Spaces around signs of a script (not + and -), line ends at brackets, signs and the ends of statements and blocks, and the
#: last sign before a closing bracket: nothing hangs on them where statements end with semicolons.
_AROUND = re.compile(r" ?([!=<>?:,{}()\[\]&|]+) ?")
_ENDS = re.compile(r"\n(?=[)}\]?:.&|])|(?<=[({\[,;}=>?:&|])\n")
_LAST = re.compile(r";(?=})|,(?=[)}\]])")
_CONSTANT = re.compile(r"\bconst\b")


def bare(source: str) -> str:
    """A script or style sheet without indentation, empty lines, and lines that only hold a ``//`` comment.

    So these files hold no text of several lines in which such things count.
    """
    lines = (line.strip() for line in source.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//")) + "\n"


def squeezed(script: str) -> str:
    """A bare script without the spaces, line ends and last commas that mean nothing, in its code and in the styles that it holds.

    Its private names are short, and constants are variables, which nobody sees from outside either.
    What stands in quotes stays, but a text of several lines is styles. Quotes inside of regular expressions are none that
    this knows of, nor a line end in the place of a semicolon: such scripts write them otherwise.
    """
    pieces = re.split(r'("[^"\n]*"|`[^`]*`)', _short_names(script))
    pieces[::2] = map(_squeezed_code, pieces[::2])
    return "".join(_squeezed_styles(piece) if piece[:2] == "`\n" else piece for piece in pieces)


def _squeezed_code(code: str) -> str:
    tight = _LAST.sub("", _ENDS.sub("", _AROUND.sub(r"\1", code)))
    return _CONSTANT.sub("let", tight)


def _short_names(script: str) -> str:
    """The script with names of a letter or two for those that are private in its classes, and so known nowhere else."""
    names = Counter(re.findall(r"this\.#(\w+)", script))
    letters = ("".join(pair) for pair in product(("", *ascii_letters), ascii_letters))
    short = {name: letter for (name, _), letter in zip(names.most_common(), letters, strict=False)}
    return re.sub(r"#(\w+)", lambda found: f"#{short.get(found[1], found[1])}", script)


def _squeezed_styles(styles: str) -> str:
    tight = re.sub(r"([:,]) ", r"\1", re.sub(r"\s*([{};>])\s*", r"\1", styles))
    return tight.replace(";}", "}")
