"""Passwords of people who log in: which are taken, what is kept of them, and what a guess costs."""

from __future__ import annotations

import subprocess
import sys

import pytest

from canvass_app.domain.errors import InputError
from canvass_app.hq import passwords
from canvass_app.hq.passwords import check_new, fits, hashed, is_outdated, nobodys
from canvass_app.storage.keys import Cost


@pytest.mark.parametrize(
    "password",
    [
        "", "elevenchars", "a" * 12, "abababababab", "password1234", "Password-2026!", "MotDePasse2026", "motdepasse!!!!",
        "azertyuiop12", "qwertyuiop!!", "123456789012", "210987654321", "613555014712", "abcdefghijkl", "Canvass-2026!!",
        "ana.tremblay", "Ana.Tremblay1", "ana.tremblay@example.ca", "Campagne2026!", "correct horse battery staple",
        "x" * 201, "Bénévole2026!", "Élections-2027",
    ],
)  # fmt: skip
def test_the_first_that_a_stranger_would_try_are_refused(password: str) -> None:
    with pytest.raises(InputError) as refused:
        check_new(password, "ana.tremblay@example.ca")
    assert "Rien n’a été modifié" in refused.value.text.fr


@pytest.mark.parametrize(
    "password",
    [
        "four invented words here",
        "quatre mots inventés ici",
        "k7#pQ-vx92Lm",
        "é" * 3 + "ùàçœæïüö!",
        "y" * 190 + "zqwx 12345",
    ],
)
def test_long_ones_that_nobody_lists_are_taken(password: str) -> None:
    check_new(password, "ana.tremblay@example.ca")


def test_only_the_password_itself_fits_however_its_letters_are_composed() -> None:
    kept = hashed("un mot de passé 42")
    assert kept.startswith("$argon2id$v=19$m=")
    assert fits(kept, "un mot de passé 42")
    assert fits(kept, "un mot de passe\u0301 42")
    for other in ("", "un mot de passe 42", "Un mot de passé 42", "un mot de passé 42 ", kept):
        assert not fits(kept, other)
    assert hashed("un mot de passé 42") != kept
    assert not fits(nobodys(), "")


def test_a_guess_costs_what_the_standard_says() -> None:
    code = "from canvass_app.hq.passwords import HASHING, hashed; print(*HASHING, hashed('a'))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    time, memory_kib, lanes, kept = done.stdout.split()
    assert (time, memory_kib, lanes) == ("3", "65536", "1")
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=1$")


def test_a_password_of_another_cost_is_renewed_and_a_guess_at_nobodys_costs_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    old = hashed("four invented words here")
    assert not is_outdated(old)
    monkeypatch.setattr(passwords, "HASHING", Cost(time=2, memory_kib=16, lanes=1))
    assert is_outdated(old)
    assert fits(old, "four invented words here")
    assert "$m=16,t=2,p=1$" in nobodys()
    assert nobodys() == nobodys()
