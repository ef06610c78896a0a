#!/bin/sh
# Make a virtual environment, also on a Debian whose Python comes without the means (package python3-venv).
# usage: make-venv.sh PYTHON FOLDER
set -eu
python=$1
folder=$2

[ -x "$folder/bin/python" ] && "$folder/bin/python" -m pip --version >/dev/null 2>&1 && exit 0

if ! command -v "$python" >/dev/null 2>&1; then
    echo "There is no $python here. Install Python 3.11 or newer, or name it: make PYTHON=python3.12 …" >&2
    exit 2
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "tipsearch needs Python 3.11 or newer; $python is $("$python" --version 2>&1). Name another: make PYTHON=… …" >&2
    exit 2
fi
if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
    if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
        echo "This Python can't make virtual environments; installing Debian's python3-venv." >&2
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv >/dev/null
    else
        echo "This Python can't make virtual environments. Install that first: sudo apt-get install python3-venv" >&2
        exit 2
    fi
fi
rm -rf "$folder"
"$python" -m venv "$folder"
