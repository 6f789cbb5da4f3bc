"""Canvass: door-to-door canvassing for Canadian ridings.

The package is a house of rooms with floors: domain < ledger < storage < (imports, turf, sync) < services
< printing < (desktop, cli). The headquarters server, hq, stands on services and never sees Qt. A room imports only
from the floors below it; import-linter keeps that, with the contracts in pyproject.toml. Each room says in its own
docstring what belongs there and what does not.
"""

__version__ = "0.1.0"
