"""Until when people's data is kept on this laptop, in words."""

from __future__ import annotations

from datetime import date

from canvass_app.desktop.widgets.format import format_day
from canvass_app.domain.text import Text
from canvass_app.services.retention import Keeping

_WORDS = {
    "kept": Text(
        "What is known of people is kept until {day}. Totals stay after that.",
        "Ce que l’on sait des gens est conservé jusqu’au {day}. Les totaux restent ensuite.",
    ),
    "soon": Text(
        "What is known of people is kept until {day} (days left: {days}). After that, headquarters erases it, and this laptop "
        "with its next sync. Type in what is still on paper, and sync.",
        "Ce que l’on sait des gens est conservé jusqu’au {day} (jours restants : {days}). Ensuite, le quartier général "
        "l’efface, et cet ordinateur à sa synchronisation suivante. Saisissez ce qui est encore sur papier, puis "
        "synchronisez.",
    ),
    "over": Text(
        "What is known of people was to be kept until {day}. Headquarters has not erased it yet; nothing is lost and nothing "
        "was changed here. Ask your lead what happens next.",
        "Ce que l’on sait des gens devait être conservé jusqu’au {day}. Le quartier général ne l’a pas encore effacé; rien "
        "n’est perdu ni modifié ici. Demandez la suite à votre responsable.",
    ),
    "unheard": Text(
        "What is known of people was to be kept until {day}, and this laptop has not heard from headquarters since. What you "
        "typed is safe. Sync now: it is sent, and what is to be erased is erased here too.",
        "Ce que l’on sait des gens devait être conservé jusqu’au {day}, et cet ordinateur n’a pas eu de nouvelles du quartier "
        "général depuis. Vos saisies sont en sécurité. Synchronisez maintenant : elles partent, et ce qui doit être effacé "
        "l’est ici aussi.",
    ),
    "gone": Text(
        "What was known of people was kept until {day} and is erased. Totals stay.",
        "Ce que l’on savait des gens a été conservé jusqu’au {day}, puis effacé. Les totaux restent.",
    ),
}  # fmt: skip


def keeping_text(found: Keeping) -> Text:
    """Until when people's data is kept, and what follows from it; empty when the campaign names no day."""
    words = _WORDS.get(found.state)
    if words is None:
        return Text("", "")
    day = date.fromisoformat(found.until)
    return Text(
        words.en.format(day=format_day(day, "en", year=True), days=found.days_left),
        words.fr.format(day=format_day(day, "fr", year=True), days=found.days_left),
    )
