"""Which column of a table holds which field: a value that people correct and the program remembers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Literal

import msgspec

from canvass_app.domain.errors import MappingProblem
from canvass_app.domain.text import Text

from .header_words import ALL_FIELDS, squash
from .layouts import layout_named

Kind = Literal["doors", "people"]
Origin = Literal["layout", "header", "part", "user"]


@dataclass(frozen=True, slots=True)
class FieldColumns:
    """A field's columns, best first: a row takes the first that is not blank.

    `origin` says who chose them: a known layout, the whole header, a part of the header, or a person.
    """

    field: str
    columns: tuple[str, ...]
    origin: Origin = "user"
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Mapping:
    """Fields and their columns, for tables with `headers`. `layout` is a known layout's name or ""."""

    kind: Kind
    headers: tuple[str, ...]
    fields: tuple[FieldColumns, ...]
    layout: str = ""

    def columns(self, field: str) -> tuple[str, ...]:
        """The columns of a field; empty when it has none."""
        return next((item.columns for item in self.fields if item.field == field), ())

    def has(self, field: str) -> bool:
        """Whether any column holds the field."""
        return bool(self.columns(field))

    def with_columns(self, field: str, columns: Iterable[str]) -> Mapping:
        """The mapping after a person gave `field` these columns (none: the field is not in the file)."""
        kept = tuple(item for item in self.fields if item.field != field)
        chosen = tuple(columns)
        added = (FieldColumns(field, chosen),) if chosen else ()
        return replace(self, fields=kept + added)

    @property
    def unmapped(self) -> tuple[str, ...]:
        """Columns that no field takes, in the file's order."""
        used = {column for item in self.fields for column in item.columns}
        return tuple(header for header in self.headers if header not in used)

    @property
    def person_source(self) -> str:
        """Whose ids `person_key` holds: "van", "nationbuilder", or the column's own name.

        Ids of two unknown systems must not meet: they would make one person of two.
        """
        layout = layout_named(self.layout)
        return (layout.source if layout else "") or _source_of(self.columns("person_key"))

    @property
    def door_source(self) -> str:
        """Whose ids `door_key` holds: "nar", or the column's own name."""
        layout = layout_named(self.layout)
        return (layout.door_source if layout else "") or _source_of(self.columns("door_key"))

    def on(self, headers: Sequence[str]) -> Mapping:
        """The mapping for a table with these headers, where they may be ordered or spelled otherwise.

        A column that is not there keeps its name, and check_mapping refuses it.
        """
        if tuple(headers) == self.headers:
            return self
        present = set(headers)
        by_word: dict[str, str] = {}
        for header in headers:
            by_word.setdefault(squash(header) or header, header)
        moved = tuple(
            replace(
                item,
                columns=tuple(c if c in present else by_word.get(squash(c) or c, c) for c in item.columns),
            )
            for item in self.fields
        )
        return replace(self, headers=tuple(headers), fields=moved)

    def to_json(self) -> str:
        """The mapping as JSON text, to be remembered."""
        return msgspec.json.format(msgspec.json.encode(self), indent=2).decode()

    @staticmethod
    def from_json(text: str | bytes) -> Mapping:
        """A mapping from its JSON text. Raises MappingProblem when it is not one."""
        try:
            mapping = msgspec.json.decode(text, type=Mapping)
        except (msgspec.DecodeError, UnicodeError, ValueError) as error:
            raise MappingProblem(
                Text(
                    "The mapping file cannot be read. Nothing was imported. Write it again with the import assistant.",
                    "Le fichier de correspondance est illisible. Rien n’a été importé. "
                    "Recréez-le avec l’assistant d’importation.",
                ),
                detail=str(error),
            ) from error
        unknown = [item.field for item in mapping.fields if item.field not in ALL_FIELDS]
        if unknown:
            raise MappingProblem(
                Text(
                    f"The mapping names fields this program does not know: {', '.join(unknown)}. Nothing was imported.",
                    f"La correspondance nomme des champs inconnus du programme : {', '.join(unknown)}. Rien n’a été importé.",
                )
            )
        return mapping


_SOURCES = {"VANID": "van", "NATIONBUILDER": "nationbuilder", "ADDRGUID": "nar"}


def _source_of(columns: Sequence[str]) -> str:
    word = squash(columns[0]) if columns else ""
    return next((source for part, source in _SOURCES.items() if part in word), f"file:{word.lower()}")


def header_signature(headers: Sequence[str], kind: str) -> str:
    """The name under which a mapping for this header row is remembered, whatever the columns' order."""
    words = "|".join(sorted(squash(header) or header for header in headers))
    return sha256(f"{kind}|{words}".encode()).hexdigest()[:32]


def _list(headers: Sequence[str]) -> str:
    shown = ", ".join(header[:40] for header in headers[:30])
    return shown + (", …" if len(headers) > 30 else "")


def check_mapping(mapping: Mapping, kind: Kind) -> None:
    """Raise MappingProblem unless the mapping says enough: a street; for people, a name too."""
    known = set(mapping.headers)
    absent = [column for item in mapping.fields for column in item.columns if column not in known]
    if absent:
        raise MappingProblem(
            Text(
                f"The mapping names a column the file does not have: {_list(absent)}. Nothing was imported. "
                f"The file has these columns: {_list(mapping.headers)}.",
                f"La correspondance nomme une colonne absente du fichier : {_list(absent)}. Rien n’a été importé. "
                f"Le fichier contient ces colonnes : {_list(mapping.headers)}.",
            )
        )
    if not (mapping.has("street_name") or mapping.has("full_address")):
        raise MappingProblem(
            Text(
                "No column holds the street, so no door can be found. Nothing was imported. "
                f"The file has these columns: {_list(mapping.headers)}. "
                "Say which one holds the street name or the whole address (“street_name” or “full_address”).",
                "Aucune colonne ne contient la rue; aucune porte ne peut être trouvée. Rien n’a été importé. "
                f"Le fichier contient ces colonnes : {_list(mapping.headers)}. "
                "Indiquez celle qui contient le nom de rue ou l’adresse complète (« street_name » ou « full_address »).",
            )
        )
    if kind == "people" and not any(mapping.has(f) for f in ("last_name", "first_name", "full_name")):
        raise MappingProblem(
            Text(
                "No column holds a person’s name. Nothing was imported. "
                f"The file has these columns: {_list(mapping.headers)}. "
                "Say which one holds the name, or import the file as doors.",
                "Aucune colonne ne contient le nom d’une personne. Rien n’a été importé. "
                f"Le fichier contient ces colonnes : {_list(mapping.headers)}. "
                "Indiquez celle qui contient le nom, ou importez le fichier comme liste de portes.",
            )
        )
