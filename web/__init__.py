"""The doors: pages, forms, commands, jobs. The only room that knows Flask.

``init_app`` names every step in the order that the next ones rely on.
"""

from flask import Flask

from web import (
    access,
    appearance,
    audit_words,
    board_words,
    clock,
    commands,
    compression,
    config,
    consortium_words,
    csrf,
    database,
    desk,
    desk_path,
    edition_state_words,
    edition_words,
    errors,
    headers,
    htmx,
    jobs,
    kept_files,
    legal,
    limits,
    locale,
    login,
    mailer,
    mailing_words,
    match_list_words,
    matcher,
    meeting_words,
    orcid,
    routes,
    rule_words,
    session_words,
    topic_names,
)


def init_app(app: Flask, settings: config.Settings) -> None:
    """Furnish a bare Flask application."""
    config.init_app(app, settings)  # everything below reads it
    clock.init_app(app)
    database.init_app(app)
    headers.init_app(app)  # before anything that may answer a request
    htmx.init_app(app)
    compression.init_app(app)
    kept_files.init_app(app)
    csrf.init_app(app)
    limits.init_app(app)
    mailer.init_app(app)
    desk.init_app(app)  # hashes, tokens and letters of the accounts
    orcid.init_app(app)
    login.init_app(app)  # reads the database
    locale.init_app(app)  # reads the signed-in account
    appearance.init_app(app)  # as locale
    edition_words.init_app(app)
    rule_words.init_app(app)
    consortium_words.init_app(app)
    edition_state_words.init_app(app)
    audit_words.init_app(app)
    desk_path.init_app(app)
    topic_names.init_app(app)
    legal.init_app(app)
    meeting_words.init_app(app)
    session_words.init_app(app)
    board_words.init_app(app)
    mailing_words.init_app(app)
    match_list_words.init_app(app)
    jobs.init_app(app)
    matcher.init_app(app)
    routes.init_app(app)
    access.init_app(app)  # checks that every route above says who may enter
    errors.init_app(app)
    commands.init_app(app)
