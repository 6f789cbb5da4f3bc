from collections.abc import Iterable, Mapping

NODE: int
WAY: int
RELATION: int

class Location:
    def valid(self) -> bool: ...
    def lon_without_check(self) -> float: ...
    def lat_without_check(self) -> float: ...

class NodeRef:
    location: Location

class Way:
    id: int
    tags: Mapping[str, str]
    nodes: Iterable[NodeRef]

class Member:
    type: str
    ref: int

class Relation:
    id: int
    tags: Mapping[str, str]
    members: Iterable[Member]
