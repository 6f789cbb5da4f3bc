import numpy as np
from numpy.typing import NDArray

from . import csr_array

def connected_components(graph: csr_array, *, directed: bool) -> tuple[int, NDArray[np.int32]]: ...
def dijkstra(graph: csr_array, *, directed: bool, indices: NDArray[np.int64]) -> NDArray[np.float64]: ...
