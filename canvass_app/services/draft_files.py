"""How a cut in the hand lies in the book: what the cutter gave, and each edit, as packed arrays."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from io import BytesIO
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from canvass_app.turf.area import Area
from canvass_app.turf.draft import Draft, DraftTurf, Edit, new_draft

ID = 16
_VERSION = 1


class Base(NamedTuple):
    """What the cutter gave. `taken` marks doors that were in a turf already and were cut anew on purpose; `said` is
    what was asked for, for the panel."""

    door_ids: list[bytes]
    draft: Draft
    taken: NDArray[np.bool_]
    said: dict[str, Any]


def _pack(said: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> bytes:
    out = BytesIO()
    text = np.frombuffer(json.dumps(said, ensure_ascii=False).encode(), np.uint8)
    np.savez_compressed(out, allow_pickle=False, said=text, **arrays)
    return out.getvalue()


def _unpack(data: bytes) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    with np.load(BytesIO(data), allow_pickle=False) as packed:
        arrays = {name: packed[name] for name in packed.files}
    return json.loads(arrays.pop("said").tobytes()), arrays


def pack_base(base: Base) -> bytes:
    """The bytes of a base."""
    area = base.draft.area
    arrays = {f"area_{field.name}": getattr(area, field.name) for field in fields(area)}
    ids = np.frombuffer(b"".join(base.door_ids), np.uint8)
    turfs = [list(turf) for turf in base.draft.turfs.values()]
    said = {"version": _VERSION, "turfs": turfs, "asked": base.said}
    return _pack(said, {**arrays, "owner": base.draft.owner, "ids": ids, "taken": base.taken})


def read_base(data: bytes) -> Base | None:
    """A base again; None when another version of the program kept it in another way."""
    said, arrays = _unpack(data)
    columns = {field.name: arrays.get(f"area_{field.name}") for field in fields(Area)}
    if said["version"] != _VERSION or any(column is None for column in columns.values()):
        return None
    area = Area(**columns)  # type: ignore[arg-type]
    raw = arrays["ids"].tobytes()
    ids = [raw[at : at + ID] for at in range(0, len(raw), ID)]
    draft = new_draft(area, arrays["owner"], [DraftTurf(*turf) for turf in said["turfs"]])
    return Base(ids, draft, arrays["taken"], said["asked"])


def pack_edit(edit: Edit) -> bytes:
    """The bytes of an edit."""
    said = {"what": edit.what, "turfs": edit.turfs}
    return _pack(said, {"doors": edit.doors, "before": edit.before, "after": edit.after})


def read_edit(data: bytes) -> Edit:
    """An edit again."""
    said, arrays = _unpack(data)
    turfs = tuple(
        (DraftTurf(*old) if old is not None else None, DraftTurf(*new) if new is not None else None)
        for old, new in said["turfs"]
    )
    return Edit(said["what"], arrays["doors"], arrays["before"], arrays["after"], turfs)
