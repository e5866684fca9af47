"""Words of the consortia: states, seats, ties, what was done, and what stops an act."""

from flask import Flask
from flask_babel import lazy_gettext

from services.errors import ServiceError
from services.profile_values import BadValue
from web.import_words import sentence as value_sentence

_ = lazy_gettext

STATES = {
    "draft": _("Being put together"),
    "submitted": _("Handed in"),
    "withdrawn": _("Withdrawn"),
    "merged": _("Part of another consortium now"),
}
SEATS = {
    "coordinator": _("Coordinator"),
    "co-coordinator": _("Co-coordinator"),
    "member": _("Member"),
    "reader": _("Reader"),
}
MEMBER_STATES = {
    "planned": _("planned, not asked yet"),
    "reserve": _("in reserve"),
    "invited": _("asked, no answer yet"),
    "joined": _("has joined"),
    "declined": _("has declined"),
    "expired": _("did not answer in time"),
    "left": _("has left"),
}
TIES = {
    "same-organisation": _("same organisation as %(name)s"),
    "shared-publication": _("a publication together with %(name)s"),
    "co-authors": _("co-author of %(name)s"),
    "already-met": _("has met %(name)s before"),
}
LETTER_STEPS = {
    "text": _("The text is agreed"),
    "signatory": _("Who signs is named"),
    "signed": _("It is signed"),
    "received": _("The other team has it"),
}
ACTS = {
    "founded": _("began the consortium"),
    "changed": _("changed what it is about"),
    "rules-taken": _("took the newer version of the rules"),
    "role-set": _("wrote a role"),
    "role-removed": _("took a role out"),
    "planned": _("wrote somebody into the draft"),
    "reserve": _("put somebody in reserve"),
    "partner-added": _("added a partner from outside"),
    "member-described": _("described a member"),
    "marked": _("marked a member"),
    "seat-given": _("gave somebody another seat"),
    "invited": _("asked somebody"),
    "joined": _("joined"),
    "declined": _("declined"),
    "expired": _("an invitation ended without an answer"),
    "stepped-in": _("a reserve was asked in somebody's place"),
    "taken-out": _("took somebody out"),
    "left": _("left"),
    "letters": _("noted a step of the letters of intent"),
    "submitted": _("handed the draft in"),
    "withdrawn": _("withdrew the draft"),
    "reopened": _("opened the draft again"),
    "merge-offered": _("offered to merge, or took the offer back"),
    "merged": _("took another draft in"),
}
ERRORS = {
    "already-in": _("This person is in the draft already."),
    "too-many-members": _("The draft is full: take somebody out first."),
    "still-leads": _("You are the last coordinator: give somebody else that seat first."),
    "requests-full": _(
        "As many requests wait for this person as they let wait at once. Ask later, or ask "
        "somebody else."
    ),
    "invitation-closed": _("This invitation is no longer open."),
    "teams-busy": _("Teams are being formed already. The page shows how far it is."),
    "no-roles": _("Say first which roles the proposal needs: write one on the bench."),
    "consortium-closed": _("This draft is closed: open it again before you change it."),
    "not-found": _("There is nobody of that kind to be found here any more."),
    "not-allowed": _("This is not open to your seat."),
}


def stopped(error: ServiceError) -> str:
    """Say what stops an act."""
    if isinstance(error, BadValue):
        return value_sentence(error.code, error.values)
    return str(ERRORS[error.code])


def init_app(app: Flask) -> None:
    """Give templates the words."""
    tables = {
        "consortium_state": STATES,
        "seat_name": SEATS,
        "member_state": MEMBER_STATES,
        "letter_step": LETTER_STEPS,
        "team_act": ACTS,
    }
    for name, words in tables.items():
        app.jinja_env.filters[name] = lambda code, words=words: str(words.get(code, code))
    app.jinja_env.filters["tie_words"] = lambda code, name: str(TIES[code]) % {"name": name}
