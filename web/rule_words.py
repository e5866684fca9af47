"""What the rules of calls say of a consortium, in sentences."""

from flask import Flask
from flask_babel import lazy_gettext

from matchmaking.eligibility_fix import Change
from matchmaking.eligibility_preset import Rule
from matchmaking.eligibility_rules import Finding
from web.forms.profile import TYPES

_ = lazy_gettext

RULES = {
    "member-state": _("A partner from a Member State"),
    "three-countries": _("Three independent partners from three countries"),
    "three-participating-countries": _("Three partners from three participating countries"),
    "korean-team": _("A Korean team"),
    "about-equal": _("Two teams of about equal size"),
    "coordinator": _("The coordinator"),
    "letters-of-intent": _("Letters of intent"),
}

LISTS = {
    "member-states": _("Member States of the Union"),
    "associated": _("Countries associated to Horizon Europe"),
    "korea": _("Korea"),
    "quantera-2025": _("Countries of QuantERA 2025"),
}

KINDS = {
    "countries": _("Independent partners, each in a country of its own: at least %(least)s"),
    "balance": _("Teams that differ by %(most)s at most"),
    "coordinator": _("The coordinator"),
    "letters": _("Letters of intent"),
    "size": _("Independent partners in all: %(least)s or more"),
    "types": _("Partners of certain kinds: at least %(least)s"),
}

WHY = {
    "countries": _(
        "Independent partners, each in a country of its own that counts: %(found)s; needed: "
        "%(least)s."
    ),
    "balance": _("European team: %(left)s, Korean team: %(right)s; they may differ by %(most)s."),
    "coordinator": _("%(name)s coordinates."),
    "coordinator-open": _("Nobody is named yet."),
    "coordinator-elsewhere": _("%(name)s (%(country)s) is in no country that may coordinate."),
    "coordinators": _("Coordinators named: %(found)s. One coordinates."),
    "size": _("Independent partners: %(found)s; from %(least)s to %(most)s."),
    "size-least": _("Independent partners: %(found)s; needed: %(least)s."),
    "types": _("Independent partners of these kinds: %(found)s; needed: %(least)s."),
    "letters": _("Both letters are there."),
    "letters-missing": _("Both letters are still to come."),
    "letter-left-missing": _("The European team's letter is still to come."),
    "letter-right-missing": _("The Korean team's letter is still to come."),
}

PRESETS = {
    "horizon-ria": _("Horizon Europe, research and innovation action"),
    "chips-ju-nrf-mirror": _("Chips JU and NRF, two mirrored teams"),
    "quantera": _("QuantERA"),
    "none": _("No rules"),
}

ANOTHER, TYPED, ANYWHERE = "add", "add typed", _("any")
CHANGES = {
    "attach-letter left": _("Attach the European team's letter of intent."),
    "attach-letter right": _("Attach the Korean team's letter of intent."),
    "unname-coordinator": _("Let somebody else coordinate than %(organisation)s."),
    "remove": _("Go without %(organisation)s."),
    "add member-state": _("Find an independent partner in another Member State."),
    "add three-countries": _(
        "Find an independent partner in another Member State or associated country."
    ),
    "add korean-team": _("Find an independent Korean partner."),
    TYPED: _("Find an independent partner of this kind: %(type)s. Countries: %(countries)s."),
    ANOTHER: _("Find an independent partner in one of: %(countries)s."),
}


def preset_name(name: str) -> str:
    """Name a preset; an edition's own goes by the name that its organisers gave."""
    return str(PRESETS.get(name, name))


def rule_name(rule: Rule | str) -> str:
    """Name a rule; one of an edition's own preset by what it asks for."""
    name = rule if isinstance(rule, str) else rule.name
    if name in RULES or isinstance(rule, str):
        return str(RULES.get(name, name))
    return str(KINDS[rule.kind]) % {"least": rule.least, "most": rule.most}


def why(finding: Finding) -> str:
    """Say why a rule holds or fails."""
    return str(WHY[finding.code]) % finding.values


def change(found: Change) -> str:
    """Say what to do."""
    about = found.team or found.rule
    key = f"{found.action} {about}" if about else found.action
    if found.type:
        key = TYPED
    values = {
        "organisation": found.organisation,
        "countries": ", ".join(found.countries) or str(ANYWHERE),
        "type": str(TYPES.get(found.type, found.type)),
    }
    return str(CHANGES.get(key, CHANGES[ANOTHER])) % values


def init_app(app: Flask) -> None:
    """Give templates the words."""
    app.jinja_env.filters["preset_name"] = preset_name
    app.jinja_env.filters["rule_name"] = rule_name
    app.jinja_env.filters["rule_why"] = why
    app.jinja_env.filters["rule_change"] = change
