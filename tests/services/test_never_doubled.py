"""Whatever happens in whatever order, nobody is ever in two places at once."""

from itertools import combinations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, delete, select

from matchmaking.free_time import Span
from models import Availability, EditionSession, Meeting, Round, SessionPlace
from services.availability import participation_of, set_free_slots
from services.board_moves import Blocked, ChangedMeanwhile, NoSlot, Target, move_meeting
from services.board_plan import announce, plan_round
from services.errors import NotFound
from services.meeting_rules import NotNow, TimeTaken
from services.meetings import accept
from services.session_places import NoSignUp, SessionClash, give_back, sign_up
from services.sessions import PeopleClash, TooManyCome, change_session
from tests.conftest import NOW
from tests.factories import Factory
from tests.services.meeting_example import MeetingExample, meeting_example
from tests.services.session_example import Scribe, draft, workshop
from tests.services.test_round_schedule import done_round

REFUSED = (
    Blocked,
    ChangedMeanwhile,
    NoSlot,
    NotFound,
    NotNow,
    TimeTaken,
    NoSignUp,
    SessionClash,
    PeopleClash,
    TooManyCome,
)
SLOTS, PEOPLE = 3, 4
numbers = st.integers(0, 11)
steps = st.lists(
    st.tuples(
        st.sampled_from(("move", "accept", "sign-up", "give-back", "busy", "shift", "announce")),
        numbers,
        numbers,
    ),
    min_size=4,
    max_size=14,
)


class World:
    """Two people of each side, all paired, two sessions, and everything that can happen."""

    def __init__(self, make: Factory) -> None:
        self.example: MeetingExample = meeting_example(make, slots=SLOTS, tables=2)
        self.session: Session = make.session
        self.people = [self.example.person(country) for country in ("DE", "DE", "KR", "KR")]
        pairs = [(left, right) for left in self.people[:2] for right in self.people[2:]]
        row = done_round(self.example, *pairs)
        self.talks = [workshop(self.example, starts_at=self.example.slot(n)) for n in (0, 2)]
        plan_round(self.session, self.example.edition, row, NOW, actor_id=None)
        self.session.commit()

    def act(self, what: str, one: int, other: int) -> None:
        session, example = self.session, self.example
        who, talk = self.people[one % PEOPLE], self.talks[other % 2]
        start = example.slot(other % SLOTS)
        meetings = session.exec(select(Meeting).order_by(Meeting.id)).all()  # type: ignore[arg-type] # a column
        meeting = meetings[one % len(meetings)]
        if what == "announce":
            announce(session, Scribe(), example.edition, NOW, actor_id=None)
        elif what == "move":
            target = Target(start, other % 2 + 1)
            move_meeting(
                session,
                Scribe(),
                example.edition,
                meeting.id,
                target,
                meeting.sequence,
                NOW,
                actor_id=None,
            )
        elif what == "accept":
            accept(session, meeting.id, (meeting.left_id, meeting.right_id)[other % 2], NOW)
        elif what == "sign-up":
            sign_up(session, talk, example.place(who), NOW)
        elif what == "give-back":
            give_back(session, talk, who.id, NOW)
        elif what == "busy":
            place = participation_of(session, example.edition.id, who.id).id
            free = [example.slot(n) for n in range(SLOTS) if n != other % SLOTS]
            set_free_slots(session, example.edition, place, free, NOW)
        else:
            given = draft(example, starts_at=example.slot(one % SLOTS), capacity=2)
            change_session(session, Scribe(), talk, given, NOW, actor_id=None)

    def doubled(self) -> list[object]:
        """List what takes one person's time, or one table, twice."""
        self.session.expire_all()
        held: dict[object, list[Span]] = {}
        for row in self.session.exec(select(Meeting).where(Meeting.state == "accepted")):
            span = Span(row.starts_at, row.ends_at)
            for key in (row.left_id, row.right_id, f"table {row.table_number}"):
                held.setdefault(key, []).append(span)
        coming = select(SessionPlace.profile_id, EditionSession).join(EditionSession)
        for profile_id, talk in self.session.exec(coming.where(SessionPlace.state == "coming")):
            held.setdefault(profile_id, []).append(Span(talk.starts_at, talk.ends_at))
        return [
            key
            for key, spans in held.items()
            if any(one.overlaps(other) for one, other in combinations(spans, 2))
        ]

    def reset(self) -> None:
        for table in (SessionPlace, Availability, EditionSession, Meeting):
            self.session.execute(delete(table))
        self.session.commit()


def test_no_sequence_of_acts_puts_anybody_into_two_places(session: Session, make: Factory) -> None:
    world = World(make)
    pairing = world.session.exec(select(Meeting.round_id)).first()
    assert pairing is not None

    @settings(
        max_examples=25,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(steps)
    def nobody_is_doubled(acts: list[tuple[str, int, int]]) -> None:
        world.reset()
        world.talks = [workshop(world.example, starts_at=world.example.slot(n)) for n in (0, 2)]
        row = session.get_one(Round, pairing)
        plan_round(session, world.example.edition, row, NOW, actor_id=None)
        announce(session, Scribe(), world.example.edition, NOW, actor_id=None)
        session.commit()
        for step in acts:
            try:
                world.act(*step)
                session.commit()
            except REFUSED:
                session.rollback()
            assert world.doubled() == []

    nobody_is_doubled()
