#!/usr/bin/env bash
# Installs what drives Chromium in the tests of the page into target/tools/browser (or $DEMARCHE_TOOLS/browser). Chromium itself
# is Debian's: apt-get install chromium.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
tools=${DEMARCHE_TOOLS:-${CARGO_TARGET_DIR:-$here/../../target}/tools}/browser
mkdir -p "$tools"
sum=$(sha256sum <"$here/package-lock.json")
if [ "$(cat "$tools/installed" 2>/dev/null)" != "$sum" ]; then
    cp "$here/package.json" "$here/package-lock.json" "$tools"
    npm ci --prefix "$tools" --ignore-scripts --no-audit --no-fund --loglevel error
    printf '%s\n' "$sum" >"$tools/installed"
fi
command -v chromium >/dev/null || echo "not installed: apt-get install chromium"
