"""The pages, one file for each subject; this is the table of all of them."""

from flask import Flask

from web.routes import (
    accounts,
    admin,
    appearance,
    calls,
    editions,
    front,
    language,
    legal,
    mailings,
    matcher,
    meetings,
    messages,
    organisations,
    people_sheet,
    privacy,
    profile,
    reactions,
    round_meetings,
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
        round_meetings.blueprint,
        matcher.blueprint,
        suggestions.blueprint,
        reactions.blueprint,
        meetings.blueprint,
        calls.blueprint,
        people_sheet.blueprint,
        messages.blueprint,
        privacy.blueprint,
        mailings.blueprint,
        unsubscribing.blueprint,
        legal.blueprint,
    ):
        app.register_blueprint(blueprint)
