"""The scale of an edition's scores and grades."""

import json
from collections.abc import Sequence
from functools import lru_cache

from sqlmodel import Session, select

from matchmaking.affinity_side import PackedSide, pack_side
from matchmaking.calibration import Calibration, default_calibration
from matchmaking.calibration_fit import encode_parallel_texts, fit_calibration
from matchmaking.encoder_plan import EncoderPlan
from matchmaking.weighing import Weighing
from models import Edition
from services.encoded_people import encoded_people
from services.index_version import note_change
from services.participants import participants
from services.shared_encoders import SharedEncoders


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
    plan = encoders.plan
    left, right = (_packed(session, edition, side, plan) for side in ("left", "right"))
    made = fit_calibration(
        left,
        right,
        encode_parallel_texts(plan, {name: encoders.reader(name) for name in plan.names}),
        f"participants of {edition.slug}",
        fallback=default_calibration(),
    )
    edition.calibration = json.loads(made.to_json())
    # Caches hold scores' ingredients by the plan, and must look again.
    note_change(session, [])


def _packed(session: Session, edition: Edition, side: str, plan: EncoderPlan) -> PackedSide:
    people = participants(session, edition.id, side)
    ids = [person.id for person in people]
    found = encoded_people(session, plan, ids, weighing_of(edition))
    return pack_side(list(found.values()), plan)
