"""Who saw what: the log of who saw a person, for organisers."""

from .screen import SightsScreen

__all__ = ["SightsScreen"]
