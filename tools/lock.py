"""Write requirements.txt, requirements-dev.txt and requirements-bench.txt: every package of every platform, pinned, with
its hashes.

`make lock` runs it after a change of the dependencies in pyproject.toml; `--upgrade` takes newer versions too. The first two
files are one resolution (the first is cut out of the second), hold for Python 3.11 and later on Linux, Windows and
macOS, and name no package index: each machine uses its own.
"""

import argparse
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = "3.11"
# What measures are compared with; never installed beside the product (it is under another licence, too).
PEERS = "anki>=26.9\nelkai>=2\nk-means-constrained>=0.9"


def main() -> int:
    parser = argparse.ArgumentParser(description="Write the requirements files anew.")
    parser.add_argument("--upgrade", action="store_true", help="take newer versions than the locked ones")
    upgrade = parser.parse_args().upgrade
    with (ROOT / "pyproject.toml").open("rb") as file:
        build_needs = "\n".join(tomllib.load(file)["build-system"]["requires"])
    for name, options, needs in (
        ("requirements-dev.txt", ["--extra", "dev", "pyproject.toml"], build_needs),
        ("requirements.txt", ["--constraint", "requirements-dev.txt", "pyproject.toml"], build_needs),
        ("requirements-bench.txt", [], PEERS),
    ):
        command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal"]
        command += [
            "--python-version",
            OLDEST_PYTHON,
            "--generate-hashes",
            "--no-annotate",
            "--no-emit-index-url",
        ]
        command += ["--no-emit-find-links", "--custom-compile-command", "make lock", *options]
        command += ["--upgrade"] if upgrade else []
        # What the project's own build needs is locked too: it is installed without build isolation.
        done = subprocess.run([*command, "-", "-o", name], cwd=ROOT, input=needs, text=True)
        if done.returncode:
            return done.returncode
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        foreign = [line for line in lines if line.startswith("-") or "://" in line or " @ " in line]
        if foreign:
            print(f"{name} names a package index or a file of this machine: {foreign[0]}", file=sys.stderr)
            return 1
        print(f"{name}: {sum('==' in line for line in lines)} packages")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
