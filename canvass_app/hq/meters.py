"""Headquarters' own figures, in Prometheus' text format: counts, times and states, and nothing of any person.

Every label has few values: a route's pattern, a method, a class of status, a refusal's code, a riding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from canvass_app import __version__

from .office import Taken

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
OTHER = "other"
"""The method and route of a request that no route of ours answers."""
_METHODS = frozenset({"GET", "POST", "PUT", "DELETE", "HEAD"})
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


@dataclass(frozen=True, slots=True)
class Look:
    """The state of headquarters at this moment."""

    ready: bool
    database_up: bool
    ridings: Mapping[int, tuple[int, int]] = field(default_factory=dict[int, tuple[int, int]])
    """riding_id -> (its last number, the number up to which it is folded)."""
    database_connections: int = 0
    http_connections: int = 0
    retries: Mapping[str, int] = field(default_factory=dict[str, int])
    disk_free: int | None = None


class Meters:
    """The figures of one running server. Safe to use from any thread."""

    def __init__(self, database: str) -> None:
        """`database`: the kind, "sqlite" or "postgresql"."""
        # When each figure was first counted tells nobody anything.
        disable_created_metrics()
        self.registry = CollectorRegistry(auto_describe=True)
        # On Linux only; elsewhere it has nothing to say.
        ProcessCollector(registry=self.registry)

        def counter(name: str, text: str, labels: Iterable[str] = ()) -> Counter:
            return Counter(f"canvass_hq_{name}", text, labels, registry=self.registry)

        self._pushes = counter("pushes", "Batches of events that were taken in and receipted.")
        self._appended = counter("events_appended", "Events that were new and are durable.")
        self._duplicate = counter("events_duplicate", "Events that were here already (a lost answer).")
        self._forked = counter("events_forked", "Events whose number another event holds; kept aside.")
        self._quarantined = counter("events_quarantined", "Events that cannot be read; kept aside.")
        self._pulls = counter("pulls", "Pulls that came to their end.")
        self._pages = counter("pages", "Pages of events that were handed out.")
        self._sent = counter("events_sent", "Events that were handed out.")
        self._refusals = counter("refusals", "Requests that were refused, by reason.", ("code",))
        self._requests = counter(
            "http_requests", "Requests that were answered.", ("method", "route", "status")
        )
        self._seconds = Histogram(
            "canvass_hq_http_request_seconds",
            "Time from a request's first byte to the last byte of its answer.",
            ("method", "route"),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.running = Gauge(
            "canvass_hq_http_requests_running", "Requests that are being answered.", registry=self.registry
        )
        build = Gauge(
            "canvass_hq_build_info",
            "Always 1; the labels say what runs.",
            ("version", "database"),
            registry=self.registry,
        )
        build.labels(__version__, database).set(1)

    def taken(self, taken: Taken) -> None:
        """A push is durable."""
        self._pushes.inc()
        self._appended.inc(taken.appended)
        self._duplicate.inc(taken.duplicate)
        self._forked.inc(taken.forked)
        self._quarantined.inc(taken.quarantined)

    def page(self, events: int, *, last: bool) -> None:
        """A page was made."""
        self._pages.inc()
        self._sent.inc(events)
        if last:
            self._pulls.inc()

    def refused(self, code: str) -> None:
        """A request was refused; `code` is one of `refusals`."""
        self._refusals.labels(code).inc()

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """A request was answered. `route` is the pattern, "" when there was none."""
        if not route or method not in _METHODS:
            method = route = OTHER
        self._requests.labels(method, route, f"{status // 100}xx").inc()
        self._seconds.labels(method, route).observe(seconds)

    def watch(self, look: Callable[[], Look]) -> None:
        """Ask `look` for the state whenever the figures are read."""
        self.registry.register(_State(look))

    def text(self) -> bytes:
        """Everything, as Prometheus reads it."""
        return generate_latest(self.registry)


class _State(Collector):
    """What is looked up when it is asked for, and so never stale."""

    def __init__(self, look: Callable[[], Look]) -> None:
        self._look = look

    def describe(self) -> list[Any]:
        return []

    def collect(self) -> Iterable[Any]:
        now = self._look()
        yield _gauge(
            "ready", "1 when laptops are served, 0 while starting, stopping or without database.", now.ready
        )
        yield _gauge("database_up", "1 when the database answers.", now.database_up)
        yield _gauge("database_connections", "Open connections to the database.", now.database_connections)
        yield _gauge("http_connections", "Open connections of laptops or of the proxy.", now.http_connections)
        retries = CounterMetricFamily(
            "canvass_hq_database_retries",
            "Transactions that were run again, by reason.",
            labels=("reason",),
        )
        for reason, count in sorted(now.retries.items()):
            retries.add_metric((reason,), count)
        yield retries
        if now.disk_free is not None:
            yield _gauge("disk_free_bytes", "Free room on the disk of the data folder.", now.disk_free)
        if not now.database_up:
            return
        events = GaugeMetricFamily(
            "canvass_hq_riding_events", "Events of a riding: its last number.", labels=("riding",)
        )
        lag = GaugeMetricFamily(
            "canvass_hq_projector_lag_events",
            "Events of a riding that are durable and not yet folded into the totals.",
            labels=("riding",),
        )
        for riding_id, (last, through) in sorted(now.ridings.items()):
            events.add_metric((str(riding_id),), last)
            lag.add_metric((str(riding_id),), last - through)
        yield events
        yield lag
        behind = [last - through for last, through in now.ridings.values()]
        yield _gauge("projector_lag_all_events", "The same, of all ridings together.", sum(behind))


def _gauge(name: str, text: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"canvass_hq_{name}", text, float(value))
