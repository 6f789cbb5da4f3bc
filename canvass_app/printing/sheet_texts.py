"""Every word that a walk list says of itself, in English; the French stands in resources/translations/printing_fr.ts.

Named places in braces are filled in by `SheetWords`.
"""

from __future__ import annotations


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802
    """The text itself: Qt's name for a string that lupdate collects and somebody else translates."""
    return text


# Heads and feet
PAGE_OF = QT_TRANSLATE_NOOP("WalkListSheet", "Page {page} of {pages}")
FOOT = QT_TRANSLATE_NOOP("WalkListSheet", "List {code} · page {page} of {pages}")
FOOT_WITH_NAME = QT_TRANSLATE_NOOP("WalkListSheet", "List {code} · page {page} of {pages} · {name}")
RESULT = QT_TRANSLATE_NOOP("WalkListSheet", "Result")
SUPPORT = QT_TRANSLATE_NOOP("WalkListSheet", "Support")
ANSWERS = QT_TRANSLATE_NOOP("WalkListSheet", "Yes")

# Headings of streets and buildings
ODD_SIDE = QT_TRANSLATE_NOOP("WalkListSheet", "{street}, odd side")
EVEN_SIDE = QT_TRANSLATE_NOOP("WalkListSheet", "{street}, even side")
BUILDING = QT_TRANSLATE_NOOP("WalkListSheet", "{civic} {street}")
CONTINUED = QT_TRANSLATE_NOOP("WalkListSheet", "continued")
AND_MORE = QT_TRANSLATE_NOOP("WalkListSheet", "and {count} more")

# Lines
UNIT = QT_TRANSLATE_NOOP("WalkListSheet", "unit {unit}")
UNIT_ALONE = QT_TRANSLATE_NOOP("WalkListSheet", "unit")
FLOOR = QT_TRANSLATE_NOOP("WalkListSheet", "floor {floor}")
FIRST_FLOOR = QT_TRANSLATE_NOOP("WalkListSheet", "floor 1")
NOBODY_KNOWN = QT_TRANSLATE_NOOP("WalkListSheet", "nobody known yet")
ERASED = QT_TRANSLATE_NOOP("WalkListSheet", "erased at the person’s request")
LAST_TIME = QT_TRANSLATE_NOOP("WalkListSheet", "{result}, {day}")
KNOWN_SUPPORT = QT_TRANSLATE_NOOP("WalkListSheet", "support {support}")
DO_NOT_KNOCK = QT_TRANSLATE_NOOP("WalkListSheet", "Do not knock")
DO_NOT_KNOCK_SINCE = QT_TRANSLATE_NOOP("WalkListSheet", "Do not knock (since {day})")
NEW_PEOPLE = QT_TRANSLATE_NOOP("WalkListSheet", "New people")
NEW_PEOPLE_HINT = QT_TRANSLATE_NOOP("WalkListSheet", "met at a door, not on this list")
NEW_DOOR = QT_TRANSLATE_NOOP("WalkListSheet", "door, unit")
NEW_NAME = QT_TRANSLATE_NOOP("WalkListSheet", "last name, first name")

