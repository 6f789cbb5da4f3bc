"""`canvass-hq retention`: what would go when the campaign's time is over, and taking it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .console import AsJson, Data, PassphraseFile, say, settings_of, show, told

if TYPE_CHECKING:
    from .retention import Going, Rehearsal

retention_app = typer.Typer(
    help="The end of the time for which people's data is kept: a rehearsal, and carrying it out.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@retention_app.command("rehearse")
def rehearse_retention(
    data: Data = None, passphrase_file: PassphraseFile = None, as_json: AsJson = False
) -> None:
    """What would go, riding by riding, and what would stay, in counts. Nothing is changed."""
    from .office import open_office
    from .retention import rehearse

    with told():
        settings = settings_of(data, passphrase_file)
        office = open_office(settings)
        try:
            found = rehearse(office, backups_in(settings.folder))
        finally:
            office.close()
    report: dict[str, Any] = {
        "added": 0, "changed": 0, "unchanged": len(found.ridings), "left_out": [],
        "until": found.retention.until, "covers": list(found.retention.covers), "passed": found.passed,
        "people": found.people, "ridings": {str(one.riding_id): _facts(one) for one in found.ridings},
        "backups": found.backups,
    }  # fmt: skip
    show(report, as_json, "\n".join(_lines(found)))


@retention_app.command("carry-out")
def carry_out_retention(
    early: Annotated[
        int | None,
        typer.Option("--early", help="Before the date: the number of people that the rehearsal names."),
    ] = None,
    data: Data = None,
    passphrase_file: PassphraseFile = None,
    as_json: AsJson = False,
) -> None:
    """Erase everybody, once the date has passed; laptops follow at their next sync. Interrupted, run it again."""
    from .office import open_office
    from .retention import carry_out

    def progress(done: int, total: int) -> None:
        if not as_json:
            typer.echo(
                say(
                    "{done:person erased|people erased} of {total:,}.",
                    "{done:personne effacée|personnes effacées} sur {total}.",
                    done=done,
                    total=total,
                ),
                err=True,
            )

    with told():
        settings = settings_of(data, passphrase_file)
        office = open_office(settings)
        try:
            done = carry_out(office, early=early, folder_backups=backups_in(settings.folder), told=progress)
        finally:
            office.close()
    left = sum(one.people for one in done.after.values())
    report: dict[str, Any] = {
        "added": 0, "changed": done.people, "unchanged": len(done.before) - len(done.ridings), "left_out": [],
        "people": done.people, "words": done.words, "left": left, "cleaned": done.cleaned,
        "ridings": {
            str(riding): {"before": _facts(done.before[riding]), "after": _facts(done.after[riding])}
            for riding in done.before
        },
        "backups": done.backups,
    }  # fmt: skip
    words = [
        say(
            "Erased: {people:person|people} and {words:note|notes} about doors. What is counted stays as it was.",
            "Effacé : {people:personne|personnes} et {words:note|notes} sur des portes. Les totaux restent tels quels.",
            people=done.people,
            words=done.words,
        ),
        *_after(done.backups, cleaned=done.cleaned),
    ]
    show(report, as_json, "\n".join(words))


def backups_in(folder: Path) -> list[str]:
    """Copies of the record in headquarters' own folder."""
    found = [*(folder / "backups").glob("*"), *folder.glob("headquarters-before-restore-*")]
    return sorted(one.name for one in found if one.is_file())


def _facts(one: Going) -> dict[str, Any]:
    facts = asdict(one)
    del facts["riding_id"]
    return facts


def _lines(found: Rehearsal) -> list[str]:
    until = found.retention.until
    when = (
        say(f"The date, {until}, has passed.", f"La date, {until}, est passée.")
        if found.passed
        else say(
            f"People’s data is kept until {until}.", f"Les données des gens sont conservées jusqu’au {until}."
        )
    )
    lines = [
        when,
        say("This is a rehearsal: nothing was changed.", "C’est une répétition : rien n’a été modifié."),
    ]
    for one in found.ridings:
        lines += _riding(one)
    lines.append(
        say(
            "In all {people:person|people} would go. Addresses, and volunteers’ names beside what they did, stay.",
            "En tout, {people:personne serait effacée|personnes seraient effacées}. Les adresses, et les noms des bénévoles à "
            "côté de ce qu’ils ont fait, restent.",
            people=found.people,
        )
    )
    if found.backups:
        lines.append(_still_in(found.backups))
    return lines


