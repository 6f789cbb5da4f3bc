"""The few kinds of column that both databases have."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, SmallInteger
from sqlmodel import Field


def key_column(kind: Any = None) -> Any:
    if kind is None:
        return Field(primary_key=True)
    return Field(primary_key=True, sa_type=kind, sa_column_kwargs={"autoincrement": False})


def big_column(*, null: bool = False) -> Any:
    return Field(
        default=None if null else 0, sa_type=BigInteger, nullable=null, sa_column_kwargs=_default(null, "0")
    )


def flag_column() -> Any:
    return Field(default=0, sa_type=SmallInteger, sa_column_kwargs={"server_default": "0"})


def int_column() -> Any:
    return Field(default=0, sa_column_kwargs={"server_default": "0"})


def text_column(default: str = "") -> Any:
    return Field(default=default, sa_column_kwargs={"server_default": default})


def _default(null: bool, value: str) -> dict[str, Any]:
    return {} if null else {"server_default": value}
