#!/bin/sh
# Puts Debian's chromium on this machine where it is missing and can be had; the browser tests skip loudly otherwise.
if command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1; then
    exit 0
fi
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "Installing chromium for the browser tests ..."
    apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null && exit 0
fi
echo "NOTE: chromium was not found and could not be installed: THE BROWSER TESTS WILL BE SKIPPED." >&2
exit 0
