"""French is set as Canada sets it: a no-break space inside « » and before ":" and "%", none before ";", "!" and "?"."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from canvass_app.domain.text import Text
from tools import translations

PACKAGE = Path(__file__).resolve().parent.parent.parent / "canvass_app"
NBSP = "\u00a0"
MAKERS = {"Text", "say", "_say", "_fixed"}
FAULTS = re.compile(
    # A colon that ends a part of a sentence; not one of a clock, an address, or a name of a field in quotes.
    r"[^\u00a0\"]:(?=\s|$)|«(?!\u00a0)|(?<!\u00a0)»|\s[;?!]|(?<![\u00a0%])%(?![\dLn%])|[\u202f]"
)


def french_texts() -> Iterator[tuple[str, str]]:
    """Where each French text of the rooms stands, and what it says."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and len(node.args) >= 2:
                maker = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
                words = _words(node.args[1]) if maker in MAKERS else None
                if words:
                    yield f"{path.relative_to(PACKAGE)}:{node.lineno}", words


def _words(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in node.values)
    return None


def set_fault(text: str) -> str | None:
    """The first place where a text is not set so, or None."""
    plain = re.sub(r"\{[^{}]*\}", "x", text)
    found = FAULTS.search(plain)
    return plain[max(0, found.start() - 20) : found.end() + 10] if found else None


def test_every_french_text_of_the_rooms_is_said_as_canada_sets_it() -> None:
    texts = list(french_texts())
    assert len(texts) > 900
    faults = {where: fault for where, words in texts if (fault := set_fault(Text("", words).say("fr")))}
    assert faults == {}


def test_every_french_text_of_the_screens_is_set_so() -> None:
    files = sorted(translations.FOLDER.glob("*_fr.ts"))
    messages = [message for file in files for message in translations.messages(file)]
    assert len(messages) > 1000
    faults = {str(one): fault for one in messages for text in one.french if (fault := set_fault(text))}
    assert faults == {}


@pytest.mark.parametrize(
    "text", ["Vraiment ?", "Fini !", "oui ;", "Cherchez: rien", "« Roy »", "«Roy»", "25 %", "25% des portes"]
)
def test_what_is_set_otherwise_is_found(text: str) -> None:
    assert set_fault(text)


@pytest.mark.parametrize(
    "text",
    [f"Le «{NBSP}lot{NBSP}»{NBSP}: prêt?", f"25{NBSP}%", "9:41", "https://exemple.test/", "%1 sur %n; fini"],
)
def test_what_is_set_so_is_left_alone(text: str) -> None:
    assert set_fault(text) is None


def test_english_and_what_stands_in_it_are_left_as_they_are() -> None:
    assert Text("Said : 5 %", "Dit : 5 %").say("en") == "Said : 5 %"
    assert Text("Said", "Dit : « {x} », 5 %").fill(x="A").say("fr") == f"Dit{NBSP}: «{NBSP}A{NBSP}», 5{NBSP}%"
