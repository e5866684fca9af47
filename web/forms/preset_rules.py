"""The fields of one rule of a preset, and the rule in its data form."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Form, HiddenField, SelectField, SelectMultipleField
from wtforms.validators import NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from matchmaking.eligibility_preset import country_lists
from web.forms.clean import options
from web.forms.profile import TYPES
from web.forms.rounds import WholeNumberField
from web.rule_words import LISTS

_KINDS = {
    "": _("No rule"),
    "countries": _("Partners from different countries"),
    "balance": _("Two teams of about equal size"),
    "coordinator": _("Where the coordinator is"),
    "letters": _("Letters of intent"),
    "size": _("How many partners"),
    "types": _("Partners of certain kinds"),
}
_TEAMS = {"": _("The whole consortium"), "left": _("The first team"), "right": _("The second team")}


class CountryLists(SelectMultipleField):
    """Lists of countries, as check boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: Any, **given: Any) -> None:  # noqa: ANN401 - as WTForms has it
        names = [(name, LISTS.get(name, name)) for name in country_lists()]
        super().__init__(label, choices=options(names), **given)


class _Types(SelectMultipleField):
    """Kinds of organisation, as check boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: Any, **given: Any) -> None:  # noqa: ANN401 - as WTForms has it
        super().__init__(label, choices=options(TYPES.items()), **given)


class RuleForm(Form):
    """One rule; without a kind it is none."""

    rule = HiddenField()
    kind = SelectField(_("Kind"), choices=options(_KINDS.items()), default="")
    lists = CountryLists(_("Countries that count"))
    least = WholeNumberField(
        _("At least"),
        description=_("Independent partners; by country, each in another one."),
        validators=[Optional(), NumberRange(0, 30, _("Choose a number from 0 to 30."))],
    )
    most = WholeNumberField(
        _("At most"),
        description=_("Partners in all, or by which the two teams may differ."),
        validators=[Optional(), NumberRange(0, 30, _("Choose a number from 0 to 30."))],
    )
    types = _Types(_("Kinds that count"))
    team = SelectField(_("Of which team"), choices=options(_TEAMS.items()), default="")
    each_team = BooleanField(_("Each team has a coordinator of its own"))

    def validate_kind(self, field: SelectField) -> None:
        """Refuse a kind without what it needs; the page then shows the fields of that kind."""
        if field.data in ("countries", "coordinator") and not self.lists.data:
            raise ValidationError(_("Choose the countries that count."))
        if field.data == "types" and not self.types.data:
            raise ValidationError(_("Choose the kinds that count."))


def rule_data(given: Mapping[str, Any], *, mirrored: bool) -> dict[str, Any]:
    """Write a rule as the preset keeps it: only what its kind knows."""
    rule: dict[str, Any] = {"rule": given["rule"], "kind": given["kind"]}
    if given["kind"] in ("countries", "coordinator"):
        rule["lists"] = given["lists"]
    if given["kind"] in ("countries", "types", "size"):
        rule["least"] = given["least"] or 1
    if given["kind"] == "size":
        rule["most"] = given["most"] or 0
    if given["kind"] == "types":
        rule["types"] = given["types"]
    if given["kind"] == "balance":
        rule["most"] = given["most"] if given["most"] is not None else 1
    if given["team"] and mirrored:
        rule["team"] = given["team"]
    if given["each_team"] and mirrored:
        rule["each_team"] = True
    return rule


def named(rules: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give every rule a name of its own; those that had one keep it."""
    taken = {rule["rule"] for rule in rules}
    for number, rule in enumerate(rules, 1):
        if not rule["rule"]:
            free = (f"{rule['kind']}-{one}" for one in range(number, number + len(rules) + 1))
            rule["rule"] = next(name for name in free if name not in taken)
            taken.add(rule["rule"])
    return rules
