"""Where a table on screen and the events part, row by row, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from canvass_app.domain.address import address_label
from canvass_app.domain.people import person_label
from canvass_app.domain.text import Text
from canvass_app.storage.database import Connection

MOST = 10
"""Differences of one table that are told one by one; the rest is counted."""

_TABLES = {
    "roster": Text("imported file", "fichier importé"),
    "door": Text("door", "porte"),
    "alias": Text("join", "jonction"),
    "person": Text("person", "personne"),
    "attempt": Text("result", "résultat"),
    "answer": Text("answer", "réponse"),
    "note": Text("note", "note"),
    "turf": Text("turf", "secteur"),
    "turf_door": Text("door of a turf", "porte d’un secteur"),
    "walk_list": Text("walk list", "liste de porte-à-porte"),
    "shift": Text("shift", "quart"),
    "layer": Text("map layer", "couche de carte"),
    "team": Text("team", "équipe"),
    "member": Text("member of a team", "membre d’une équipe"),
    "team_member": Text("place in a team", "place dans une équipe"),
    "gathering": Text("event of a team", "activité d’une équipe"),
    "sign_up": Text("answer to an event", "réponse à une activité"),
    "selection": Text("saved selection", "sélection enregistrée"),
    "conflict": Text("open decision", "décision à prendre"),
    "erased": Text("erasure", "effacement"),
}
_FIELD = Text(
    "{what} {name}: “{field}” says “{shown}”, the events say “{told}”.",
    "{what} {name} : « {field} » indique « {shown} », les événements « {told} ».",
)
_LOST = Text(
    "{what} {name}: in the events, but not shown.", "{what} {name} : dans les événements, mais absente."
)
_EXTRA = Text("{what} {name}: shown, but not in the events.", "{what} {name} : affichée sans événement.")
_MORE = Text("and {count} more: {what}", "et {count:autre|autres} : {what}")


def explain(shown: Connection, told: Connection, table: str, riding_id: int) -> list[Text]:
    """What `shown` has otherwise than `told` (the same table, folded anew), the first `MOST` one by one."""
    columns = [(str(row[1]), int(row[5])) for row in told.query(f"PRAGMA table_info({table})")]
    names = [name for name, _ in columns]
    keys = [at for at, (_, part) in enumerate(columns) if part]
    what = _TABLES.get(table, Text(table, table))
    texts: list[Text] = []
    count = 0
    for before, after in _pairs(_rows(shown, table, riding_id, keys), _rows(told, table, riding_id, keys)):
        count += 1
        if count <= MOST:
            row = after or before
            assert row is not None
            name = _name(told, table, riding_id, dict(zip(names, row, strict=True)))
            texts += _difference(names, before, after, what, name)
    if count > MOST:
        texts.append(_filled(_MORE, what, count=count - MOST))
    return texts


Row = tuple[Any, ...]


def _rows(db: Connection, table: str, riding_id: int, keys: list[int]) -> dict[Row, Row]:
    rows = db.query(f"SELECT * FROM {table} WHERE riding_id = ?", (riding_id,))
    return {tuple(row[at] for at in keys): row for row in rows}


def _pairs(shown: dict[Row, Row], told: dict[Row, Row]) -> Iterator[tuple[Row | None, Row | None]]:
    for key in sorted(shown.keys() | told.keys(), key=repr):
        before, after = shown.get(key), told.get(key)
        if before != after:
            yield before, after


def _difference(
    names: list[str], before: Row | None, after: Row | None, what: Text, name: str
) -> Iterator[Text]:
    if before is None or after is None:
        yield _filled(_LOST if before is None else _EXTRA, what, name=name)
        return
    for field, had, has in zip(names, before, after, strict=True):
        if had != has:
            yield _filled(_FIELD, what, name=name, field=field, shown=_value(had), told=_value(has))


def _filled(text: Text, what: Text, **values: object) -> Text:
    return text.fill(what=Text(_capital(what.en), _capital(what.fr)), **values)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _value(value: object) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)


def _name(db: Connection, table: str, riding_id: int, row: dict[str, Any]) -> str:
    """What a person would call the row: an address, a name, a number; else its id."""
    if table == "door":
        return _address(row) or row["door_id"].hex()
    if table == "person":
        return person_label(row["last"], row["first"]) or row["person_id"].hex()
    if table in ("attempt", "turf_door", "note") and row.get("door_id"):
        found = _door(db, riding_id, row["door_id"])
        if found:
            return found
    if table == "answer":
        rows = db.query(
            "SELECT last, first FROM person WHERE riding_id = ? AND person_id = ?",
            (riding_id, row["person_id"]),
        )
        if rows:
            return f"{person_label(*rows[0])}, {row['question']}"
    if table in ("turf", "roster", "team", "member", "selection"):
        return str(row["source"] if table == "roster" else row.get("name"))
    if table == "walk_list":
        return str(row["number"])
    return " ".join(_value(value) for name, value in row.items() if name != "riding_id")[:80]


def _door(db: Connection, riding_id: int, door_id: bytes) -> str:
    rows = db.query(
        "SELECT number, suffix, street_label, unit FROM door WHERE riding_id = ? AND door_id = ?",
        (riding_id, door_id),
    )
    return address_label(*rows[0]) if rows else ""


def _address(row: dict[str, Any]) -> str:
    return address_label(row["number"], row["suffix"], row["street_label"], row["unit"])
