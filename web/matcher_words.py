"""What is wrong in a file of pairs, in sentences."""

from flask_babel import gettext as _

from services.good_pairs_file import PairProblem


def problem_sentence(problem: PairProblem) -> str:
    """Say what is wrong in a line, and what to do."""
    words: dict[str, str] = {
        "unreadable": _("This is no table of text. Save it as CSV in UTF-8."),
        "empty": _("There is no pair in the file. Write one pair in each line below the header."),
        "too-many": _("There are too many pairs. Send 100,000 at most."),
        "missing-column": _(
            "The first line lacks the column %(column)s. It has to name left_id and right_id.",
            column=problem.field,
        ),
        "missing": _("There is nothing in this column. Write an id or an e-mail address."),
        "unknown-person": _(
            "Nobody who takes part goes by %(name)s. Write the id of the import or the address.",
            name=problem.value,
        ),
        "ambiguous": _(
            "Several people go by %(name)s. Write another address of the one you mean.",
            name=problem.value,
        ),
        "one-side": _("Both people are on the same side. A pair has one of each."),
    }
    return words[problem.code]
