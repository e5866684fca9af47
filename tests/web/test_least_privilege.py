"""Who may enter which page: one table of all of them, tried with every role that is below.

The table is written by hand, so that opening a page to more people takes two hands: the mark beside
the route, and a line here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import Session
from werkzeug.routing import Rule

from models import Account
from services.roles import grant
from tests.factories import Factory
from web.access import access_of

PUBLIC, SIGNED_IN, COORDINATOR = "public", "signed-in", "coordinator"
ORGANISER, ORGANISER_OF_ALL = "organiser", "organiser-of-all"
ADMINISTRATOR = "administrator"

LEVELS = {
    "static": PUBLIC,
    "front.index": PUBLIC,
    "front.health": PUBLIC,
    "language.choose": PUBLIC,
    "appearance.choose": PUBLIC,
    # accounts
    "accounts.register": PUBLIC,
    "accounts.register_now": PUBLIC,
    "accounts.registered": PUBLIC,
    "accounts.confirm": PUBLIC,
    "accounts.confirm_now": PUBLIC,
    "accounts.sign_in": PUBLIC,
    "accounts.sign_in_now": PUBLIC,
    "accounts.sign_out": PUBLIC,
    "accounts.sign_out_everywhere": SIGNED_IN,
    "accounts.orcid_begin": PUBLIC,
    "accounts.orcid_back": PUBLIC,
    "accounts.orcid_new": PUBLIC,
    "accounts.orcid_ask": PUBLIC,
    "accounts.orcid_sent": PUBLIC,
    "accounts.orcid_known": PUBLIC,
    "accounts.orcid_confirm": PUBLIC,
    "accounts.orcid_confirm_now": PUBLIC,
    "accounts.orcid_prove": SIGNED_IN,
    "accounts.orcid_link": SIGNED_IN,
    "accounts.orcid_link_now": SIGNED_IN,
    "accounts.orcid_unlink": SIGNED_IN,
    "accounts.forgotten": PUBLIC,
    "accounts.forgotten_now": PUBLIC,
    "accounts.forgotten_sent": PUBLIC,
    "accounts.reset": PUBLIC,
    "accounts.reset_now": PUBLIC,
    "accounts.move": PUBLIC,
    "accounts.move_now": PUBLIC,
    "accounts.settings": SIGNED_IN,
    "accounts.ask_coordinator": SIGNED_IN,
    "accounts.ask_move": SIGNED_IN,
    "accounts.ask_move_now": SIGNED_IN,
    "accounts.change_password": SIGNED_IN,
    "accounts.change_password_now": SIGNED_IN,
    "accounts.delete": SIGNED_IN,
    "accounts.delete_now": SIGNED_IN,
    # invitations: the link is the key
    "invitations.show": PUBLIC,
    "invitations.accept_now": PUBLIC,
    "invitations.refuse_now": PUBLIC,
    # legal texts
    "legal.show": PUBLIC,
    "legal.show_in": PUBLIC,
    # privacy
    "privacy.index": SIGNED_IN,
    "privacy.record": SIGNED_IN,
    "privacy.set_parts": SIGNED_IN,
    "privacy.agree": SIGNED_IN,
    "privacy.withdraw_now": SIGNED_IN,
    "privacy.texts_read": SIGNED_IN,
    "privacy.download": SIGNED_IN,
    # messages
    "messages.index": SIGNED_IN,
    "messages.show": SIGNED_IN,
    "messages.write": SIGNED_IN,
    "messages.mark_as_read": SIGNED_IN,
    "messages.block_now": SIGNED_IN,
    "messages.unblock_now": SIGNED_IN,
    "messages.report": SIGNED_IN,
    "messages.report_now": SIGNED_IN,
    "messages.reports": ORGANISER,
    "messages.decide_report": ORGANISER,
    # administration
    "admin.requests": ORGANISER,
    "admin.answer_request": ORGANISER,
    "admin.index": ADMINISTRATOR,
    "admin.accounts": ADMINISTRATOR,
    "admin.account": ADMINISTRATOR,
    "admin.unlock_account": ADMINISTRATOR,
    "admin.delete_account": ADMINISTRATOR,
    "admin.delete_account_now": ADMINISTRATOR,
    "admin.grant_role": ADMINISTRATOR,
    "admin.withdraw_role": ADMINISTRATOR,
    "admin.topics": ORGANISER,
    "admin.topic": ORGANISER,
    "admin.add_topic_now": ORGANISER,
    "admin.write_topics_down": ORGANISER,
    "admin.rename_topic_now": ORGANISER,
    "admin.remove_topic_now": ORGANISER,
    "admin.fields": ADMINISTRATOR,
    "admin.add_field_now": ADMINISTRATOR,
    "admin.field": ADMINISTRATOR,
    "admin.rename_field_now": ADMINISTRATOR,
    "admin.move_field_now": ADMINISTRATOR,
    "admin.remove_field_now": ADMINISTRATOR,
    "admin.mails": ADMINISTRATOR,
    "admin.resend_mail": ADMINISTRATOR,
    # editions
    "editions.index": PUBLIC,
    "editions.show": PUBLIC,
    "editions.agree_now": SIGNED_IN,
    "editions.join_now": SIGNED_IN,
    "editions.leave_now": SIGNED_IN,
    "editions.participants": SIGNED_IN,
    "editions.people": ORGANISER,
    "editions.people_list": ORGANISER,
    "editions.take_people_list": ORGANISER,
    "editions.act_on_people": ORGANISER,
    "editions.invite_people": ORGANISER,
    "editions.check_in": ORGANISER,
    "editions.check_in_now": ORGANISER,
    "editions.mark_missing": ORGANISER,
    "editions.release_missing": ORGANISER,
    "editions.duplicates": ORGANISER,
    "editions.decide_duplicate": ORGANISER,
    "editions.people_file": ORGANISER,
    "editions.check_people": ORGANISER,
    "editions.people_import": ORGANISER,
    "editions.file_columns": ORGANISER,
    "editions.choose_columns": ORGANISER,
    "editions.file_errors": ORGANISER,
    "editions.take_people": ORGANISER,
    "editions.discard_people": ORGANISER,
    # calls
    "calls.index": SIGNED_IN,
    "calls.show": SIGNED_IN,
    "calls.look_for": COORDINATOR,
    "call_editing.index": ORGANISER,
    "call_editing.set_usual_now": ORGANISER,
    "call_editing.new": ORGANISER,
    "call_editing.add_now": ORGANISER,
    "call_editing.show": ORGANISER,
    "call_editing.change_now": ORGANISER,
    "call_editing.remove": ORGANISER,
    "call_editing.remove_now": ORGANISER,
    "presets.index": ORGANISER,
    "presets.new": ORGANISER,
    "presets.add_now": ORGANISER,
    "presets.show": ORGANISER,
    "presets.change_now": ORGANISER,
    # consortia: whoever has no seat in one does not find it
    "consortia.new": COORDINATOR,
    "consortia.found_now": COORDINATOR,
    "consortia.index": SIGNED_IN,
    "consortia.set_requests_now": SIGNED_IN,
    "consortia.show": SIGNED_IN,
    "consortia.history": SIGNED_IN,
    "consortia.teams": SIGNED_IN,
    "consortia.form_teams_now": SIGNED_IN,
    "consortia.teams_progress": SIGNED_IN,
    "consortia.cancel_teams_now": SIGNED_IN,
    "consortia.take_team_now": SIGNED_IN,
    "consortia.work": SIGNED_IN,
    "consortia.settings": SIGNED_IN,
    "consortia.set_frame_now": SIGNED_IN,
    "consortia.take_rules_now": SIGNED_IN,
    "consortia.set_state_now": SIGNED_IN,
    "consortia.add_role_now": SIGNED_IN,
    "consortia.role": SIGNED_IN,
    "consortia.change_role_now": SIGNED_IN,
    "consortia.remove_role_now": SIGNED_IN,
    "consortia.plan_now": SIGNED_IN,
    "consortia.new_partner": SIGNED_IN,
    "consortia.add_partner_now": SIGNED_IN,
    "consortia.member": SIGNED_IN,
    "consortia.describe_now": SIGNED_IN,
    "consortia.take_out_now": SIGNED_IN,
    "consortia.mark_now": SIGNED_IN,
    "consortia.give_seat_now": SIGNED_IN,
    "consortia.ask": SIGNED_IN,
    "consortia.ask_now": SIGNED_IN,
    "consortia.leave_now": SIGNED_IN,
    "consortia.write_note_now": SIGNED_IN,
    "consortia.remove_note_now": SIGNED_IN,
    "consortia.add_task_now": SIGNED_IN,
    "consortia.settle_task_now": SIGNED_IN,
    "consortia.set_letters_now": SIGNED_IN,
    "consortia.offer_merge_now": SIGNED_IN,
    "consortia.accept_merge_now": SIGNED_IN,
    "consortia.compare": SIGNED_IN,
    "consortia.export_xlsx": SIGNED_IN,
    "consortia.export_json": SIGNED_IN,
    "consortia.export_pdf": SIGNED_IN,
    "team_invitations.show": SIGNED_IN,
    "team_invitations.answer_now": SIGNED_IN,
    # the own profile, and others'
    "organisations.options": SIGNED_IN,
    "people.show": SIGNED_IN,
    "people.sheet": SIGNED_IN,
    "profile.edit": SIGNED_IN,
    "profile.step": SIGNED_IN,
    "profile.save_step": SIGNED_IN,
    "profile.reading_line": SIGNED_IN,
    "profile.publications": SIGNED_IN,
    "profile.publication": SIGNED_IN,
    "profile.new_publication": SIGNED_IN,
    "profile.add_publication": SIGNED_IN,
    "profile.change_publication": SIGNED_IN,
    "profile.remove_publication": SIGNED_IN,
    "profile.source": SIGNED_IN,
    "profile.read_source": SIGNED_IN,
    "profile.review": SIGNED_IN,
    "profile.decide": SIGNED_IN,
    "profile.discard": SIGNED_IN,
    "profile.mark_publication": SIGNED_IN,
    "profile.weigh_publication": SIGNED_IN,
    "profile.unwanted": SIGNED_IN,
    "profile.add_unwanted": SIGNED_IN,
    "profile.remove_unwanted": SIGNED_IN,
    "profile.unwanted_again": SIGNED_IN,
    "profile.remove_unwanted_organisation": SIGNED_IN,
    "profile.found": SIGNED_IN,
    "profile.take": SIGNED_IN,
    "profile.discard_found": SIGNED_IN,
    "profile.unpublish_now": SIGNED_IN,
    "suggestions.index": SIGNED_IN,
    "reactions.say": SIGNED_IN,
    "reactions.listed": SIGNED_IN,
    "reactions.partners": SIGNED_IN,
    "reactions.order": SIGNED_IN,
    "reactions.wider": SIGNED_IN,
    # meetings
    "my_matches.index": SIGNED_IN,
    "meetings.index": SIGNED_IN,
    "meetings.show": SIGNED_IN,
    "meetings.accept": SIGNED_IN,
    "meetings.decline": SIGNED_IN,
    "meetings.cancel": SIGNED_IN,
    "meetings.set_link": SIGNED_IN,
    "meetings.propose_to": SIGNED_IN,
    "meetings.propose_now": SIGNED_IN,
    "meetings.move": SIGNED_IN,
    "meetings.move_now": SIGNED_IN,
    "meetings.times": SIGNED_IN,
    "meetings.set_times": SIGNED_IN,
    "meetings.add_window": SIGNED_IN,
    "meetings.drop_window": SIGNED_IN,
    "meetings.calendar": SIGNED_IN,
    "meetings.set_zone": SIGNED_IN,
    "meetings.set_mails": SIGNED_IN,
    "meetings.renew": SIGNED_IN,
    "meetings.end": SIGNED_IN,
    "meetings.download": SIGNED_IN,
    "meetings.rate_now": SIGNED_IN,
    "meetings.choose_next_now": SIGNED_IN,
    "meetings.outcomes": SIGNED_IN,
    "meetings.answer_outcome_now": SIGNED_IN,
    "meetings.stop_asking": SIGNED_IN,
    "meetings.feed": PUBLIC,
    # sessions
    "sessions.programme": PUBLIC,
    "sessions.own_sheet": SIGNED_IN,
    "sessions.show": PUBLIC,
    "sessions.download": SIGNED_IN,
    "sessions.sign_up_now": SIGNED_IN,
    "sessions.give_back_now": SIGNED_IN,
    "schedule.board": ORGANISER,
    "schedule.unplaced": ORGANISER,
    "schedule.meeting": ORGANISER,
    "schedule.move": ORGANISER,
    "schedule.remove": ORGANISER,
    "schedule.pair": ORGANISER,
    "schedule.place": ORGANISER,
    "schedule.plan": ORGANISER,
    "schedule.clear": ORGANISER,
    "schedule.ask_to_announce": ORGANISER,
    "schedule.announce_now": ORGANISER,
    "schedule.replan": ORGANISER,
    "schedule.replan_it": ORGANISER,
    "schedule.prints": ORGANISER,
    "schedule.ask_print": ORGANISER,
    "schedule.print_progress": ORGANISER,
    "schedule.print_file": ORGANISER,
    "schedule.calendar": ORGANISER,
    "session_desk.index": ORGANISER,
    "session_desk.new": ORGANISER,
    "session_desk.create": ORGANISER,
    "session_desk.show": ORGANISER,
    "session_desk.edit": ORGANISER,
    "session_desk.change": ORGANISER,
    "session_desk.ask_to_cancel": ORGANISER,
    "session_desk.cancel": ORGANISER,
    # the matcher
    "matcher.index": ORGANISER,
    "matcher.meeting_again": ORGANISER,
    "matcher.exposure": ORGANISER,
    "matcher.look_again": ORGANISER,
    "matcher.good_pairs": ORGANISER,
    "matcher.try_pairs": ORGANISER,
    "matcher.scale": ORGANISER,
    "matcher.work_out": ORGANISER,
    "matcher.use": ORGANISER,
    "matcher.progress": ORGANISER,
    # the desk
    "desk.step": ORGANISER,
    "desk.audit": ORGANISER,
    "desk.new": ORGANISER_OF_ALL,
    "desk.found": ORGANISER_OF_ALL,
    "desk.clone": ORGANISER_OF_ALL,
    "desk.clone_now": ORGANISER_OF_ALL,
    "desk.delete": ORGANISER_OF_ALL,
    "desk.texts": ORGANISER,
    "desk.save_texts": ORGANISER,
    "desk.dates": ORGANISER,
    "desk.save_dates": ORGANISER,
    "desk.sides": ORGANISER,
    "desk.save_sides": ORGANISER,
    "desk.fields": ORGANISER,
    "desk.save_fields": ORGANISER,
    "desk.partners": ORGANISER,
    "desk.save_partners": ORGANISER,
    "desk.programme": ORGANISER,
    "desk.save_programme": ORGANISER,
    "desk.listing": ORGANISER,
    "desk.save_listing": ORGANISER,
    # pictures
    "pictures.index": ORGANISER,
    "pictures.table": ORGANISER,
    "pictures.map_page": ORGANISER,
    "pictures.map_data": ORGANISER,
    # mailings
    "mailings.index": ORGANISER,
    "mailings.new": ORGANISER,
    "mailings.write": ORGANISER,
    "mailings.show": ORGANISER,
    "mailings.edit": ORGANISER,
    "mailings.change": ORGANISER,
    "mailings.copy": ORGANISER,
    "mailings.remove": ORGANISER,
    "mailings.look": ORGANISER,
    "mailings.find": ORGANISER,
    "mailings.test": ORGANISER,
    "mailings.send": ORGANISER,
    "mailings.again": ORGANISER,
    "mailings.cancel": ORGANISER,
    "mailings.progress": ORGANISER,
    "mailings.addresses": ORGANISER,
    "mailings.lift": ORGANISER,
    "unsubscribing.ask": PUBLIC,
    "unsubscribing.end": PUBLIC,
    "unsubscribing.again": PUBLIC,
    # rounds
    "rounds.index": ORGANISER,
    "rounds.desk": ORGANISER,
    "rounds.start": ORGANISER,
    "rounds.rounds": ORGANISER,
    "rounds.show": ORGANISER,
    "rounds.progress": ORGANISER,
    "rounds.cancel": ORGANISER,
    "rounds.review": ORGANISER,
    "rounds.compare": ORGANISER,
    "rounds.try_now": ORGANISER,
    "rounds.change_pair": ORGANISER,
    "rounds.change_pair_now": ORGANISER,
    "rounds.pair_rules": ORGANISER,
    "rounds.set_pair_rule": ORGANISER,
    "rounds.lift_pair_rule": ORGANISER,
    "rounds.manifest": ORGANISER,
    "rounds.publishing": ORGANISER,
    "rounds.publish": ORGANISER,
    "rounds.withdraw": ORGANISER,
    "rounds.match_lists": ORGANISER,
    "rounds.choose_columns": ORGANISER,
    "rounds.match_list_file": ORGANISER,
    "rounds.match_list_with_contacts": ORGANISER,
    "rounds.meetings": ORGANISER,
    "rounds.propose_meetings_now": ORGANISER,
    "outcome.show": ORGANISER,
    "outcome.report_pdf": ORGANISER,
    "outcome.report_xlsx": ORGANISER,
}

HERE = "here"
VALUES = {"IntegerConverter": 1, "UnicodeConverter": "x", "PathConverter": "css/base.css"}


@dataclass(frozen=True)
class Role:
    """Somebody who knocks, and the levels at which the door opens."""

    name: str
    enters: frozenset[str]
    elsewhere: bool = False

    def may_enter(self, endpoint: str, arguments: set[str]) -> bool:
        level = LEVELS[endpoint]
        if level == ORGANISER and self.elsewhere and "slug" in arguments:
            return False
        return level in self.enters


EVERYBODY, MEMBERS = frozenset({PUBLIC}), frozenset({PUBLIC, SIGNED_IN})
ROLES = [
    Role("visitor", EVERYBODY),
    Role("researcher", MEMBERS),
    Role("coordinator", MEMBERS | {COORDINATOR}),
    Role("organiser of another edition", MEMBERS | {ORGANISER}, elsewhere=True),
    Role("organiser of this edition", MEMBERS | {ORGANISER}),
    Role("organiser of all", MEMBERS | {ORGANISER, ORGANISER_OF_ALL}),
    Role("administrator", MEMBERS | {ORGANISER, ORGANISER_OF_ALL, ADMINISTRATOR}),
]


def _routes(app: Flask) -> Iterator[tuple[Rule, str, str]]:
    """Give every route with each of its methods and an address that it answers."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        values = {name: _value(name, rule) for name in rule.arguments}
        methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
        for method in sorted(methods):
            yield rule, method, adapter.build(rule.endpoint, values, method=method)


