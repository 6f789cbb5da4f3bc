#!/bin/sh
# Hand over to tools/prepare.py with the right Python: the one in .venv when there is a whole one, else the newest
# Python 3.11 or later in PATH, preferring one that can make a virtual environment. PYTHON=... overrules both.
set -eu
cd "$(dirname "$0")/.."

if [ -z "${PYTHON:-}" ] && [ -x .venv/bin/pip ] && .venv/bin/python -c 'import pip' 2>/dev/null; then
    exec .venv/bin/python tools/prepare.py "$@"
fi

# "1 3.12" for a Python 3.12 that can make environments, "0 3.12" for one that cannot, nothing for one too old.
# A pyenv shim of a version that is not switched on fails here, like a command that does not exist.
probe='import importlib.util as u, sys
if sys.version_info >= (3, 11):
    print(int(u.find_spec("venv") is not None and u.find_spec("ensurepip") is not None), "%d.%03d" % sys.version_info[:2])'

chosen=
rank=
for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    found=$("$candidate" -c "$probe" 2>/dev/null) || continue
    [ -n "$found" ] || continue
    best=$(printf '%s\n%s\n' "$rank" "$found" | LC_ALL=C sort | tail -n 1)
    if [ "$best" != "$rank" ]; then
        rank=$found
        chosen=$candidate
    fi
done
if [ -z "$chosen" ]; then
    echo "Canvass needs Python 3.11 or later, and ${PYTHON:-none in PATH} is not one. On Debian and Ubuntu: sudo apt-get install python3 python3-venv" >&2
    exit 1
fi
exec "$chosen" tools/prepare.py "$@"
