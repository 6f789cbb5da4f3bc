"""PySide6 and numpy imported without what the window never uses.

Each is worth a part of the cold start (docs/decisions/0013 has the figures). None of it is needed for a start to
succeed: a release of either library that no longer has what is left out here simply starts as it comes.
Nothing of Qt may be imported at the top of this module.
"""

from __future__ import annotations

import builtins
import os
import sys
import threading
from collections.abc import Callable
from types import ModuleType
from typing import Any

# What PySide6 keeps for signatures shown to programmers: it carries the source text of these and compiles it anew at
# every start. They are wanted when a Qt function was called with wrong arguments, to say which would be right.
_ASLEEP = frozenset(
    f"shibokensupport/signature/{name}.py"
    for name in ("layout", "parser", "lib/enum_sig", "lib/pyi_generator", "lib/tool")
)
_NUMPY_HELP_TEXTS = ("numpy._core._add_newdocs", "numpy._core._add_newdocs_scalars")
_waking = threading.RLock()
_sources: dict[str, tuple[Any, str]] = {}


def import_qt() -> None:
    """Import QtCore with PySide6’s signature modules asleep, and take its import hook away again.

    The hook serves `from __feature__ import snake_case`, which nothing here uses, and reads the whole source of every
    module imported after it.
    """
    plain_compile = builtins.compile
    builtins.compile = _compile_asleep(plain_compile)  # type: ignore[assignment]
    try:
        import PySide6.QtCore  # noqa: F401 - loads the signature modules and puts the hook in place
    finally:
        builtins.compile = plain_compile
    plain_import = getattr(builtins, "__orig_import__", None)
    if plain_import is not None:
        builtins.__import__ = plain_import


def prepare_numpy() -> None:
    """Let numpy start no threads and attach no texts for `help()`: a half of its import. Before it is imported."""
    # A thread a core for linear algebra, which nothing here does.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # These two modules stand apart from the rest so that they can be replaced (numpy's own manual does).
    for name in _NUMPY_HELP_TEXTS:
        sys.modules.setdefault(name, ModuleType(name))


def _compile_asleep(plain: Callable[..., Any]) -> Callable[..., Any]:
    def compile_asleep(source: Any, filename: Any, mode: str, *more: Any, **named: Any) -> Any:
        if filename not in _ASLEEP:
            return plain(source, filename, mode, *more, **named)
        name = filename.removesuffix(".py").replace("/", ".")
        _sources[name] = (source, filename)
        return plain(f"from {__name__} import sleeper\n__getattr__ = sleeper(globals())\n", filename, mode)

    return compile_asleep


def sleeper(module: dict[str, Any]) -> Callable[[str], Any]:
    """The `__getattr__` of a module asleep: run its source when something of it is first asked for."""

    def wake(name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        with _waking:
            asleep = _sources.pop(module["__name__"], None)
            if asleep is not None:
                source, filename = asleep
                exec(compile(source, filename, "exec"), module)  # PySide6’s own text, as it would have run
        if name not in module:
            raise AttributeError(name)
        return module[name]

    return wake