def _riding(one: Going) -> list[str]:
    number = one.riding_id % 100_000
    events = sum(one.events.values())
    stays = one.stays
    lines = [
        say(
            "{number}: would go: {people:person|people}, {rows:row|rows} of files, {events:entry|entries} about people, "
            "{words:note|notes} about doors, the names on {lists:list|lists}.",
            "{number} : seraient effacés : {people:personne|personnes}, {rows:ligne|lignes} de fichiers, "
            "{events:saisie|saisies} sur des personnes, {words:note|notes} sur des portes, les noms de {lists:liste|listes}.",
            number=number,
            people=one.people,
            rows=one.rows,
            events=events,
            words=one.words,
            lists=one.lists,
        ),
        say(
            "{number}: stay, because they count and name nobody: {attempts:attempt|attempts}, {contacts:contact|contacts}, "
            "{levels:support level|support levels} as totals, {doors:door|doors}, {turfs:turf|turfs}, "
            "{lists:list|lists} without names. Stay, so that nobody is bothered: {barred_doors:barred door|barred doors}, "
            "{barred_numbers:barred number|barred numbers}.",
            "{number} : restent, car ils servent aux totaux et ne nomment personne : {attempts:tentative|tentatives}, "
            "{contacts:contact|contacts}, {levels:appui|appuis} en totaux, {doors:porte|portes}, {turfs:secteur|secteurs}, "
            "{lists:liste|listes} sans noms. Restent, pour ne déranger personne : "
            "{barred_doors:porte interdite|portes interdites}, {barred_numbers:numéro interdit|numéros interdits}.",
            number=number,
            levels=sum(one.by_support.values()),
            **stays,
        ),
    ]
    if one.unread:
        lines.append(
            say(
                "{number}: entries of a newer version that cannot be read here and would stay: {unread}. Upgrade first.",
                "{number} : saisies d’une version plus récente, illisibles ici, qui resteraient : {unread}. Mettez d’abord à "
                "niveau.",
                number=number,
                unread=one.unread,
            )
        )
    return lines


def _after(backups: list[str], *, cleaned: bool) -> list[str]:
    lines = [
        say(
            "Next: 1. Let every laptop sync once; each erases at that moment. 2. Make a new backup (“canvass-hq backup”) and "
            "prove it. 3. Delete every backup made before now, wherever it lies: they still hold everybody. Paper and "
            "exports too. 4. “canvass-hq doctor”.",
            "Ensuite : 1. Synchronisez chaque ordinateur une fois : il efface alors à son tour. 2. Faites une nouvelle "
            "sauvegarde (« canvass-hq backup ») et vérifiez-la. 3. Supprimez toutes les sauvegardes antérieures, où qu’elles "
            "soient : elles contiennent encore tout le monde. Le papier et les exportations aussi. 4. « canvass-hq doctor ».",
        )
    ]
    if backups:
        lines.append(_still_in(backups))
    if not cleaned:
        lines.append(
            say(
                "PostgreSQL did not let its tables be written anew: what went may lie in its files until it tidies them "
                "(“VACUUM FULL”).",
                "PostgreSQL n’a pas permis de réécrire ses tables : ce qui a été effacé peut rester dans ses fichiers jusqu’au "
                "prochain nettoyage (« VACUUM FULL »).",
            )
        )
    return lines


def _still_in(backups: list[str]) -> str:
    names = ", ".join(backups)
    return say(
        f"Older copies in headquarters’ own folder that still hold people: {names}.",
        f"Copies plus anciennes, dans le dossier du quartier général, qui contiennent encore des personnes : {names}.",
    )
