"""The pages on which people arrange to meet, and what each of the two sees and may do."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar as Read
from sqlmodel import Session, col, select

from models import Account, Mail, Meeting, MeetingReview, OutcomeAnswer, Profile
from services.calendars import choose_zone, renew_feed
from tests.conftest import NOW, Queries
from tests.factories import Factory
from tests.services.meeting_example import MeetingExample, meeting_example
from web.limits import init_app as init_limits
from web.limits import limiter

SignIn = Callable[[Account], FlaskClient]
Enter = Callable[[Profile], FlaskClient]


@pytest.fixture
def example(make: Factory) -> MeetingExample:
    return meeting_example(make)


@pytest.fixture
def enter(session: Session, sign_in: SignIn) -> Enter:
    """Sign somebody in by their profile."""
    return lambda profile: sign_in(session.get_one(Account, profile.account_id))


def meeting(session: Session) -> Meeting:
    session.expire_all()
    return session.exec(select(Meeting)).one()


def events(text: str | bytes) -> list[Any]:
    """Read the meetings of a calendar file by another's eyes."""
    return list(Read.from_ical(text).walk("VEVENT"))


def subjects(session: Session, recipient: str) -> list[str]:
    query = select(Mail.subject).where(Mail.recipient == recipient).order_by(col(Mail.id))
    return list(session.exec(query))


def post(client: FlaskClient, path: str, **data: Any) -> str:
    answer = client.post(path, data=data, follow_redirects=True)
    assert answer.status_code == 200, path
    return answer.text


def test_without_meetings_the_page_says_how_one_comes_about(
    example: MeetingExample, enter: Enter
) -> None:
    text = enter(example.person()).get("/meetings").text
    assert "No meetings yet" in text
    assert "See who fits" in text


def test_who_has_no_profile_has_no_meetings(make: Factory, sign_in: SignIn) -> None:
    client = sign_in(make.account())
    assert "No meetings yet" in client.get("/meetings").text
    assert client.get("/meetings/calendar").status_code == 404


def test_two_people_propose_accept_and_are_mailed_the_meeting(
    session: Session, example: MeetingExample, enter: Enter
) -> None:
    left, right = example.pair()
    client = enter(left)
    offered = client.get(f"/meetings/with/{right.id}/{example.edition.slug}").text
    # 9:00 in UTC is 10:00 in Brussels and 18:00 in Seoul in December.
    assert "10:00–10:20" in offered
    assert "18:00 in Seoul" in offered

    text = post(
        client,
        f"/meetings/with/{right.id}/{example.edition.slug}",
        start=example.slot(0).isoformat(),
    )
    assert "Proposed. You get a mail when there is an answer." in text
    row = meeting(session)
    assert subjects(session, right.email)[0].startswith("Ieum: somebody proposes a meeting")

    client = enter(right)
    assert "Waiting for your answer" in client.get("/meetings").text
    text = post(client, f"/meetings/{row.id}/accept")
    assert "The meeting is agreed." in text
    assert "Table 1" in text
    assert len(subjects(session, left.email)) == 1
    assert len(subjects(session, right.email)) == 2
    files = session.exec(select(Mail.calendar_file).where(Mail.recipient == left.email)).one()
    assert "BEGIN:VCALENDAR" in files


def test_mails_tell_the_time_on_both_clocks_and_no_word_of_the_other(
    session: Session, example: MeetingExample, enter: Enter
) -> None:
    left, right = example.pair(research="A secret sentence.")
    post(
        enter(left),
        f"/meetings/with/{right.id}/{example.edition.slug}",
        start=example.slot(0).isoformat(),
    )
    body = session.exec(select(Mail.body)).one()
    assert "10:00 in Brussels" in body
    assert "18:00 in Seoul" in body
    assert f"/meetings/{meeting(session).id}" in body
    assert left.name not in body
    assert "secret" not in body


def test_the_navigation_counts_what_waits_for_an_answer(
    example: MeetingExample, enter: Enter
) -> None:
    left, right = example.pair()
    example.proposed(left, right)
    assert 'class="count">1<' in enter(right).get("/editions").text
    assert 'class="count"' not in enter(left).get("/editions").text


def test_declining_tells_the_other_and_frees_the_time(
    session: Session, example: MeetingExample, enter: Enter
) -> None:
    left, right = example.pair()
    row = example.proposed(left, right)
    text = post(enter(right), f"/meetings/{row.id}/decline")
    assert "You declined, and your partner is told." in text
    assert "Declined" in text
    assert len(subjects(session, left.email)) == 1


def test_another_time_is_suggested_and_the_agreed_one_stands_meanwhile(
    session: Session, example: MeetingExample, enter: Enter
) -> None:
    left, right = example.pair()
    row = example.agreed(left, right)
    client = enter(left)
    assert "10:00–10:20" not in client.get(f"/meetings/{row.id}/time").text.split("<form")[0]
    text = post(client, f"/meetings/{row.id}/time", start=example.slot(2).isoformat())
    assert "Another time is suggested" in text
    assert "10:40–11:00" in text
    assert "10:00–10:20" in text

    text = post(enter(right), f"/meetings/{row.id}/decline")
    assert "The agreed time stands, and your partner is told." in text
    assert meeting(session).starts_at == example.slot(0)


