from __future__ import annotations

import subprocess
import sys

import tipsearch


def test_what_is_promised_is_there() -> None:
    assert tipsearch.__all__ == sorted(tipsearch.__all__)
    for name in tipsearch.__all__:
        assert getattr(tipsearch, name).__name__ == name


def test_importing_the_package_loads_no_engine_no_parser_and_no_web_framework() -> None:
    code = "import sys, tipsearch; print([n for n in ('tantivy','flask','sqlalchemy','pypdfium2','lxml') if n in sys.modules])"
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert output.strip() == "[]"


def test_an_unknown_name_is_an_attribute_error() -> None:
    assert not hasattr(tipsearch, "no_such_thing")
