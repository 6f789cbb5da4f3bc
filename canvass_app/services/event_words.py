"""What an event says, in words for people: one sentence part for every kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from canvass_app.domain.codes import BY_CODE
from canvass_app.domain.numbers import list_code
from canvass_app.domain.people import person_label
from canvass_app.domain.text import Text
from canvass_app.ledger.events import Event
from canvass_app.ledger.kinds import (
    AnswerGiven,
    AttemptCorrected,
    AttemptMade,
    BarLifted,
    BarSet,
    Body,
    ConflictClosed,
    DoorAdded,
    DoorArrived,
    DoorDescribed,
    DoorLeft,
    DoorSameAs,
    ExportMade,
    ExportSealed,
    LayerAdded,
    NoteWithdrawn,
    NoteWritten,
    PersonAdded,
    PersonDescribed,
    PersonErased,
    PersonSameAs,
    ResidenceBegan,
    ResidenceEnded,
    RosterAdded,
    RosterRestored,
    RosterWithdrawn,
    SelectionRemoved,
    SelectionSaved,
    ShiftClosed,
    ShiftOpened,
    ShiftRestored,
    ShiftVoided,
    SupportMarked,
    TurfAssigned,
    TurfChanged,
    TurfCut,
    TurfRetired,
    WalkListIssued,
    WalkListReturned,
)

from .field_words import Words, plain

_Say = Callable[[Words, Any], Text]


def event_words(words: Words, event: Event) -> Text:
    """What an event says. An unknown kind is named as it is."""
    body = event.body
    if body is None:
        return Text(f"“{event.kind}”, version {event.version}", f"« {event.kind} », version {event.version}")
    say = _KINDS.get(type(body))
    return say(words, body) if say else _fields(words, body, Text(event.kind, event.kind))


def _reason(said: Text, reason: str) -> Text:
    return Text(f"{said.en}: {reason}", f"{said.fr} : {reason}") if reason else said


def _fields(words: Words, body: Body, head: Text) -> Text:
    """A head and what the body sets: "door described: unit 4, floor 2"."""
    parts = [(words.field(name), words.value(name, value)) for name, value in body.sets().items()]
    if not parts:
        return head
    return Text(
        f"{head.en}: " + "; ".join(f"{name.en} {value.en}" for name, value in parts),
        f"{head.fr} : " + "; ".join(f"{name.fr} {value.fr}" for name, value in parts),
    )


def _attempt(words: Words, body: AttemptMade) -> Text:
    code = BY_CODE[body.code].name if body.code in BY_CODE else plain(body.code)
    said = Text(f"result: {code.en}", f"résultat : {code.fr}")
    if body.channel == "phone":
        said = Text(f"call, {said.en}", f"appel, {said.fr}")
    if body.person:
        who = words.subject("person", body.person)
        said = Text(f"{said.en}, {who.en}", f"{said.fr}, {who.fr}")
    if body.walk_list:
        code_of = list_code(body.walk_list)
        said = Text(
            f"{said.en} (list {code_of}, line {body.line})", f"{said.fr} (liste {code_of}, ligne {body.line})"
        )
    return said


def _correction(_: Words, body: AttemptCorrected) -> Text:
    if not body.code:
        return Text("result taken back", "résultat annulé")
    code = BY_CODE[body.code].name if body.code in BY_CODE else plain(body.code)
    return Text(f"result corrected: {code.en}", f"résultat corrigé : {code.fr}")


def _support(words: Words, body: SupportMarked) -> Text:
    if not body.level:
        return Text("support taken back", "appui annulé")
    said = words.support(body.level + body.second)
    return Text(f"support: {said.en}", f"appui : {said.fr}")


def _answer(words: Words, body: AnswerGiven) -> Text:
    field = f"answer:{body.question}"
    name, value = words.field(field), words.value(field, body.answers)
    return Text(f"{name.en}: {value.en}", f"{name.fr} : {value.fr}")


def _ended(_: Words, body: ResidenceEnded) -> Text:
    return {
        "moved": Text("moved away", "a déménagé"),
        "deceased": Text("reported deceased", "décès signalé"),
    }.get(body.reason, Text("lives there after all", "habite bien là"))


def _began(words: Words, body: ResidenceBegan) -> Text:
    home = words.subject("door", body.door)
    return Text(f"lives at {home.en}", f"habite : {home.fr}")


def _person_added(_: Words, body: PersonAdded) -> Text:
    name = person_label(body.last or "", body.first or "")
    if not name:
        return Text("met at the door, name not known", "rencontre à la porte, nom inconnu")
    return Text(f"met at the door: {name}", f"rencontre à la porte : {name}")


def _same(words: Words, body: DoorSameAs | PersonSameAs) -> Text:
    other = words.subject(body.entity, body.other)
    if body.joined:
        return Text(f"one and the same with {other.en}", f"une seule et même fiche avec : {other.fr}")
    return Text(f"not the same as {other.en}", f"distinct de : {other.fr}")


def _roster(_: Words, body: RosterAdded) -> Text:
    return Text(
        "file imported: {source} ({doors:door|doors}, {people:person|people})",
        "fichier importé : {source} ({doors:porte|portes}, {people:personne|personnes})",
    ).fill(source=body.source, doors=body.doors, people=body.people)


def _opened(_: Words, body: ShiftOpened) -> Text:
    said = Text(f"shift opened: {body.volunteer}", f"quart ouvert : {body.volunteer}")
    if not body.walk_list:
        return said
    code = list_code(body.walk_list)
    return Text(f"{said.en} (list {code})", f"{said.fr} (liste {code})")


def _issued(_: Words, body: WalkListIssued) -> Text:
    code = list_code(body.number)
    said = Text(
        "list {code} issued ({lines:line|lines}, {pages:page|pages})",
        "liste {code} émise ({lines:ligne|lignes}, {pages:page|pages})",
    ).fill(code=code, lines=body.lines, pages=body.pages)
    if body.canvasser:
        said = Text(f"{said.en}, for {body.canvasser}", f"{said.fr}, pour {body.canvasser}")
    if not body.although:
        return said
    codes = ", ".join(list_code(number) for number in body.although)
    return Text(
        f"{said.en}, although doors of it were out on list {codes}",
        f"{said.fr}, alors que des portes étaient déjà sorties sur la liste {codes}",
    )


def _assigned(_: Words, body: TurfAssigned) -> Text:
    if not body.to:
        return Text("turf given to nobody", "secteur attribué à personne")
    return Text(f"turf given to {body.to}", f"secteur attribué à {body.to}")


def _decided(words: Words, body: ConflictClosed) -> Text:
    name, value = words.field(body.field), words.value(body.field, body.sets().get(body.field))
    return Text(f"decided: {name.en} {value.en}", f"décision : {name.fr} {value.fr}")


def _riding(_: Words, body: DoorLeft | DoorArrived) -> Text:
    number = body.riding % 100_000
    return Text(f"belongs to riding {number}", f"appartient à la circonscription {number}")


def _described(head: Text) -> _Say:
    return lambda words, body: _fields(words, body, head)


def _fixed(en: str, fr: str) -> _Say:
    return lambda _words, _body: Text(en, fr)


def _either(name: str, yes: Text, no: Text) -> _Say:
    return lambda _words, body: yes if getattr(body, name) else no


_KINDS: dict[type[Body], _Say] = {
    RosterAdded: _roster,
    RosterWithdrawn: lambda _, b: _reason(Text("file withdrawn", "fichier retiré"), b.reason),
    RosterRestored: _fixed("file counts again", "le fichier compte de nouveau"),
    LayerAdded: _fixed("background of the map", "fond de carte"),
    DoorAdded: _described(Text("door found that no file lists", "porte trouvée, absente des fichiers")),
    DoorDescribed: _described(Text("door described", "porte décrite")),
    DoorSameAs: _same,
    DoorLeft: _riding,
    DoorArrived: _riding,
    PersonAdded: _person_added,
    PersonDescribed: _described(Text("person described", "personne décrite")),
    PersonSameAs: _same,
    PersonErased: _fixed("person erased", "personne effacée"),
    ResidenceBegan: _began,
    ResidenceEnded: _ended,
    SupportMarked: _support,
    AnswerGiven: _answer,
    AttemptMade: _attempt,
    AttemptCorrected: _correction,
    BarSet: lambda _, b: _reason(Text("do not contact", "ne pas contacter"), b.reason),
    BarLifted: lambda _, b: _reason(
        Text("may be contacted again", "peut être contacté de nouveau"), b.reason
    ),
    NoteWritten: lambda _, b: _reason(Text("note", "note"), b.text),
    NoteWithdrawn: _either(
        "withdrawn", Text("note withdrawn", "note retirée"), Text("note stands again", "note rétablie")
    ),
    TurfCut: _described(Text("turf cut", "secteur découpé")),
    TurfChanged: _described(Text("turf changed", "secteur modifié")),
    TurfAssigned: _assigned,
    TurfRetired: _either(
        "retired",
        Text("turf out of use", "secteur hors d’usage"),
        Text("turf in use again", "secteur de nouveau en usage"),
    ),
    WalkListIssued: _issued,
    WalkListReturned: _either(
        "returned", Text("paper returned", "papier revenu"), Text("paper out again", "papier ressorti")
    ),
    ShiftOpened: _opened,
    ShiftClosed: _fixed("shift ended", "quart terminé"),
    ShiftVoided: lambda _, b: _reason(Text("shift voided", "quart annulé"), b.reason),
    ShiftRestored: _fixed("shift restored", "quart rétabli"),
    SelectionSaved: _described(Text("selection saved", "sélection enregistrée")),
    SelectionRemoved: _either(
        "removed",
        Text("selection removed", "sélection retirée"),
        Text("selection kept after all", "sélection gardée finalement"),
    ),
    ConflictClosed: _decided,
    ExportMade: lambda _, b: _reason(
        Text(f"list of people exported ({b.code})", f"liste de personnes exportée ({b.code})"), b.reason
    ),
    ExportSealed: _fixed(
        "key of an export given to headquarters", "clé d’une exportation remise au quartier général"
    ),
}
