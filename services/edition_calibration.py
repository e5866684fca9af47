"""The scale of an edition's scores and grades."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from sqlmodel import Session, select

from matchmaking.affinity_side import PackedSide, pack_side
from matchmaking.calibration import Calibration, default_calibration
from matchmaking.calibration_fit import MOST_PEOPLE, encode_parallel_texts, fit_calibration
from matchmaking.encoder_plan import EncoderPlan
from matchmaking.weighing import Weighing
from models import Edition
from services.encoded_people import encoded_people
from services.index_version import note_change
from services.participants import participants
from services.shared_encoders import SharedEncoders


@dataclass(frozen=True, slots=True)
class ReferenceSample:
    """People of both sides, packed."""

    left: PackedSide
    right: PackedSide


def calibration_of(edition: Edition) -> Calibration:
    """Give an edition's own calibration, or the one that ships with the rules."""
    if edition.calibration is None:
        return default_calibration()
    return _read(json.dumps(edition.calibration))


def weighing_of(edition: Edition) -> Weighing:
    """Say how much a person's works count in an edition, by their age at its start."""
    return Weighing(year=edition.starts_at.year)


@lru_cache(8)
def _read(text: str) -> Calibration:
    """Read a calibration; one object for one text, so that comparing two costs nothing."""
    return Calibration.from_json(text)


def uncalibrated(session: Session, plan: EncoderPlan) -> Sequence[Edition]:
    """List the editions whose scale is for other encoders than the plan's."""
    every = session.exec(select(Edition).order_by(Edition.slug)).all()
    return [edition for edition in every if calibration_of(edition).plan != plan]


def calibrate(session: Session, edition: Edition, encoders: SharedEncoders) -> None:
    """Make an edition's scale for other encoders, from its participants' encoded texts.

    With fewer people than a scale takes, the curves that ship with the rules are lent: right in
    order, and rough in grade until somebody calibrates again.
    """
    sample = reference_sample(session, edition, encoders.plan)
    use_scale(session, edition, make_scale(edition.slug, sample, encoders))


def reference_sample(session: Session, edition: Edition, plan: EncoderPlan) -> ReferenceSample:
    """Read the participants of whose pairs a scale is made: of many, evenly spaced ones."""
    left, right = (_packed(session, edition, side, plan) for side in ("left", "right"))
    return ReferenceSample(left, right)


def make_scale(slug: str, sample: ReferenceSample, encoders: SharedEncoders) -> Calibration:
    """Fit a scale to a sample; seconds of the encoders' time, and no transaction is open."""
    plan = encoders.plan
    return fit_calibration(
        sample.left,
        sample.right,
        encode_parallel_texts(plan, {name: encoders.reader(name) for name in plan.names}),
        f"participants of {slug}",
        fallback=default_calibration(),
    )


def use_scale(session: Session, edition: Edition, scale: Calibration) -> None:
    """Let an edition's scores and grades be read from a scale from now on."""
    edition.calibration = json.loads(scale.to_json())
    # Caches hold scores' ingredients by the scale, and must look again.
    note_change(session, [])


def _packed(session: Session, edition: Edition, side: str, plan: EncoderPlan) -> PackedSide:
    people = participants(session, edition.id, side)
    places = np.unique(np.linspace(0, len(people) - 1, min(len(people), MOST_PEOPLE)).astype(int))
    ids = [people[place].id for place in places]
    found = encoded_people(session, plan, ids, weighing_of(edition))
    return pack_side(list(found.values()), plan)
