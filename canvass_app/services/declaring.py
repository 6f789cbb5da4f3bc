"""The campaign's declaration on this laptop: whether it is asked for, who accepted it, and telling headquarters.

Who accepted is kept here first, then told. What was told is told again to a headquarters that was put back from a backup,
and when this laptop took a new number. Another text asks again; the same one in the other language does not.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import NamedTuple

import msgspec

from canvass_app.domain.declaration import NONE, checked_name, fingerprint, is_of
from canvass_app.domain.errors import InputError, Refused, SyncProblem
from canvass_app.domain.text import LANGUAGES, Text
from canvass_app.sync.declaring import say_declared
from canvass_app.sync.http import Link
from canvass_app.sync.messages import PROTOCOL, Declare
from canvass_app.sync.steps import Declined

from .book import Book

_KEPT = "declared"

_NOT_ASKED = Text(
    "This computer’s campaign asks for no declaration. Nothing was changed.",
    "La campagne de cet ordinateur ne demande aucune déclaration. Rien n’a été modifié.",
)
_CHANGED = Text(
    "The campaign changed its declaration while it was being read. Nothing was accepted. Read the new one.",
    "La campagne a changé sa déclaration pendant la lecture. Rien n’a été accepté. Lisez la nouvelle.",
)


class Accepted(msgspec.Struct, frozen=True):
    """Who accepted which text. `hash` is hex; `told`: to which headquarters, under which number; "" to none."""

    hash: str
    language: str
    by: str
    at_ms: int
    told: str = ""


class Declared(NamedTuple):
    """What accepting came to. `told`: headquarters knows; otherwise it is told at the next sync or by the next bundle."""

    by: str
    told: bool


# --- what is asked for --------------------------------------------------------------------------------


def declaration_of(book: Book) -> Text | None:
    """The declaration of the campaign that this laptop has joined; None where none is asked for."""
    campaign = book.campaign
    if campaign is None or campaign.declaration == NONE or not book.meta("hq_key"):
        return None
    return campaign.declaration


def accepted(book: Book) -> list[Accepted]:
    """Who accepted the declaration as it is today, in order; nobody when it changed."""
    text = declaration_of(book)
    return [one for one in _kept(book) if text is not None and is_of(text, bytes.fromhex(one.hash))]


def wanted(book: Book) -> Text | None:
    """The declaration that somebody has to accept before anything is fetched; None when nothing is in the way."""
    return None if accepted(book) else declaration_of(book)


# --- accepting ----------------------------------------------------------------------------------------


def accept(
    book: Book,
    by: str,
    language: str,
    *,
    read: Text | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Declared:
    """Keep that `by` accepted the declaration, which they read in `language`; then tell headquarters.

    Without a network it is told at the next sync. `read`: the text that was shown, where it may have changed meanwhile.
    The same person may accept twice, others may follow. Raises InputError (no name, another text), Refused (none asked
    for), StorageProblem; then nothing was changed.
    """
    text, who = declaration_of(book), checked_name(by)
    if text is None:
        raise Refused(_NOT_ASKED)
    if read is not None and read != text:
        raise InputError(_CHANGED)
    if language not in LANGUAGES:
        raise InputError(_CHANGED, detail=f"language {language}")
    with book.writing():
        before = accepted(book)
        if who not in {one.by for one in before}:
            shown = fingerprint(text.say(language)).hex()
            _keep(book, [*before, Accepted(shown, language, who, book.now_ms())])
    return Declared(who, _tell_now(book, cancelled or (lambda: False)))


def _tell_now(book: Book, cancelled: Callable[[], bool]) -> bool:
    """Whether headquarters knows of everybody who accepted."""
    from .syncing import in_turn, pass_of
    from .trust import ca_file

    if not book.meta("hq_token"):
        return False
    with in_turn(book, cancelled):
        link = Link(book.meta("hq_url"), pass_of(book), ca=ca_file(book.folder, book.meta("hq_ca")))
        try:
            return tell_headquarters(book, link)
        except (SyncProblem, Refused):
            # It is kept; the next sync tells it, or says what is wrong.
            return False
        finally:
            link.close()


def tell_headquarters(book: Book, link: Link) -> bool:
    """Tell headquarters who accepted, as far as it does not know; whether it knows of all now. It may be repeated.

    Raises SyncProblem or Refused when there is no answer. An answer that it does not want to know is none of our trouble.
    """
    here, told = _here(book), True
    for one in untold(book):
        try:
            link.run(say_declared(declare_message(one)))
        except Declined:
            told = False
            continue
        with book.writing():
            _keep(book, [msgspec.structs.replace(o, told=here) if o == one else o for o in _kept(book)])
    return told


def untold(book: Book) -> list[Accepted]:
    """Who accepted today's declaration without headquarters having been told, as it is and as we are now."""
    here = _here(book)
    return [one for one in accepted(book) if one.told != here]


def _here(book: Book) -> str:
    return f"{book.meta('hq_epoch')} {book.device_id.hex()}"


def declare_message(one: Accepted) -> Declare:
    """What headquarters is told."""
    return Declare(protocol=PROTOCOL, hash=bytes.fromhex(one.hash), language=one.language, by=one.by)


def tell_again(book: Book) -> None:
    """Headquarters does not know what it was told: the next sync tells it again."""
    with book.writing():
        _keep(book, [msgspec.structs.replace(one, told="") for one in _kept(book)])


def _kept(book: Book) -> list[Accepted]:
    return msgspec.json.decode(book.meta(_KEPT, "[]"), type=list[Accepted])


def _keep(book: Book, all_of_them: list[Accepted]) -> None:
    book.set_meta(_KEPT, json.dumps([msgspec.structs.asdict(one) for one in all_of_them]))
