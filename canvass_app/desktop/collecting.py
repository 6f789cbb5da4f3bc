"""Cycles of objects end on the GUI thread.

Python looks for them on whatever thread makes objects. A part of a window that ends on a worker's thread leaves its timers
behind, and the next one that is due crashes the process. So the collector is off, and a timer of the GUI thread does its work.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1_000


def collect_here(parent: QObject) -> QTimer:
    """From now on look for cycles on this thread alone, as long as `parent` lives; as thoroughly as Python itself would."""
    gc.disable()
    timer = QTimer(parent)
    timer.setInterval(EVERY_MS)
    timer.timeout.connect(collect_what_is_due)
    timer.start()
    return timer


def collect_what_is_due() -> None:
    """Look through the oldest generation whose turn it is, by Python's own thresholds."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if counts[generation] > thresholds[generation]:
            gc.collect(generation)
            return
