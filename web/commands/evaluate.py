"""How good the matcher is against what is known to be right; no database is touched."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from matchmaking.affinity import AffinitySettings
from matchmaking.calibration import default_calibration
from matchmaking.encoders import load_encoder
from matchmaking.evaluation import Agreement, By, Ranking
from matchmaking.evaluation_run import Matcher
from services.evaluation_files import read_pairs, read_ratings
from services.evaluation_people import read_items, read_people, two_sides
from web.commands.output import Answer, door, say
from web.import_words import sentence
from web.worker_hands import encoder_plan

group = AppGroup("evaluate", help="Measure the matcher on pairs or ratings that you know.")
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@group.command("pairs")
@click.argument("profiles", type=_FILE)
@click.argument("pairs", type=_FILE)
@door
def pairs_command(profiles: Path, pairs: Path) -> Answer:
    """Measure how high known good pairs stand in the suggestions of either person.

    PAIRS is a table with left_id and right_id. Candidates are all people of the other side.

    Example: flask --app app evaluate pairs people.jsonl good-pairs.csv
    """
    known = read_pairs(pairs)
    left, right = two_sides(read_people(profiles, sentence), known)
    say(f"Reading {len(left)} people on the left and {len(right)} on the right …")
    report = matcher().pairs(left, right, known)
    values = {
        **asdict(report.affinity),
        "random": asdict(report.random),
        "tfidf": asdict(report.tfidf),
    }
    named = (("matcher", report.affinity), ("random", report.random), ("tfidf", report.tfidf))
    return Answer(values, "\n".join(_ranking(name, found) for name, found in named))


@group.command("ratings")
@click.argument("profiles", type=_FILE)
@click.argument("items", type=_FILE)
@click.argument("ratings", type=_FILE)
@click.option("--by", type=click.Choice([one.value for one in By]), default=By.PERSON.value)
@door
def ratings_command(profiles: Path, items: Path, ratings: Path, by: str) -> Answer:
    """Measure whether items stand in the order in which people rated them.

    RATINGS is a table with profile_id, item_id and rating; ITEMS has {id, title, abstract} a line.

    Example: flask --app app evaluate ratings people.jsonl papers.jsonl ratings.csv --by person
    """
    people, given = read_people(profiles, sentence), read_items(items)
    known = read_ratings(ratings)
    say(f"Reading {len(people)} people and {len(given)} items …")
    report = matcher().ratings(people, given, known, By(by))
    values = {**asdict(report.affinity), "tfidf": asdict(report.tfidf)}
    named = (("matcher", report.affinity), ("tfidf", report.tfidf))
    return Answer(values, "\n".join(_agreement(name, found) for name, found in named))


def matcher() -> Matcher:
    """Load the matcher with the encoders that this installation is set to; seconds, for torch."""
    plan = encoder_plan(current_app.extensions["settings"])
    encoders = {name: load_encoder(name) for name in plan.names}
    return Matcher(plan, encoders, default_calibration(), AffinitySettings())


def _ranking(name: str, found: Ranking) -> str:
    figures = (("MRR", found.mrr), ("MAP", found.map), ("hit@1", found.hit1))
    more = (("hit@3", found.hit3), ("hit@5", found.hit5))
    return _line(name, (*figures, *more), f"{found.queries} queries")


def _agreement(name: str, found: Agreement) -> str:
    figures = (("loss", found.loss), ("easy", found.easy), ("hard", found.hard))
    return _line(name, figures, f"{found.pairs} pairs")


def _line(name: str, figures: tuple[tuple[str, Any], ...], count: str) -> str:
    told = "  ".join(
        f"{label} {'-' if value is None else format(value, '.3f')}" for label, value in figures
    )
    return f"{name:<8} {told}  ({count})"
