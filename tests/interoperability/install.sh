#!/usr/bin/env bash
# Installs the tools that the tests in this folder hand our files to: Python and JavaScript packages of pinned versions into
# target/tools (or $DEMARCHE_TOOLS). What Debian packages is only looked for: debian-packages.txt has their names.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
tools=${DEMARCHE_TOOLS:-${CARGO_TARGET_DIR:-$here/../../target}/tools}
mkdir -p "$tools"

# Whether NAME was installed from these FILEs before; if not, its folder is made anew.
outdated() {
    local name=$1
    shift
    sum=$(cat "$@" | sha256sum)
    if [ "$(cat "$tools/$name.sum" 2>/dev/null)" = "$sum" ]; then return 1; fi
    rm -rf "${tools:?}/$name" "$tools/$name.sum"
    mkdir "$tools/$name"
}
installed() { printf '%s\n' "$sum" >"$tools/$1.sum"; }

# Makes an environment NAME of Python with the packages that FILE lists.
python_with() {
    python3 -m venv "$tools/$1"
    "$tools/$1/bin/pip" install --quiet --disable-pip-version-check --no-deps -r "$2"
}

if outdated python "$here/requirements.txt"; then
    python_with python "$here/requirements.txt"
    installed python
fi

if outdated followthemoney "$here/followthemoney.txt"; then
    if python_with followthemoney "$here/followthemoney.txt"; then
        installed followthemoney
    else
        rm -rf "${tools:?}/followthemoney"
        echo "not installed: followthemoney"
    fi
fi

if outdated javascript "$here/package-lock.json"; then
    cp "$here/package.json" "$here/package-lock.json" "$tools/javascript"
    npm ci --prefix "$tools/javascript" --ignore-scripts --no-audit --no-fund --loglevel error
    installed javascript
fi

# Debian's Jena looks for the messages of its copy of Xerces where they are not, and stops: they are laid there.
jena=/usr/share/java/jena-core.jar
if [ -e "$jena" ] && outdated jena "$jena"; then
    "$tools/python/bin/python" - "$jena" "$tools/jena" <<'PYTHON'
import sys
import zipfile

with zipfile.ZipFile(sys.argv[1]) as jar:
    for entry in jar.infolist():
        if entry.filename.startswith("org/apache/jena/ext/xerces/") and entry.filename.endswith(".properties"):
            entry.filename = entry.filename.removeprefix("org/apache/jena/ext/")
            jar.extract(entry, sys.argv[2])
PYTHON
    installed jena
fi

for package in $(cat "$here/debian-packages.txt"); do
    dpkg -s "$package" >/dev/null 2>&1 || echo "not installed: apt-get install $package"
done
