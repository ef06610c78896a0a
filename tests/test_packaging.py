"""The wheel, installed without extras into an empty environment, is the whole program."""

from __future__ import annotations

import re
import subprocess
import sys
import urllib.request
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "corpus.sample" / "reports" / "trafficking-defined-in-three-elements.pdf"
_NO_NETWORK = re.compile(r"Temporary failure in name resolution|Network is unreachable|NewConnectionError")

pytestmark = pytest.mark.packaging


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``tipsearch`` in an environment that holds nothing else."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder)
    python = str(folder / "bin" / "python")
    # Most of what is installed is never imported, so that compiling it would be most of the work.
    options = ("--disable-pip-version-check", "--no-compile")
    command = [sys.executable, "-m", "pip", "--python", python, "install", *options, str(wheel)]
    installed = subprocess.run(command, capture_output=True, text=True, check=False)
    if installed.returncode and _NO_NETWORK.search(installed.stderr):
        pytest.skip("the package index cannot be reached, so the wheel's dependencies cannot be installed")
    assert installed.returncode == 0, installed.stderr
    return folder / "bin" / "tipsearch"


def test_the_wheel_holds_what_browsers_receive_and_no_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "tipsearch/_web/templates/base.html" in names
    assert any(name.startswith("tipsearch/_web/static/") for name in names)
    assert "tipsearch/py.typed" in names
    assert "tipsearch/catalogue/migrations/0001_first.sql" in names
    assert not [name for name in names if name.startswith(("tests/", "corpus.sample/"))]


def test_an_installed_wheel_indexes_and_serves_the_home_page(program: Path, tmp_path: Path) -> None:
    indexed = subprocess.run(
        [program, "--index", "library", "index", SAMPLE],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert indexed.returncode == 0, indexed.stderr
    command = [str(program), "--index", "library", "serve", "--port", "0"]
    server = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    try:
        assert server.stderr is not None
        address = re.search(r"http://127\.0\.0\.1:\d+/", server.stderr.readline())
        assert address
        with urllib.request.urlopen(address[0]) as answer:
            page = answer.read().decode()
        assert "<form" in page
        assert 'name="q"' in page
        style = re.search(r'href="(/static/[^"]+\.css[^"]*)"', page)
        assert style
        with urllib.request.urlopen(address[0].rstrip("/") + style[1]) as answer:
            assert answer.headers.get_content_type() == "text/css"
    finally:
        server.terminate()
        server.communicate(timeout=60)
    assert server.returncode == 0
