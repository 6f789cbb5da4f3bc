"""`canvass-hq init --distributed`: what a PostgreSQL that spreads tables over several machines must be told.

Every table of a riding has `riding_id` first in its key, and no statement of a push or a pull leaves its riding;
the few tables that belong to no riding are small, and every machine may hold them whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import psycopg

from canvass_app.domain.errors import Refused, StorageProblem
from canvass_app.domain.text import Text
from canvass_app.storage.database import Connection
from canvass_app.storage.postgres import PostgresDatabase

ENGINES = ("citus", "cockroachdb", "yugabytedb")
FIRST = "riding_counter"
"""The table that the others of a riding are kept beside."""

_RECOGNISED = {
    "citus": "SELECT COUNT(*) FROM pg_extension WHERE extname = 'citus'",
    "cockroachdb": "SELECT COUNT(*) FROM (SELECT version() AS v) AS told WHERE position('CockroachDB' IN v) = 1",
    "yugabytedb": "SELECT COUNT(*) FROM (SELECT version() AS v) AS told WHERE position('-YB-' IN v) > 0",
}
_NO_ENGINE = Text(
    "“{engine}” is not known. Choose one of: {known}. Nothing was changed.",
    "« {engine} » est inconnu. Choisissez : {known}. Rien n’a été modifié.",
)
_OTHER_ENGINE = Text(
    "This server is not {engine}: nothing was spread, and headquarters works on it as on one machine. Check "
    "CANVASS_HQ_DATABASE_URL, or install {engine} first.",
    "Ce serveur n’est pas {engine} : rien n’a été réparti, et le quartier général y fonctionne comme sur une seule "
    "machine. Vérifiez CANVASS_HQ_DATABASE_URL, ou installez d’abord {engine}.",
)
_NO_SERVER = Text(
    "There is no server to spread tables over: headquarters keeps everything in one file. Set CANVASS_HQ_DATABASE_URL. "
    "Nothing was changed.",
    "Il n’y a pas de serveur sur lequel répartir les tables : le quartier général garde tout dans un fichier. "
    "Définissez CANVASS_HQ_DATABASE_URL. Rien n’a été modifié.",
)
_REFUSED = Text(
    "{engine} refused a statement; nothing was spread, and nothing is lost. The statement: {statement}",
    "{engine} a refusé un énoncé; rien n’a été réparti et rien n’est perdu. L’énoncé : {statement}",
)


def table_kinds() -> tuple[list[str], list[str]]:
    """The tables of a riding, the first one first, and those of none, by their keys."""
    from canvass_app.storage.tables import metadata

    spread: list[str] = []
    whole: list[str] = []
    for table in metadata.sorted_tables:
        first = next(iter(table.primary_key.columns)).name
        (spread if first == "riding_id" else whole).append(table.name)
    spread.sort(key=lambda name: (name != FIRST, name))
    return spread, sorted(whole)


def statements(engine: str, ridings: Iterable[int] = ()) -> list[str]:
    """What to run, in order; a line that begins with "--" explains. `ridings`: those that are known already.

    Raises Refused for an unknown engine.
    """
    _check(engine)
    spread, whole = table_kinds()
    if engine == "citus":
        return [
            "-- by riding: one riding's rows of every table lie together on one machine",
            *(
                f"SELECT create_distributed_table('{name}', 'riding_id', colocate_with => "
                f"'{'none' if name == FIRST else FIRST}')"
                for name in spread
            ),
            "-- of no riding: whole on every machine",
            *(f"SELECT create_reference_table('{name}')" for name in whole),
        ]
    listed = ", ".join(spread)
    if engine == "yugabytedb":
        return [
            "-- nothing to run: the first column of a key is hashed, and that is riding_id in these tables:",
            f"-- {listed}",
            f"-- of no riding, and small: {', '.join(whole)}",
        ]
    cuts = ", ".join(f"({one})" for one in sorted(ridings))
    return [
        "-- ranges follow the keys, which begin with riding_id, and split by themselves as they grow:",
        f"-- {listed}",
        f"-- of no riding, and small: {', '.join(whole)}",
        *(
            ["-- split by riding now, so that the first evening is spread already"]
            + [f"ALTER TABLE {name} SPLIT AT VALUES {cuts}" for name in (FIRST, "event", "device_log")]
            if cuts
            else []
        ),
    ]


def _check(engine: str) -> None:
    if engine not in ENGINES:
        raise Refused(_NO_ENGINE.fill(engine=engine, known=", ".join(ENGINES)))


def apply(database: object, engine: str, ridings: Iterable[int] = ()) -> int:
    """Run the statements on a server of that engine; how many. Raises Refused or StorageProblem: then none holds."""
    _check(engine)
    if not isinstance(database, PostgresDatabase):
        raise Refused(_NO_SERVER)
    if not database.read().query(_RECOGNISED[engine])[0][0]:
        raise Refused(_OTHER_ENGINE.fill(engine=engine))
    wanted = [one for one in statements(engine, ridings) if not one.startswith("--")]
    if engine == "cockroachdb":
        # Splitting is no part of a transaction there, and may be said again.
        _run(database.read(), engine, wanted)
    else:
        with database.write() as db:
            if engine == "citus":
                # A reference table and a spread one in one transaction go one after the other.
                db.query("SELECT set_config('citus.multi_shard_modify_mode', 'sequential', true)")
            _run(db, engine, wanted)
    return len(wanted)


def _run(db: Connection, engine: str, wanted: Sequence[str]) -> None:
    for one in wanted:
        try:
            db.run(one)
        except psycopg.Error as error:
            raise StorageProblem(_REFUSED.fill(engine=engine, statement=one), detail=str(error)) from error
