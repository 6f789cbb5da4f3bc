"""Invented walk lists for the tests of printing: nobody in them exists."""

from __future__ import annotations

import math

from canvass_app.domain.scripts import Choice, Question, Script
from canvass_app.domain.text import Text
from canvass_app.domain.walk_list import RoutePoint, SheetLine, WalkListDocument, paginate

LAST = (
    "Tremblay Roy Okafor McAllister Nguyen Gagnon Bélanger Sandhu O’Brien Lévesque Kowalski Desjardins "
    "Ferreira Haddad Whitecloud Castonguay"
).split()
FIRST = "Anne Luc Marie-Ève Desmond Priya Jean-François Zoë Gurpreet Siobhán Émile Nadia Thérèse".split()
LONG_NAME = "Beauchemin-Villeneuve de la Chevrotière, Marie-Françoise Antoinette"
LONG_STREET = "chemin de la Côte-de-Notre-Dame-du-Bon-Conseil-des-Laurentides Ouest"

SCRIPT = Script(
    id="door",
    version=3,
    name=Text("Doorstep", "Porte-à-porte"),
    greeting=Text(
        "Hello, my name is … and I am a volunteer with Vote Together. We help neighbours vote for the "
        "candidate who can win here. Do you have two minutes?",
        "Bonjour, je m’appelle … et je suis bénévole pour Votons ensemble. Nous aidons les gens du quartier à voter "
        "pour la candidature qui peut gagner ici. Auriez-vous deux minutes ?",
    ),
    questions=(
        Question(
            "support",
            "single",
            Text(
                "If the vote were held today, would you support the best placed candidate?",
                "Si le vote avait lieu aujourd’hui, appuieriez-vous la candidature la mieux placée ?",
            ),
            Text("support", "appui"),
        ),
        Question(
            "issue",
            "single",
            Text(
                "What matters most to you in this election?",
                "Qu’est-ce qui compte le plus pour vous à cette élection ?",
            ),
            Text("issue", "enjeu"),
            (
                Choice("economy", "e", Text("economy and jobs", "économie et emploi")),
                Choice("health", "h", Text("health care", "santé")),
                Choice("climate", "c", Text("climate", "climat")),
                Choice("housing", "o", Text("housing", "logement")),
                Choice("other", "z", Text("something else", "autre chose")),
            ),
        ),
        Question(
            "pledge",
            "yes_no",
            Text("Will you pledge to vote with us?", "Vous engagez-vous à voter avec nous ?"),
            Text("pledge", "engagement"),
        ),
        Question(
            "sign",
            "yes_no",
            Text("May we put a sign on your lawn?", "Pouvons-nous poser une pancarte sur votre terrain ?"),
            Text("lawn sign", "pancarte"),
        ),
        Question(
            "volunteer",
            "yes_no",
            Text("Would you help us for an hour?", "Nous aideriez-vous pendant une heure ?"),
            Text("volunteer", "bénévole"),
        ),
        Question(
            "contact",
            "text",
            Text("How may we reach you?", "Comment pouvons-nous vous joindre ?"),
            Text("contact", "coordonnées"),
        ),
    ),
)


def person(index: int) -> str:
    """An invented name."""
    return f"{LAST[index * 7 % len(LAST)]}, {FIRST[index * 5 % len(FIRST)]}"


def household(
    lines: list[SheetLine],
    civic: str,
    names: tuple[str, ...],
    *,
    street: str = "Birch St",
    side: str = "odd",
    unit: str = "",
    floor: int = 0,
    barred: bool = False,
    access: str = "",
    last: tuple[str, str] = ("", ""),
    support: str = "",
    note: str = "",
) -> None:
    """Append a door with its people to `lines`; no names means that nobody is known there."""
    door = f"{civic}|{unit}|{street}".encode().ljust(16, b".")[-16:]
    for n, name in enumerate(names or ("",)):
        lines.append(
            SheetLine(
                line=len(lines) + 1,
                door_id=door,
                person_id=name.encode().ljust(16, b".")[:16] if name else b"",
                civic=civic,
                unit=unit,
                floor=floor,
                street=street,
                side=side,  # type: ignore[arg-type]
                name=name,
                last_result=last[0],
                last_day=last[1],
                support=support if n == 0 else "",
                note=note if n == 0 else "",
                barred=barred,
                first_at_door=n == 0,
                access=access,
            )
        )


