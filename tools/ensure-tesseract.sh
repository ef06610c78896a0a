#!/bin/sh
# The OCR tests run Debian's tesseract with the packs of four languages. Install them where that is possible; elsewhere those
# tests say why they skip.
set -eu
missing=""
has() { command -v tesseract >/dev/null 2>&1 && tesseract --list-langs 2>&1 | grep -qx "$1"; }
command -v tesseract >/dev/null 2>&1 || missing="tesseract-ocr"
for pack in eng osd fra rus ara; do
    has "$pack" || missing="$missing tesseract-ocr-$pack"
done
[ -n "$missing" ] || exit 0

if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "Installing Debian's packages for the OCR tests: $missing" >&2
    # shellcheck disable=SC2086  # one word a package
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null && exit 0
fi
echo "The OCR tests will be skipped here. To run them: sudo apt-get install $missing" >&2
