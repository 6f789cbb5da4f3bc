"""Passwords of people who log in: which are taken, and what is kept instead of them.

Kept is argon2id's own text with its salt and cost, so that a later version may ask for more: it is renewed at the next
log-in. The limits are those of NIST SP 800-63B, section 5.1.1.2: length, known passwords, the person's own names; no
rules about capitals and signs.
"""

from __future__ import annotations

import secrets
import unicodedata
from functools import cache

from canvass_app.domain.errors import InputError
from canvass_app.domain.text import Text
from canvass_app.storage.keys import Cost

LEAST, MOST = 12, 200
_FEWEST_SYMBOLS = 5

# RFC 9106, section 4, second recommended option, as for the data's own key (OWASP asks for 19 MiB and 2 passes at
# least). One lane: a log-in takes one core for a quarter of a second, never two.
HASHING = Cost(time=3, memory_kib=65_536, lanes=1)

# Of twelve symbols and more, the most frequent in published lists, without their digits and signs at the end; French
# and Canadian ones, and this program's own words.
_COMMON = frozenset(
    """
    password passwordpassword motdepasse motdepassemotdepasse monmotdepasse qwerty qwertyuiop qwertyuiopasdf azertyuiop
    azertyuiopqsdf qwertyqwerty azertyazerty asdfghjkl asdfghjklqwerty zxcvbnm iloveyou iloveyouforever jetaime
    jetaimepourtoujours welcome welcometocanada bienvenue bienvenueaucanada letmein letmeinplease administrator
    administrateur administration changeme changemenow changezmoi canvass canvassing canvassapp canvasshq canvasscanvass
    headquarters quartiergeneral campaign campagne electioncanada electionscanada election elections canadacanada canada
    montrealcanadiens torontomapleleafs mapleleafs canadiens mapleleafsforever ocanada montreal toronto vancouver ottawa
    princess sunshine football baseball superman starwars mustang trustno trustnoone correcthorsebatterystaple
    correcthorsebattery whatever whateverwhatever computer internet superuser rootroot dragondragon monkeymonkey abcdefgh
    abcdefghijkl abcdefghijklmnop abcabcabcabc abcdabcdabcd qazwsxedcrfv qazwsxedc wsxedcrfv azerty motdepassesecret secret
    secretsecret supersecret topsecret passphrase phrasedepasse organiser organisateur volunteer benevole volunteers
    """.split()
)
_ROWS = (
    "01234567890123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn",
)

_SHORT = Text(
    "A password has {least} symbols at least and {most} at most. Nothing was changed. Four words that do not belong "
    "together make a good one.",
    "Un mot de passe compte au moins {least} caractères et au plus {most}. Rien n’a été modifié. Quatre mots sans rapport "
    "entre eux en font un bon.",
)
_KNOWN = Text(
    "This password is among the first that a stranger would try. Nothing was changed. Four words that do not belong "
    "together make a good one.",
    "Ce mot de passe est parmi les premiers qu’un inconnu essaierait. Rien n’a été modifié. Quatre mots sans rapport entre "
    "eux en font un bon.",
)


def check_new(password: str, login: str) -> None:
    """Raises InputError when a new password is too short, too long, well known, or made of the login."""
    plain = tidy(password)
    if not LEAST <= len(plain) <= MOST:
        raise InputError(_SHORT.fill(least=LEAST, most=MOST))
    folded = unicodedata.normalize("NFD", plain.casefold())
    letters = "".join(one for one in folded if one.isalnum())
    words = "".join(one for one in folded if one.isascii() and one.isalpha())
    name = login.casefold().partition("@")[0]
    made_of_login = len(folded.replace(login.casefold(), "").replace(name, "")) < LEAST // 2
    in_a_row = any(letters in row + row or letters in (row + row)[::-1] for row in _ROWS)
    if (
        words in _COMMON
        or len(set(folded)) < _FEWEST_SYMBOLS
        or made_of_login
        or in_a_row
        or letters.isdigit()
    ):
        raise InputError(_KNOWN)


def tidy(password: str) -> str:
    """A password in one form, however a keyboard composes its letters."""
    return unicodedata.normalize("NFKC", password)


def hashed(password: str) -> str:
    """What is kept of a password: argon2id's text. Takes a quarter of a second of one core, and 64 MiB."""
    return _argon2id(HASHING).derive_phc_encoded(tidy(password).encode())


def fits(stored: str, password: str) -> bool:
    """Whether the password is the one that was kept. As costly as `hashed`."""
    from cryptography.exceptions import InvalidKey
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    try:
        Argon2id.verify_phc_encoded(tidy(password).encode(), stored)
    except InvalidKey:
        return False
    return True


def is_outdated(stored: str) -> bool:
    """Whether it was kept at another cost than today's."""
    return f"$m={HASHING.memory_kib},t={HASHING.time},p={HASHING.lanes}$" not in stored


def nobodys() -> str:
    """What stands for the password of somebody who is not known: a guess at it costs the same, and none fits."""
    return _nobodys(HASHING)


@cache
def _nobodys(cost: Cost) -> str:
    return _argon2id(cost).derive_phc_encoded(secrets.token_bytes(32))


def _argon2id(cost: Cost):
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    return Argon2id(
        salt=secrets.token_bytes(16),
        length=32,
        iterations=cost.time,
        lanes=cost.lanes,
        memory_cost=cost.memory_kib,
    )