# Cover
WALK_LIST = QT_TRANSLATE_NOOP("WalkListSheet", "Walk list")
LIST_NUMBER = QT_TRANSLATE_NOOP("WalkListSheet", "List number")
CANVASSER = QT_TRANSLATE_NOOP("WalkListSheet", "Canvasser")
ISSUED = QT_TRANSLATE_NOOP("WalkListSheet", "Issued")
DOOR_ONE = QT_TRANSLATE_NOOP("WalkListSheet", "door")
DOOR_MANY = QT_TRANSLATE_NOOP("WalkListSheet", "doors")
PERSON_ONE = QT_TRANSLATE_NOOP("WalkListSheet", "person")
PERSON_MANY = QT_TRANSLATE_NOOP("WalkListSheet", "people")
MINUTE_ONE = QT_TRANSLATE_NOOP("WalkListSheet", "minute, estimated")
MINUTE_MANY = QT_TRANSLATE_NOOP("WalkListSheet", "minutes, estimated")
METRES = QT_TRANSLATE_NOOP("WalkListSheet", "m on foot")
KILOMETRES = QT_TRANSLATE_NOOP("WalkListSheet", "km on foot")
PAGE_ONE = QT_TRANSLATE_NOOP("WalkListSheet", "page of lines")
PAGE_MANY = QT_TRANSLATE_NOOP("WalkListSheet", "pages of lines")
START = QT_TRANSLATE_NOOP("WalkListSheet", "Start")
NORTH = QT_TRANSLATE_NOOP("WalkListSheet", "N")
SCALE_METRES = QT_TRANSLATE_NOOP("WalkListSheet", "{metres} m")
SCALE_KILOMETRES = QT_TRANSLATE_NOOP("WalkListSheet", "{kilometres} km")
MAP_LEGEND = QT_TRANSLATE_NOOP("WalkListSheet", "The numbers are line numbers, in walking order.")
NO_MAP = QT_TRANSLATE_NOOP("WalkListSheet", "No map: no door of this list has a place on it yet.")
WHAT_TO_SAY = QT_TRANSLATE_NOOP("WalkListSheet", "What to say")
WRITE = QT_TRANSLATE_NOOP("WalkListSheet", "write {number} and the answer on the dotted line")
WRITE_CHOICE = QT_TRANSLATE_NOOP("WalkListSheet", "write the letter on the dotted line, such as {example}")
TICK_SUPPORT = QT_TRANSLATE_NOOP(
    "WalkListSheet", "tick the level; write a second choice’s letter on the dotted line"
)
TICK_YES = QT_TRANSLATE_NOOP("WalkListSheet", "tick for yes")
TICK_CHOICE = QT_TRANSLATE_NOOP("WalkListSheet", "tick the box")
MORE_QUESTION_ONE = QT_TRANSLATE_NOOP("WalkListSheet", "One more question is on the campaign’s screen.")
MORE_QUESTION_MANY = QT_TRANSLATE_NOOP(
    "WalkListSheet", "{count} more questions are on the campaign’s screen."
)
SINCE_ISSUE = QT_TRANSLATE_NOOP("WalkListSheet", "Changed since the issue")
SINCE_LINE = QT_TRANSLATE_NOOP("WalkListSheet", "Line {lines} asked not to be contacted and is struck out.")
SINCE_LINES = QT_TRANSLATE_NOOP(
    "WalkListSheet", "Lines {lines} asked not to be contacted and are struck out."
)
WHAT_TO_DO = QT_TRANSLATE_NOOP("WalkListSheet", "What to do")
STEP_1 = QT_TRANSLATE_NOOP("WalkListSheet", "Follow the lines in order; pass by the doors struck out.")
STEP_2 = QT_TRANSLATE_NOOP("WalkListSheet", "One mark per person: a result, or a support level and answers.")
STEP_3 = QT_TRANSLATE_NOOP("WalkListSheet", "Write only on the dotted line, never across the boxes.")
STEP_4 = QT_TRANSLATE_NOOP("WalkListSheet", "Bring every page back tonight, the empty ones too.")
IF_NO_BOX = QT_TRANSLATE_NOOP("WalkListSheet", "Results")
IF_NO_BOX_HINT = QT_TRANSLATE_NOOP(
    "WalkListSheet", "Tick it where it has a box; otherwise write its letter on the dotted line."
)
SUPPORT_LEVELS = QT_TRANSLATE_NOOP("WalkListSheet", "Support levels")
RETURN_TO = QT_TRANSLATE_NOOP("WalkListSheet", "Bring back to")
RETURN_PHONE = QT_TRANSLATE_NOOP("WalkListSheet", "Phone")
COVER_OF = QT_TRANSLATE_NOOP("WalkListSheet", "Cover of list {code}, followed by {pages} pages")
COVER_OF_ONE = QT_TRANSLATE_NOOP("WalkListSheet", "Cover of list {code}, followed by 1 page")
