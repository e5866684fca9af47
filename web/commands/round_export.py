"""The match list of a round as a file, from a terminal."""

from collections.abc import Iterable
from pathlib import Path

import click

from matchmaking.export_columns import CONTACT_KEYS, KEYS, USUAL, ordered
from services.editions import find_edition
from services.errors import ServiceError
from services.list_exports import note_export
from services.match_list import match_list, round_to_list
from web.clock import now
from web.commands.output import Answer, door
from web.commands.rounds import group
from web.database import new_session, reading_session
from web.locale import LANGUAGES, speaking
from web.match_list_file import TYPES, list_pieces

__all__ = ["group"]


class CannotWrite(ServiceError):
    """The file of an export cannot be written; choose another place."""

    code = "cannot-write"


@group.command("export")
@click.argument("slug")
@click.option("--round", "number", type=click.IntRange(1), help="By default the newest.")
@click.option("--format", "kind", type=click.Choice(list(TYPES)), required=True)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option(
    "--columns",
    default=",".join(USUAL),
    callback=lambda _context, _option, text: _columns(text),
    help=f"Of {', '.join(KEYS)}; by default the usual ones.",
)
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True)
@door
def export(
    slug: str, number: int | None, kind: str, output: Path, columns: tuple[str, ...], language: str
) -> Answer:
    """Write the match list of a round to a file: one row a pair, names in both scripts.

    Addresses stand in it only when --columns says email, and only of people who agreed. The
    language is that of PDF and calendar.

    Example: flask --app app round export demo --format xlsx --output matches.xlsx
    """
    with reading_session() as session:
        edition = find_edition(session, slug)
        row = round_to_list(session, edition, number)
        matches = match_list(session, edition, row)
        with speaking(language):
            _write(output, list_pieces(kind, matches, edition, columns))
    if CONTACT_KEYS & set(columns):
        with new_session() as session:
            note_export(session, row, kind, columns, now(), actor_id=None)
            session.commit()
    count = matches.scheduled if kind == "ics" else len(matches.matches)
    what = "meetings" if kind == "ics" else "pairs"
    told = f"{count} {what} of round {matches.round} are in {output}."
    if matches.left_out:
        told += f" {matches.left_out} pairs are left out: one of the two left or withdrew."
    return Answer({"rows": count}, told)


def _columns(text: str) -> tuple[str, ...]:
    chosen = [part.strip() for part in text.split(",") if part.strip()]
    unknown = [key for key in chosen if key not in KEYS]
    if unknown:
        raise click.BadParameter(f"{', '.join(unknown)}: known are {', '.join(KEYS)}")
    return ordered(chosen)


def _write(output: Path, pieces: Iterable[bytes]) -> None:
    """Write a file whole or not at all."""
    waiting = output.with_name(f".{output.name}.part")
    try:
        with waiting.open("wb") as file:
            file.writelines(pieces)
        waiting.replace(output)
    except OSError as error:
        raise CannotWrite(f"{output} cannot be written: {error.strerror or 'unknown'}.") from None
    finally:
        waiting.unlink(missing_ok=True)
