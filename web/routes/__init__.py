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
    mailings,
    match_lists,  # noqa: F401 - hangs its pages on the rounds' blueprint
    matcher,
    meetings,
    messages,
    my_matches,
    organisations,
    people_sheet,
    presets,
    privacy,
    profile,
    reactions,
    round_publishing,
    suggestions,
    unsubscribing,
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
        round_publishing.blueprint,
        matcher.blueprint,
        suggestions.blueprint,
        reactions.blueprint,
        my_matches.blueprint,
        meetings.blueprint,
        calls.blueprint,
        consortia.blueprint,
        consortia.invitations,
        call_editing.blueprint,
        presets.blueprint,
        people_sheet.blueprint,
        messages.blueprint,
        privacy.blueprint,
        mailings.blueprint,
        unsubscribing.blueprint,
        legal.blueprint,
    ):
        app.register_blueprint(blueprint)
