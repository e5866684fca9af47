"""The walk over the site reaches every page: what is checked on all of them leaves none out."""

from flask import Flask
from sqlmodel import Session, select

from models import AuditEntry
from tests.e2e.life import live_a_little
from tests.e2e.walking import WALKERS, visit_as, walk
from web import audit_names, consortium_words

FILES = {
    "consortia.export_json",
    "consortia.export_pdf",
    "consortia.export_xlsx",
    "editions.file_errors",
    "meetings.download",
    "meetings.feed",
    "outcome.report_pdf",
    "outcome.report_xlsx",
    "people.sheet",
    "pictures.map_data",
    "pictures.table",
    "privacy.download",
    "rounds.manifest",
    "rounds.match_list_file",
    "schedule.calendar",
    "schedule.print_file",
    "sessions.download",
    "sessions.own_sheet",
    "static",
    "front.health",
}
# Lines within a page, which a script asks for again and again.
FRAGMENTS = {
    "consortia.teams_progress",
    "mailings.progress",
    "matcher.progress",
    "organisations.options",
    "profile.found",
    "profile.reading_line",
    "rounds.progress",
    "schedule.print_progress",
}
# Without a provider they are not there: tests/e2e/test_orcid.py walks them with one.
_STEPS = ("back", "begin", "confirm", "link", "new", "prove", "sent")
ORCID = {f"accounts.orcid_{step}" for step in _STEPS}


def test_every_page_is_walked(app: Flask, session: Session) -> None:
    also = live_a_little(app, session)
    reached = set()
    addresses = app.url_map.bind("localhost")
    for walker in WALKERS:
        client = app.test_client()
        visit_as(client, session, walker, "en")
        for visited in walk(app, client, also.get(walker, ())):
            path = visited.path.partition("?")[0].partition("#")[0]
            if addresses.test(path, method="GET"):
                reached.add(addresses.match(path, method="GET")[0])
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert sorted(pages - FILES - FRAGMENTS - ORCID - reached) == []


def test_whatever_was_done_has_a_word_in_the_log(app: Flask, session: Session) -> None:
    live_a_little(app, session)
    entries = session.exec(select(AuditEntry)).all()
    assert len({one.subject for one in entries}) >= 5
    assert {one.act for one in entries} <= {*audit_names.ACTS, *consortium_words.ACTS}
    values = {name for one in entries for name in (*one.before, *one.after)}
    assert values <= {*audit_names.NAMES}
