"""The pages, one file for each subject; this is the table of all of them."""

from flask import Flask

from web.routes import (
    accounts,
    admin,
    appearance,
    call_editing,
    calls,
    consortia,
    desk,
    editions,
    front,
    invitations,
    language,
    legal,
    match_lists,  # noqa: F401 - hangs its pages on the rounds' blueprint
    matcher,
    meetings,
    messages,
    my_matches,
    organisations,
    outcome,
    people_sheet,
    pictures,
    presets,
    privacy,
    profile,
    reactions,
    round_by_hand,
    schedule,
    session_desk,
    sessions,
    suggestions,
)


def init_app(app: Flask) -> None:
    """Hang up every page."""
    for blueprint in (
        front.blueprint,
        accounts.blueprint,
        admin.blueprint,
        language.blueprint,
        appearance.blueprint,
        profile.blueprint,
        organisations.blueprint,
        editions.blueprint,
        invitations.blueprint,
        desk.blueprint,
        round_by_hand.blueprint,
        matcher.blueprint,
        outcome.blueprint,
        suggestions.blueprint,
        reactions.blueprint,
        my_matches.blueprint,
        meetings.blueprint,
        sessions.blueprint,
        session_desk.blueprint,
        schedule.blueprint,
        calls.blueprint,
        consortia.blueprint,
        consortia.invitations,
        call_editing.blueprint,
        presets.blueprint,
        people_sheet.blueprint,
        pictures.blueprint,
        messages.blueprint,
        privacy.blueprint,
        legal.blueprint,
    ):
        app.register_blueprint(blueprint)
