"""Install what the measures are compared with into .venv-bench, apart from the product: Anki, for its sync server,
elkai (LKH), for walks, and k-means-constrained, for cuts. They are under licences that the product does not take on, or
too heavy for it.

`make bench` runs it. What cannot be installed (no network, no wheel for this machine) is said, and its comparison is
left out of the table; that is no failure. A stamp remembers what is there.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv-bench"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
REQUIREMENTS = ROOT / "requirements-bench.txt"
STAMP = VENV / "canvass-ready.txt"


def main() -> int:
    digest = hashlib.sha256(REQUIREMENTS.read_bytes() + sys.version.encode()).hexdigest()
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text(encoding="utf-8") == digest:
        return 0
    print("Installing the peers of the measures in .venv-bench", flush=True)
    install = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--quiet"]
    install += ["--require-hashes", "--only-binary", ":all:", "-r", str(REQUIREMENTS)]
    for command in ([sys.executable, "-m", "venv", "--clear", str(VENV)], install):
        if subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode:
            print(
                "The peers could not be installed; what was said stands above. Their comparisons are left out."
            )
            return 0
    STAMP.write_text(digest, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