def test_a_time_that_is_gone_leads_back_to_the_others(
    session: Session, example: MeetingExample, enter: Enter
) -> None:
    left, right = example.pair()
    third = example.person("KR")
    example.interest(left, third)
    waiting = example.proposed(third, left)
    example.agreed(right, left)
    text = post(enter(left), f"/meetings/{waiting.id}/accept")
    assert "This time is not free any more." in text
    assert "Suggest this time" in text


def test_an_answer_that_comes_too_late_says_how_it_stands(
    example: MeetingExample, enter: Enter
) -> None:
    left, right = example.pair()
    row = example.proposed(left, right)
    client = enter(right)
    post(client, f"/meetings/{row.id}/decline")
    assert "This has changed in the meantime" in post(client, f"/meetings/{row.id}/accept")
    assert (
        "This has changed in the meantime"
        in client.get(f"/meetings/{row.id}/time", follow_redirects=True).text
    )


def test_cancelling_mails_a_file_that_takes_the_meeting_out_of_the_calendar(
    session: Session, example: MeetingExample, enter: Enter
) -> None:
    left, right = example.pair()
    row = example.agreed(left, right)
    post(enter(left), f"/meetings/{row.id}/cancel")
    file = session.exec(select(Mail.calendar_file).where(Mail.recipient == right.email)).one()
    (event,) = events(file)
    assert event["STATUS"] == "CANCELLED"
    assert event["UID"] == f"{row.uid}@ieum"


@pytest.mark.parametrize(
    "path", ["", "/time", "/meeting.ics", "/accept", "/decline", "/cancel", "/rate", "/next"]
)
def test_other_peoples_meetings_are_not_found(
    example: MeetingExample, enter: Enter, path: str
) -> None:
    row = example.agreed(*example.pair())
    client = enter(example.person())
    method = "GET" if path in ("", "/time", "/meeting.ics") else "POST"
    assert client.open(f"/meetings/{row.id}{path}", method=method).status_code == 404


def test_nobody_is_asked_who_is_not_interested_too(example: MeetingExample, enter: Enter) -> None:
    left, right = example.person("DE"), example.person("KR")
    path = f"/meetings/with/{right.id}/{example.edition.slug}"
    client = enter(left)
    assert client.get(path).status_code == 404
    assert client.post(path, data={"start": example.slot(0).isoformat()}).status_code == 404


@pytest.mark.parametrize("start", ["", "tomorrow", "2026-12-23T10:00:00"])
def test_a_time_that_is_none_is_refused(example: MeetingExample, enter: Enter, start: str) -> None:
    left, right = example.pair()
    path = f"/meetings/with/{right.id}/{example.edition.slug}"
    answer = enter(left).post(path, data={"start": start})
    assert answer.status_code == 422
    assert "Choose a time." in answer.text


def test_times_are_shown_in_the_zone_that_i_chose(
    session: Session, example: MeetingExample, enter: Enter
) -> None:
    left, right = example.pair()
    choose_zone(session, left.id, "Europe/Helsinki")
    session.commit()
    row = example.agreed(left, right)
    text = enter(left).get(f"/meetings/{row.id}").text
    assert "Helsinki" in text
    assert "11:00–11:20" in text
    assert "18:00–18:20" in text


def test_a_link_is_kept_for_a_meeting_that_is_online(
    session: Session, make: Factory, enter: Enter
) -> None:
    example = meeting_example(make, tables=None)
    row = example.agreed(*example.pair())
    client = enter(session.get_one(Profile, row.left_id))
    text = post(client, f"/meetings/{row.id}/link", link="https://meet.example.org/r")
    assert 'href="https://meet.example.org/r"' in text
    answer = client.post(f"/meetings/{row.id}/link", data={"link": "javascript:alert(1)"})
    assert answer.status_code == 422
    assert "begins with https://" in answer.text


def test_two_clicks_say_how_it_was_and_what_comes_next(
    app: Flask, session: Session, example: MeetingExample, enter: Enter
) -> None:
    left, right = example.pair()
    row = example.agreed(left, right)
    number = row.id
    app.extensions["clock"] = lambda over=row.ends_at: over + timedelta(hours=3)
    client = enter(left)
    assert "Say how it was" in client.get("/meetings").text

    assert "What comes next?" in post(client, f"/meetings/{number}/rate", useful="4")
    post(client, f"/meetings/{number}/next", step="proposal")
    review = session.exec(select(MeetingReview)).one()
    assert (review.profile_id, review.met, review.useful) == (left.id, True, 4)
    assert review.next_step == "proposal"
    session.commit()
    assert "aria-pressed" not in enter(right).get(f"/meetings/{number}").text

    client = enter(left)
    post(client, f"/meetings/{number}/rate", useful="no")
    session.expire_all()
    review = session.exec(select(MeetingReview)).one()
    assert (review.met, review.useful, review.next_step) == (False, None, None)
    session.commit()
    post(client, f"/meetings/{number}/rate", useful="excellent")
    post(client, f"/meetings/{number}/next", step="marriage")
    session.expire_all()
    assert session.exec(select(MeetingReview.next_step)).one() is None


