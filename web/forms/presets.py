"""The form of a preset: rules of calls as data, one group of fields for each."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from matchmaking.eligibility_preset import country_lists
from web.forms.clean import options
from web.forms.rounds import WholeNumberField
from web.rule_words import LISTS

MOST_RULES = 12
_KINDS = {
    "": _("No rule"),
    "countries": _("Partners from different countries"),
    "balance": _("Two teams of about equal size"),
    "coordinator": _("Where the coordinator is"),
    "letters": _("Letters of intent"),
}
_TEAMS = {"": _("The whole consortium"), "left": _("The first team"), "right": _("The second team")}


class _Lists(SelectMultipleField):
    """Lists of countries, as check boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: Any, **given: Any) -> None:  # noqa: ANN401 - as WTForms has it
        names = [(name, LISTS.get(name, name)) for name in country_lists()]
        super().__init__(label, choices=options(names), **given)


class RuleForm(Form):
    """One rule; without a kind it is none."""

    rule = HiddenField()
    kind = SelectField(_("Kind"), choices=options(_KINDS.items()), default="")
    lists = _Lists(_("Countries that count"))
    least = WholeNumberField(
        _("At least"),
        description=_("Independent partners, each in another of these countries."),
        validators=[Optional(), NumberRange(0, 30, _("Choose a number from 0 to 30."))],
    )
    most = WholeNumberField(
        _("May differ by"),
        description=_("Partners by which the two teams may differ."),
        validators=[Optional(), NumberRange(0, 30, _("Choose a number from 0 to 30."))],
    )
    team = SelectField(_("Of which team"), choices=options(_TEAMS.items()), default="")
    each_team = BooleanField(_("Each team has a coordinator of its own"))


class PresetForm(FlaskForm):
    """A preset's rules. Saving makes a new version; the old one stays for drafts checked by it."""

    name = StringField(
        _("Short name"),
        description=_("Small letters, digits and hyphens, such as our-call-2026. It stays."),
        validators=[
            InputRequired(_("Write a short name.")),
            Length(max=40, message=_("Use at most %(max)d characters.")),
            Regexp(
                r"[a-z0-9]+(-[a-z0-9]+)*\Z",
                message=_("Use small letters, digits and single hyphens."),
            ),
        ],
    )
    source = StringField(
        _("Source"),
        description=_("Where the rules are written, with a page or an article."),
        validators=[InputRequired(_("Say where the rules are written.")), Length(max=500)],
    )
    date = DateField(_("As of"), validators=[InputRequired(_("Say of which day the rules are."))])
    mirrored = BooleanField(_("Two teams apply together, one of each side"))
    left = _Lists(_("Countries of the first team"))
    right = _Lists(_("Countries of the second team"))
    rules = FieldList(FormField(RuleForm), max_entries=MOST_RULES)
    version = HiddenField()

    def fill(self, data: Mapping[str, Any]) -> None:
        """Show a preset."""
        teams = data.get("teams") or {}
        self.left.data, self.right.data = teams.get("left", []), teams.get("right", [])
        self.mirrored.data = bool(teams)
        self.version.data = str(data["version"])
        for rule in data["rules"]:
            self.rules.append_entry({"most": None, "least": None} | dict(rule))
        self.more()

    def more(self) -> None:
        """Have an empty rule at the end, to add one more."""
        if len(self.rules) < MOST_RULES and (not len(self.rules) or self.rules[-1].data["kind"]):
            self.rules.append_entry({})

    @property
    def wish(self) -> dict[str, Any]:
        """The preset in its data form, without name and version."""
        teams = {"left": self.left.data, "right": self.right.data}
        given = [one.data for one in self.rules if one.data["kind"]]
        return {
            "date": self.date.data.isoformat(),
            "source": self.source.data.strip(),
            "teams": teams if self.mirrored.data else None,
            "rules": _named([_rule(one, mirrored=self.mirrored.data) for one in given]),
        }


def _rule(given: Mapping[str, Any], *, mirrored: bool) -> dict[str, Any]:
    rule: dict[str, Any] = {"rule": given["rule"], "kind": given["kind"]}
    if given["kind"] in ("countries", "coordinator"):
        rule["lists"] = given["lists"]
    if given["kind"] == "countries":
        rule["least"] = given["least"] or 1
    if given["kind"] == "balance":
        rule["most"] = given["most"] if given["most"] is not None else 1
    if given["team"] and mirrored:
        rule["team"] = given["team"]
    if given["each_team"] and mirrored:
        rule["each_team"] = True
    return rule


def _named(rules: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give every rule a name of its own; those that had one keep it."""
    taken = {rule["rule"] for rule in rules}
    for number, rule in enumerate(rules, 1):
        if not rule["rule"]:
            free = (f"{rule['kind']}-{one}" for one in range(number, number + MOST_RULES + 1))
            rule["rule"] = next(name for name in free if name not in taken)
            taken.add(rule["rule"])
    return rules
