"""The form of a preset: rules of calls as data, one group of fields for each."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, FieldList, FormField, HiddenField, StringField
from wtforms.validators import InputRequired, Length, Regexp

from web.forms.preset_rules import CountryLists, RuleForm, named, rule_data

MOST_RULES = 12


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
    left = CountryLists(_("Countries of the first team"))
    right = CountryLists(_("Countries of the second team"))
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
            "rules": named([rule_data(one, mirrored=self.mirrored.data) for one in given]),
        }