def test_months_later_one_click_says_what_came_of_it(
    app: Flask, session: Session, example: MeetingExample, enter: Enter
) -> None:
    left, right = example.pair()
    row = example.agreed(left, right)
    app.extensions["clock"] = lambda over=row.ends_at: over + timedelta(days=40)
    client = enter(left)
    assert "You met a partner some months ago." in client.get("/meetings").text
    assert right.name in client.get("/meetings/outcomes").text

    text = post(client, f"/meetings/{row.id}/outcome", months="1", outcome="funded")
    assert "Nothing to answer" in text
    answer = session.exec(select(OutcomeAnswer)).one()
    assert (answer.months, answer.outcome, answer.profile_id) == (1, "funded", left.id)
    session.commit()
    post(client, f"/meetings/{row.id}/outcome", months="6", outcome="funded")
    post(client, f"/meetings/{row.id}/outcome", months="1", outcome="fame")
    assert len(session.exec(select(OutcomeAnswer)).all()) == 1
    session.commit()

    assert "We do not ask you again." in post(client, "/meetings/outcomes/stop")
    assert "Do not ask me again" not in client.get("/meetings/outcomes").text


def test_the_list_takes_as_many_queries_for_three_meetings_as_for_thirty(
    session: Session,
    make: Factory,
    enter: Enter,
    count_queries: Callable[[], AbstractContextManager[Queries]],
) -> None:
    example = meeting_example(make, slots=40, tables=None)
    left = example.person("DE")
    counts = []
    for some in (range(3), range(3, 30)):
        for number in some:
            right = example.person("KR")
            example.interest(left, right)
            row = Meeting(
                uid=f"uid-{number}",
                edition_id=example.edition.id,
                left_id=left.id,
                right_id=right.id,
                starts_at=example.slot(number),
                ends_at=example.slot(number + 1),
                state=("proposed", "accepted", "declined")[number % 3],
                left_agrees=number % 3 == 1,
                right_agrees=True,
                created_at=NOW,
                changed_at=NOW,
            )
            session.add(row)
        session.commit()
        client = enter(left)
        with count_queries() as queries:
            assert client.get("/meetings").status_code == 200
        counts.append(queries.total)
    assert counts == [12, 12]


def test_a_feed_needs_its_secret_and_nothing_else(
    app: Flask, session: Session, example: MeetingExample, enter: Enter
) -> None:
    left, right = example.pair()
    example.agreed(left, right)
    text = post(enter(left), "/meetings/calendar/feed")
    address = text.partition("<code>http://localhost")[2].partition("</code>")[0]
    anybody = app.test_client()

    answer = anybody.get(address)
    assert answer.mimetype == "text/calendar"
    (event,) = events(answer.data)
    assert event["SUMMARY"] == f"Meeting with {right.name}"
    assert event["DTSTART"].dt == example.slot(0)

    token = renew_feed(session, left.id, NOW)
    session.commit()
    assert anybody.get(address).status_code == 404
    assert anybody.get(f"/meetings/feed/{token}.ics").status_code == 200
    post(enter(left), "/meetings/calendar/feed/end")
    assert anybody.get(f"/meetings/feed/{token}.ics").status_code == 404


def test_an_agreed_meeting_is_downloaded_as_a_file(
    session: Session, example: MeetingExample, enter: Enter
) -> None:
    left, right = example.pair()
    row = example.agreed(left, right)
    answer = enter(right).get(f"/meetings/{row.id}/meeting.ics")
    assert "attachment" in answer.headers["Content-Disposition"]
    (event,) = events(answer.data)
    assert (event["LOCATION"], event["STATUS"]) == ("Table 1", "CONFIRMED")
    assert "10:00 in Brussels" in event["DESCRIPTION"]

    post(enter(right), f"/meetings/{row.id}/cancel")
    assert enter(right).get(f"/meetings/{row.id}/meeting.ics").status_code == 302


def test_the_zone_and_the_mails_are_chosen_once(
    session: Session, example: MeetingExample, enter: Enter
) -> None:
    client = enter(example.person())
    assert "Saved" in post(client, "/meetings/calendar/zone", zone="Europe/Lisbon")
    assert 'selected value="Europe/Lisbon"' in client.get("/meetings/calendar").text
    assert "no such time zone" in post(client, "/meetings/calendar/zone", zone="Moon/Base")
    assert "Saved." in post(client, "/meetings/calendar/mails", reminders="y")


def test_a_feed_is_not_asked_for_without_end(app: Flask, make: Factory) -> None:
    app.config["RATELIMIT_ENABLED"] = True
    init_limits(app)
    anybody = app.test_client()
    try:
        codes = [anybody.get("/meetings/feed/guess.ics").status_code for _ in range(61)]
    finally:
        limiter.enabled = False
        limiter.reset()
    assert codes == [404] * 60 + [429]
