"""The form that chooses the columns of a match list."""

from collections.abc import Sequence
from typing import Self

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from matchmaking.export_columns import KEYS
from models import Edition
from web.match_list_words import column_name


class ColumnsForm(FlaskForm):
    """Check boxes in the order in which the columns stand."""

    columns = SelectMultipleField(
        _("Columns"),
        description=_("In the order in which they stand. What is said of a person stands twice."),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def for_edition(self, edition: Edition, chosen: Sequence[str] | None) -> Self:
        """Name the columns as the edition does, and tick those that are chosen."""
        self.columns.choices = [SelectChoice(key, column_name(key, edition)) for key in KEYS]
        if chosen is not None:
            self.columns.data = list(chosen)
        return self
