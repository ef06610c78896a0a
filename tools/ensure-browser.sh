#!/bin/sh
# The browser tests drive Chromium through playwright, whose driver wants libatomic. Install Debian's packages where that is
# possible; elsewhere those tests say why they skip.
set -eu
missing=""
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 ||
    missing="chromium"
/sbin/ldconfig -p 2>/dev/null | grep -q 'libatomic\.so\.1' || missing="$missing libatomic1"
[ -n "$missing" ] || exit 0

if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "Installing Debian's packages for the browser tests: $missing" >&2
    # shellcheck disable=SC2086  # one word a package
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null && exit 0
fi
echo "The browser tests will be skipped here. To run them: sudo apt-get install $missing" >&2
