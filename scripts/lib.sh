# Shared by the scripts: where we are, and how a missing prerequisite is said.
set -eu
cd "$(dirname "$0")/.."
ROOT=$PWD
export UV_PYTHON_DOWNLOADS=never

refuse() { printf '%s\n' "$1" >&2; exit 1; }

find_python() {
    for name in ${PYTHON:-python3.13 python3.12 python3.11 python3}; do
        if command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    [ -z "${PYTHON:-}" ] || refuse "PYTHON=$PYTHON is not a Python 3.11, 3.12 or 3.13 that starts: name another, or none."
    refuse "Python 3.11, 3.12 or 3.13 is needed: on Debian, run « apt install python3 python3-venv », then start again."
}

# setup GROUP... : the environment from the lock file; nothing happens when it is already there.
setup() {
    lock=$(cat uv.lock scripts/uv.txt | cksum | cut -d' ' -f1)
    stamp=.venv/.installed-$lock${1:+-$1}
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
    find .venv -maxdepth 1 -name '.installed-*' ! -name ".installed-$lock*" -delete
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

# --- An installation in production: its settings, its commands, its services -----------------------------------------

# production: the settings of this installation, from its file.
production() {
    env_file=${ENV_FILE:-/etc/parcours-aidants/env}
    [ -r "$env_file" ] || refuse "Le fichier de réglages $env_file ne peut pas être lu : lancez cette commande en root, ou nommez-le dans ENV_FILE."
    set -a
    . "$env_file"
    set +a
    umask 022
    DATA_DIR=${DATA_DIR:-$ROOT/var}
    BACKUP_DIR=${BACKUP_DIR:-/var/backups/parcours-aidants}
    [ -d "$DATA_DIR" ] || refuse "Le dossier des données $DATA_DIR n’existe pas : créez-le, il appartient au compte du service."
}

# as_owner COMMAND...: whoever types it, the data are touched by the account they belong to.
as_owner() {
    owner=$(stat -c %U "$DATA_DIR")
    if [ "$(id -u)" = 0 ] && [ "$owner" != root ]; then runuser -u "$owner" -- "$@"; else "$@"; fi
}

manage() { as_owner .venv/bin/python manage.py "$@"; }

# services stop|start: all of them at once, where systemd runs them.
services() {
    if systemctl cat parcours-aidants.target >/dev/null 2>&1; then
        systemctl "$1" parcours-aidants.target
    else
        echo "Les services ne sont pas tenus par systemd ici : « $1 » est à faire à la main." >&2
    fi
}

commit() { git -c safe.directory="$ROOT" rev-parse HEAD 2>/dev/null || echo inconnue; }

# check_backup FOLDER: complete, and byte for byte what was saved.
check_backup() {
    [ -f "$1/MANIFEST" ] || refuse "$1 n’est pas une sauvegarde complète : il n’y a pas de MANIFEST."
    [ "$(grep -cE '^[0-9a-f]{64}  (database|media\.tar|papers\.tar)$' "$1/MANIFEST")" = 3 ] &&
        (cd "$1" && sha256sum --check --strict --quiet MANIFEST) ||
        refuse "La sauvegarde $1 a été altérée : rien n’a été touché. Prenez-en une autre."
}

version_of() { sed -n 's/^# version //p' "$1/MANIFEST"; }
