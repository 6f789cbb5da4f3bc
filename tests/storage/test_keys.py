"""The key of the local database: what a guess at its passphrase costs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from canvass_app.domain.errors import WrongKey
from canvass_app.storage.keys import KEY_FILE, open_key

ROOT = Path(__file__).resolve().parents[2]


def test_the_program_seals_a_key_at_the_full_cost_and_every_key_says_its_own(tmp_path: Path) -> None:
    """RFC 9106, section 4: 64 MiB and three passes. The tests' own keys are cheap, and open all the same."""
    cheap, full = tmp_path / "cheap", tmp_path / "full"
    cheap.mkdir()
    full.mkdir()
    here = open_key(cheap, "test")
    made = "import sys; from pathlib import Path; from canvass_app.storage.keys import open_key;"
    made += "print(open_key(Path(sys.argv[1]), 'test').hex(), open_key(Path(sys.argv[2]), 'test').hex())"
    told = subprocess.run(
        [sys.executable, "-c", made, str(full), str(cheap)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    record = json.loads((full / KEY_FILE).read_text("utf-8"))
    cost = {name: record["argon2id"][name] for name in ("time", "memory_kib", "lanes")}
    assert cost == {"time": 3, "memory_kib": 65_536, "lanes": 1}
    assert [open_key(full, "test").hex(), here.hex()] == told
    for folder in (full, cheap):
        with pytest.raises(WrongKey):
            open_key(folder, "Test")
