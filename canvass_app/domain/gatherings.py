"""What a team's event can be, what a member can answer, and whether they came: the codes of the record in words."""

from __future__ import annotations

from collections.abc import Mapping

from .text import Text

SORTS: Mapping[str, Text] = {
    "canvass": Text("Canvass", "Porte-à-porte"),
    "calls": Text("Call night", "Soirée d’appels"),
    "training": Text("Training", "Formation"),
}
ANSWERS: Mapping[str, Text] = {
    "coming": Text("coming", "vient"),
    "maybe": Text("maybe", "peut-être"),
    "no": Text("not coming", "ne vient pas"),
    "": Text("no answer", "sans réponse"),
}
CAME: Mapping[str, Text] = {
    "came": Text("came", "présence"),
    "absent": Text("did not come", "absence"),
    "": Text("not noted", "non noté"),
}
ROLES: Mapping[str, Text] = {
    "lead": Text("team lead", "responsable"),
    "member": Text("member", "membre"),
    "": Text("left the team", "a quitté l’équipe"),
}


def next_answer(answer: str) -> str:
    """The answer after this one, as one key goes through them: none, coming, maybe, not coming, none again."""
    turn = ("", "coming", "maybe", "no")
    return turn[(turn.index(answer) + 1) % len(turn)]
