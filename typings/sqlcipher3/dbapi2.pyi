from typing import Any

sqlite_version: str

class Error(Exception): ...

class DatabaseError(Error):
    sqlite_errorname: str

class OperationalError(DatabaseError): ...

def connect(
    database: str,
    timeout: float = ...,
    isolation_level: str | None = ...,
    check_same_thread: bool = ...,
    cached_statements: int = ...,
) -> Any: ...
