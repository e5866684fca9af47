import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from matchmaking.calibration import default_calibration
from matchmaking.encoder_plan import DEFAULT_PLAN, EncoderPlan
from models import Edition
from models.database import make_sessions
from services.candidates import places_of
from services.edition_calibration import calibrate, calibration_of, uncalibrated
from services.encoding import write_all_passages
from services.encoding_run import encode_stale
from services.index_version import index_version
from services.matcher_cache import MatcherCache
from services.roles import Roles
from services.shared_encoders import SharedEncoders
from services.suggestions import asker_of, suggest
from services.visibility import Viewer
from tests.factories import Factory
from tests.word_encoder import WordEncoder

ONE_FOR_ALL = EncoderPlan("", "one-for-all")


class AnyEncoder(WordEncoder):
    """Words again, under any name and with another length than the shipped ones."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.dimension = 256 if name == "words" else 40
        self.read = []


@pytest.fixture
def edition(make: Factory) -> Edition:
    return make.edition()


def test_the_shipped_scale_holds_for_the_shipped_encoders(
    session: Session, edition: Edition
) -> None:
    assert calibration_of(edition) == default_calibration()
    assert uncalibrated(session, DEFAULT_PLAN) == []


def test_other_encoders_give_an_edition_its_own_scale_and_suggestions_go_on(
    session: Session, make: Factory, edition: Edition, engine: Engine
) -> None:
    people = [
        make.profile(edition, country=country, research=text)
        for country in ("DE", "KR")
        for text in ("quantum photon", "turbine noise", "laser", "chip")
    ]
    write_all_passages(session, people)
    session.commit()
    encoders = SharedEncoders(ONE_FOR_ALL, AnyEncoder)
    encode_stale(make_sessions(engine), encoders, lambda: make.now)
    assert uncalibrated(session, ONE_FOR_ALL) == [edition]
    before = index_version(session)
    calibrate(session, edition, encoders)
    session.commit()
    assert uncalibrated(session, ONE_FOR_ALL) == []
    assert calibration_of(edition).plan == ONE_FOR_ALL
    assert index_version(session) > before
    place = places_of(session, people[0].id)[0]
    viewer = Viewer(people[0].id, Roles())
    found = suggest(session, MatcherCache(), place, viewer, asker_of(session, place))
    assert found.items[0].profile_id == people[4].id


def test_an_edition_without_people_gets_a_scale_too(session: Session, edition: Edition) -> None:
    calibrate(session, edition, SharedEncoders(ONE_FOR_ALL, AnyEncoder))
    assert calibration_of(edition).plan == ONE_FOR_ALL


def test_a_scale_that_was_read_once_is_the_same_object(session: Session, edition: Edition) -> None:
    calibrate(session, edition, SharedEncoders(ONE_FOR_ALL, AnyEncoder))
    assert calibration_of(edition) is calibration_of(edition)
