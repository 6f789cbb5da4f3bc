from typing import Any

class csr_array: ...  # noqa: N801 - its own name

class coo_array:  # noqa: N801 - its own name
    def __init__(self, entries: tuple[Any, tuple[Any, Any]], *, shape: tuple[int, int]) -> None: ...
    def tocsr(self) -> csr_array: ...
