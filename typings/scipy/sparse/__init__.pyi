from typing import Any

import numpy as np
from numpy.typing import NDArray

class csr_array:  # noqa: N801 - its own name
    shape: tuple[int, int]
    data: NDArray[np.float64]
    def __init__(self, entries: tuple[Any, Any, Any], *, shape: tuple[int, int]) -> None: ...
    def tocoo(self) -> coo_array: ...
    def sum(self) -> float: ...

class coo_array:  # noqa: N801 - its own name
    row: NDArray[np.int32]
    col: NDArray[np.int32]
    data: NDArray[np.float64]
    def __init__(self, entries: tuple[Any, tuple[Any, Any]], *, shape: tuple[int, int]) -> None: ...
    def tocsr(self) -> csr_array: ...