def _value(name: str, rule: Rule) -> object:
    of_an_edition = ("/organise/", "/editions/", "/admin/editions/")
    if name == "slug" and rule.rule.startswith(of_an_edition):
        return HERE
    converter = rule._converters[name]
    # Werkzeug keeps the words of an "any" converter as keys.
    return next(iter(getattr(converter, "items", ())), None) or VALUES[type(converter).__name__]


@pytest.fixture
def knock(
    make: Factory, session: Session, client: FlaskClient, sign_in: Callable[[Account], FlaskClient]
) -> Callable[[Role], FlaskClient]:
    here, elsewhere = make.edition(slug=HERE), make.edition(slug="elsewhere")
    # Another one, so that no act on account 1 is refused for being the last administrator.
    make.account("administrator")
    editions = {
        "organiser of another edition": elsewhere.id,
        "organiser of this edition": here.id,
    }

    def act(role: Role) -> FlaskClient:
        if role.name == "visitor":
            return client
        account = make.account()
        word = role.name.partition(" ")[0]
        if word != "researcher":
            grant(session, account.id, word, editions.get(role.name))
            session.commit()
        return sign_in(account)

    return act


def test_the_table_names_every_route_with_its_level(app: Flask) -> None:
    known = {
        endpoint: PUBLIC if endpoint == "static" else access_of(view).level
        for endpoint, view in app.view_functions.items()
    }
    assert known == LEVELS


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_whoever_is_below_the_level_stays_outside(
    app: Flask, knock: Callable[[Role], FlaskClient], role: Role
) -> None:
    browser, wrong = knock(role), []
    for rule, method, path in _routes(app):
        if role.may_enter(rule.endpoint, set(rule.arguments)):
            continue
        answer = browser.open(path, method=method)
        to_sign_in = answer.status_code == 302 and answer.location.startswith("/sign-in?next=")
        if not (to_sign_in if role.name == "visitor" else answer.status_code == 403):
            wrong.append((method, path, answer.status))
    assert wrong == []


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_whoever_reaches_the_level_gets_in(
    app: Flask, knock: Callable[[Role], FlaskClient], role: Role
) -> None:
    browser, wrong = knock(role), []
    for rule, method, path in _routes(app):
        if method != "GET" or not role.may_enter(rule.endpoint, set(rule.arguments)):
            continue
        answer = browser.open(path)
        answer.close()  # a file of static/ stays open otherwise
        if answer.status_code == 403 or (answer.location or "").startswith("/sign-in?"):
            wrong.append((path, answer.status))
    assert wrong == []


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_nobody_learns_which_editions_there_are_from_a_closed_door(
    app: Flask, knock: Callable[[Role], FlaskClient], role: Role
) -> None:
    browser = knock(role)
    if not role.may_enter("rounds.desk", {"slug"}) and "organiser" not in role.name:
        there = browser.get(f"/organise/{HERE}/").status_code
        assert browser.get("/organise/nowhere/").status_code == there
