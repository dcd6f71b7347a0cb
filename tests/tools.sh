#!/bin/sh
# What some tests use beside Python: a browser and tmux. It takes what is there, else what it can
# get, and else says what will be skipped. Usage: tests/tools.sh FOLDER-OF-THE-ENVIRONMENT
set -u
bin="$1/bin"

has() { command -v "$1" >/dev/null 2>&1; }

debian() { # installs packages where that is possible without asking
    has apt-get && [ "$(id -u)" = 0 ] || return 1
    echo "installing from Debian: $*"
    { apt-get install -y -qq "$@" || { apt-get update -qq && apt-get install -y -qq "$@"; }; } >/dev/null 2>&1
}

browser() {
    has chromium || has chromium-browser || has google-chrome || has google-chrome-stable ||
        ls "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}"/chromium* >/dev/null 2>&1
}

browser ||
    { [ -x "$bin/playwright" ] && timeout 300 "$bin/playwright" install chromium >/dev/null 2>&1; } ||
    debian chromium ||
    echo "no browser: its tests are skipped; install Chrome or Chromium, or run '$bin/playwright install chromium'"
has tmux || debian tmux || echo "no tmux: the test of a real terminal is skipped; install tmux"
has node || debian nodejs || echo "no node: the tests of the page's own modules are skipped; install Node.js"
exit 0
