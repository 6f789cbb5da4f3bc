"""Case 22: the disk fills at 50 different sizes. An act is wholly saved or not at all; with room again, all goes on.

On a real small file system, mounted in a namespace of the test's own (as any user, where the kernel allows it), and
under a limit on the size of files.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Free bytes: page by page where single results fail, then in wider steps, where imports and lists do.
SIZES = [*range(0, 120_000, 4_096), *range(120_000, 1_320_000, 60_001)]
SMALL = [0, 8_192, 30_000, 250_002, 700_000]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX limits and mounts")


def mounting() -> list[str]:
    """What runs a command with a small file system of its own at the folder that follows."""
    if shutil.which("unshare") is None:
        return []
    way = ["unshare", "--mount"] if os.geteuid() == 0 else ["unshare", "--user", "--map-root-user", "--mount"]
    mount = [*way, "sh", "-c", 'mount -t tmpfs -o size=64m none "$0" && exec "$@"']
    tried = subprocess.run([*mount, "/mnt", "true"], capture_output=True, check=False)
    return mount if tried.returncode == 0 else []


def fill(way: str, folder: Path, sizes: list[int]) -> list[dict[str, Any]]:
    folder.mkdir()
    prefix: list[str] = []
    if way == "filesystem":
        prefix = mounting()
        if not prefix:
            pytest.skip("no file system can be mounted here")
        prefix.append(str(folder))
    asked = ",".join(map(str, sizes))
    ended = subprocess.run(
        [*prefix, sys.executable, "-m", "tests.acceptance.laptop_on_a_full_disk", way, str(folder), asked],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr[-3000:]
    reports = [json.loads(line) for line in ended.stdout.splitlines()]
    assert [report["free"] for report in reports] == sizes
    return reports


def check(reports: list[dict[str, Any]]) -> None:
    for report in reports:
        assert report["wrong"] == [], report
        assert report["refused"] == 3, report
    # The sizes differ in what still had room.
    assert len({report["done"] for report in reports}) > 2


@pytest.mark.parametrize("way", ["filesystem", "limit"])
def test_case_22_a_full_disk_leaves_acts_whole_or_undone(tmp_path: Path, way: str) -> None:
    check(fill(way, tmp_path / "disk", SMALL))


@pytest.mark.proof
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("way", ["filesystem", "limit"])
def test_case_22_a_disk_full_at_50_sizes_leaves_acts_whole_or_undone(
    tmp_path: Path, way: str, record_property: Callable[[str, object], None]
) -> None:
    assert len(SIZES) >= 50
    reports = fill(way, tmp_path / "disk", SIZES)
    check(reports)
    record_property("proof", (f"sizes at which the disk was full ({way})", len(reports)))
    behind = sum(1 for report in reports if report["behind"])
    record_property("proof", ("full disks at which the journal lagged, and caught up", behind))
