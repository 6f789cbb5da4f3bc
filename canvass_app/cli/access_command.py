"""What is held about a person, from the command line: the answer to somebody who asks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from canvass_app.domain.accesses import Access
from canvass_app.domain.errors import InputError
from canvass_app.domain.riding import parse_riding
from canvass_app.domain.text import Text

from .finding import find_person
from .options import outcome, takes_session
from .session import Session

_ENDING = Text(
    "“{name}” ends neither in .pdf nor in .json. Nothing was written.",
    "« {name} » ne finit ni par .pdf ni par .json. Rien n’a été écrit.",
)
_PAPER = Text(
    "“{paper}” is not a paper size: letter or a4. Nothing was written.",
    "« {paper} » n’est pas un format : letter ou a4. Rien n’a été écrit.",
)
_WRITTEN = Text(
    "“{file}” holds everything that this laptop has about {name}. Give it to them alone, and sync first if others have canvassed.",
    "« {file} » contient tout ce que cet ordinateur a sur {name}. Ne le remettez qu’à cette personne, et synchronisez d’abord si "
    "d’autres ont fait du porte-à-porte.",
)


@takes_session
def access(
    session: Session,
    person: Annotated[str, typer.Argument(help="The person's name, or the id that the command showed.")],
    riding: Annotated[str, typer.Option("--riding", help="Riding number, such as 59036.")],
    out: Annotated[
        Path, typer.Option("--out", help="File to write: .pdf for the person, .json for a machine.")
    ],
    sheet_language: Annotated[str, typer.Option("--sheet-lang", help="Language of the PDF: en or fr.")] = "",
    paper: Annotated[str, typer.Option("--paper", help="letter or a4.")] = "letter",
) -> None:
    """Write down everything that is held about one person, for that person."""
    from canvass_app.printing.access_report import print_access_report
    from canvass_app.printing.files import write_whole
    from canvass_app.services.access import access_report, as_json
    from canvass_app.services.audit import record

    ending = out.suffix.lower()
    if ending not in (".pdf", ".json"):
        raise InputError(_ENDING.fill(name=out.name))
    if paper not in ("letter", "a4"):
        raise InputError(_PAPER.fill(paper=paper))
    riding_id = parse_riding(riding)
    with session.book() as book:
        person_id = find_person(book, riding_id, person, session.language)
        report = access_report(book, riding_id, person_id)
        record(book, Access.REPORTED, riding_id, people=[person_id], what=f"access {ending[1:]}")
    if ending == ".pdf":
        language = "fr" if (sheet_language or session.language) == "fr" else "en"
        print_access_report(report, out, paper, language)
    else:
        write_whole(out, (json.dumps(as_json(report), ensure_ascii=False, indent=1) + "\n").encode())
    session.answer(
        outcome(
            1, out=str(out), riding=riding_id, files=len(report.files), recorded=len(report.recorded),
            printed_lists=len(report.lists), mentions_elsewhere=report.mentions,
        ),
        [_WRITTEN.fill(file=out.name, name=report.name).say(session.language)],
    )  # fmt: skip