def mixed_lines() -> list[SheetLine]:
    """Two sides of a street, a tower with floors, suites, long names, barred doors, nobody known."""
    lines: list[SheetLine] = []
    people = iter(range(1000))
    for n, civic in enumerate(range(1, 39, 2)):
        names = tuple(person(next(people)) for _ in range((1, 2, 0, 3, 1, 2)[n % 6]))
        household(
            lines,
            str(civic),
            names,
            barred=n == 4,
            last=(("not_home", "2015-10-05"), ("", ""), ("come_back", "2015-10-07"))[n % 3],
            support=("", "2L", "", "3")[n % 4],
            note="dog, ring twice at the side door" if n == 1 else "",
        )
    household(lines, "12", (person(next(people)),), side="even")
    household(lines, "12", (person(next(people)),), side="even", unit="B")
    household(lines, "14 1/2", (LONG_NAME, person(next(people))), side="even", support="1")
    for floor in (12, 11, 3):
        for flat in (1, 2, 4):
            household(
                lines,
                "120",
                tuple(person(next(people)) for _ in range(1 + flat % 2)),
                side="even",
                unit=f"{floor}0{flat}",
                floor=floor,
                access="Buzzer 12, superintendent in 101; lift needs a key after 21:00",
                barred=(floor, flat) == (11, 4),
                last=("left_literature", "2015-10-01") if flat == 4 else ("", ""),
            )
    household(lines, "12045B", (person(next(people)),), street=LONG_STREET, side="even")
    household(lines, "12047", (person(next(people)), LONG_NAME), street=LONG_STREET, side="odd", support="3G")
    return lines


def document(
    lines: list[SheetLine], *, script: Script = SCRIPT, number: int = 4127, canvasser: str = "Abernathy, Wren"
) -> WalkListDocument:
    """A walk list of those lines: a walk up one side of a bent street and down the other."""
    doors = {(line.street, line.civic, line.unit): line for line in reversed(lines)}
    stops = sorted(
        {(line.street, line.side, line.civic): line for line in doors.values()}.values(),
        key=lambda line: line.line,
    )
    route = tuple(
        RoutePoint(
            -64_800_000
            + round(1800 * math.cos(n / max(len(stops) - 1, 1) * 2.6) * (1 + 0.3 * (n % 2)))
            + 90 * n,
            46_100_000 + round(1500 * math.sin(n / max(len(stops) - 1, 1) * 2.6)) - 60 * (n % 2),
            line.line,
            line.barred,
        )
        for n, line in enumerate(stops)
    )
    streets = tuple(
        tuple(
            (-64_806_000 + 400 * x, 46_097_500 + 1100 * y + round(350 * math.sin(x / 4))) for x in range(31)
        )
        for y in range(6)
    ) + tuple(tuple((-64_804_500 + 2500 * x, 46_096_000 + 700 * y) for y in range(12)) for x in range(5))
    return WalkListDocument(
        number=number,
        riding_id=201313002,
        riding=Text("Sainte-Marguerite—Birch Valley", "Sainte-Marguerite—Vallée-du-Bouleau"),
        campaign=Text("Vote Together 2015", "Votons ensemble 2015"),
        authorisation=Text(
            "Authorised by the official agent of Vote Together 2015.",
            "Autorisé par l’agente officielle de Votons ensemble 2015.",
        ),
        turf_id=b"t" * 16,
        turf_name="Birch Valley North 3",
        canvasser=canvasser,
        issued_ms=1_444_665_600_000,
        issued_day="2015-10-12",
        language="en",
        doors=len(doors),
        people=sum(bool(line.name) for line in lines),
        minutes=95,
        metres=1340,
        script=script,
        pages=paginate(lines),
        route=route,
        streets=streets,
    )


def mixed() -> WalkListDocument:
    """The list with everything on it, four pages."""
    return document(mixed_lines())


def one_line() -> WalkListDocument:
    """The shortest list."""
    lines: list[SheetLine] = []
    household(lines, "7", ("Roy, Luc",))
    return document(lines, canvasser="")


def long() -> WalkListDocument:
    """400 lines on eight streets."""
    lines: list[SheetLine] = []
    n = 0
    while len(lines) < 400:
        street, side = f"{1 + n // 50}th Ave", "odd" if n // 25 % 2 == 0 else "even"
        civic = str(100 + 2 * (n % 50) + (side == "odd"))
        names = tuple(person(n + k) for k in range(min(1 + n % 3, 400 - len(lines))))
        household(lines, civic, names, street=street, side=side)
        n += 1
    return document(lines, number=41_270_053)
