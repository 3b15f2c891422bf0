# Shared by the scripts: where we are, and how a missing prerequisite is said.
set -eu
cd "$(dirname "$0")/.."
ROOT=$PWD
export UV_PYTHON_DOWNLOADS=never

refuse() { printf '%s\n' "$1" >&2; exit 1; }

find_python() {
    for name in ${PYTHON:-} python3.13 python3.12 python3.11 python3; do
        if command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    refuse "Python 3.11, 3.12 or 3.13 is needed: on Debian, run « apt install python3 python3-venv », then start again."
}

# setup GROUP... : the environment from the lock file; nothing happens when it is already there.
setup() {
    stamp=.venv/.installed-$(cat uv.lock scripts/uv.txt | cksum | cut -d' ' -f1)${1:+-$1}
    [ -e "$stamp" ] && return
    python=$(find_python)
    if [ ! -x .venv/bin/python ]; then
        "$python" -c 'import venv, ensurepip' 2>/dev/null ||
            refuse "Python’s venv module is needed: on Debian, run « apt install python3-venv », then start again."
        echo "Creating the environment with $("$python" --version)…"
        "$python" -m venv .venv
    fi
    .venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r scripts/uv.txt
    .venv/bin/uv sync --quiet --frozen --inexact --python .venv/bin/python ${1:---no-dev}
    touch "$stamp"
}

# need PROGRAM PACKAGE... : install Debian packages as root, say what is missing otherwise.
need() {
    program=$1; shift
    [ -n "$program" ] && return
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "Installing $*…"
        apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
    else
        refuse "The tests need $*: install them (on Debian « apt install $* »), then start again."
    fi
}

newest_pg() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1; }
