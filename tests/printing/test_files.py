"""A PDF is whole or not there."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from canvass_app.domain.errors import DiskFull, FileProblem
from canvass_app.printing import print_walk_list
from canvass_app.printing.files import write_whole
from tests.printing import samples


def test_an_older_print_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    out = tmp_path / "liste à 4127.pdf"
    out.write_bytes(b"older")
    print_walk_list(samples.one_line(), out, "letter", "en")
    assert out.read_bytes().startswith(b"%PDF-")
    assert out.read_bytes().rstrip().endswith(b"%%EOF")
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of a file to set")
def test_a_full_disk_leaves_the_older_print_as_it_was(tmp_path: Path) -> None:
    import resource

    out = tmp_path / "list.pdf"
    out.write_bytes(b"older")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(DiskFull) as caught:
            write_whole(out, b"x" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "no room left for “list.pdf”" in caught.value.say("en")
    assert "plus de place pour «\u00a0list.pdf\u00a0»" in caught.value.say("fr")
    assert out.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [out]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileProblem) as caught:
        print_walk_list(samples.one_line(), tmp_path / "gone" / "list.pdf", "letter", "fr")
    assert str(tmp_path / "gone") in caught.value.say("en")
    assert "Rien n’a été écrit" in caught.value.say("fr")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write into any folder")
def test_a_folder_closed_to_us_is_named(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    with pytest.raises(FileProblem):
        write_whole(closed / "list.pdf", b"x")


def test_a_folder_in_the_place_of_the_file_leaves_no_temporary_file(tmp_path: Path) -> None:
    out = tmp_path / "list.pdf"
    out.mkdir()
    with pytest.raises(FileProblem):
        write_whole(out, b"x")
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.skipif(os.name != "posix", reason="permissions of this kind are POSIX's")
def test_only_its_owner_may_read_a_list_of_names(tmp_path: Path) -> None:
    out = tmp_path / "list.pdf"
    print_walk_list(samples.one_line(), out, "letter", "en")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
