from typing import Literal, overload

import numpy as np
from numpy.typing import NDArray

from . import csr_array

def connected_components(graph: csr_array, *, directed: bool) -> tuple[int, NDArray[np.int32]]: ...
def minimum_spanning_tree(graph: csr_array | NDArray[np.float64]) -> csr_array: ...
@overload
def dijkstra(
    graph: csr_array, *, directed: bool, indices: NDArray[np.int64] | int
) -> NDArray[np.float64]: ...
@overload
def dijkstra(
    graph: csr_array,
    *,
    directed: bool,
    indices: NDArray[np.int64],
    min_only: Literal[True],
    return_predecessors: Literal[True],
) -> tuple[NDArray[np.float64], NDArray[np.int32], NDArray[np.int32]]: ...
