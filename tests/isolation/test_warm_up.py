"""What reading needs is loaded before a child is shut in: nothing can be opened after."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

#: Run in a process of its own, as this one has loaded more.
REPORT = r"""
import ast, json, re, sys
opened = []
sys.addaudithook(lambda event, arguments: opened.append(str(arguments[0])) if event == "open" else None)
from tipsearch import reading
reading.warm_up()
ours = {name: module.__file__ for name, module in sys.modules.items() if name.startswith("tipsearch.")}
late, files = [], []
for name, path in ours.items():
    source = open(path, encoding="utf-8").read()
    files += [(name, file) for file in re.findall(r'"(\w+\.json)"', source)]
    functions = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef))
    for node in (inner for function in functions for inner in ast.walk(function)):
        if isinstance(node, ast.ImportFrom):
            late.append((name, node.module))
        elif isinstance(node, ast.Import):
            late += [(name, alias.name) for alias in node.names]
print(json.dumps({"loaded": sorted(sys.modules), "late": late, "files": files, "opened": opened}))
"""
#: Loaded with reading, but what they import or open late is wanted by others: the user's process, the index.
OTHERS = (
    "tipsearch.isolation",
    "tipsearch.analysis.spelling",
    "tipsearch.analysis.stems",
    "tipsearch.enrich.tagger",
    "tipsearch.publishers",
    "tipsearch.vocabulary.labels",
)


@cache
def report() -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", REPORT],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        check=True,
        timeout=120,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def of_reading(entries: list[list[str]]) -> list[tuple[str, str]]:
    found = [(where, what) for where, what in entries if not where.startswith(OTHERS)]
    assert found
    return found


def test_no_module_is_left_to_import() -> None:
    loaded = report()["loaded"]
    assert [one for one in of_reading(report()["late"]) if one[1] not in loaded] == []


def test_no_data_file_is_left_to_open() -> None:
    opened = {Path(path).name for path in report()["opened"]}
    assert [one for one in of_reading(report()["files"]) if one[1] not in opened] == []
