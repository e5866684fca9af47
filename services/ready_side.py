"""Many people read from the tables and made ready to compare, a few hundred at a time."""

from collections.abc import Sequence

from sqlmodel import Session

from matchmaking.affinity import AffinitySettings
from matchmaking.affinity_parts import join
from matchmaking.affinity_side import EncodedPerson, PackedSide, pack_side
from matchmaking.calibration import Calibration
from matchmaking.calibration_centres import centred_side
from matchmaking.weighing import AS_GIVEN, Weighing
from services.encoded_people import encoded_people

# An encoded person takes twenty times the room of one who is packed.
_CHUNK = 500


def read_ready(
    session: Session,
    calibration: Calibration,
    profile_ids: Sequence[int],
    weighing: Weighing = AS_GIVEN,
) -> PackedSide:
    """Read people in the given order, ready to compare; at most a chunk is held as passages.

    Somebody of whom nothing is encoded is there, without any passage.
    """
    parts: list[PackedSide] = []
    for start in range(0, len(profile_ids), _CHUNK):
        some = profile_ids[start : start + _CHUNK]
        read = encoded_people(session, calibration.plan, some, weighing)
        parts.append(make_ready([read[one] for one in some], calibration))
    return join(parts) if parts else make_ready([], calibration)


def make_ready(people: Sequence[EncodedPerson], calibration: Calibration) -> PackedSide:
    """Pack people and take out what all have in common, as the calibration says."""
    packed = pack_side(people, calibration.plan)
    return centred_side(packed, calibration.centres, AffinitySettings().words)
