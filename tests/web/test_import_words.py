"""Whatever can be wrong in a file has a sentence that says what it is and what to do."""

import ast
from pathlib import Path

import pytest
from flask import Flask
from sqlmodel import Session

from services.imports_files import profile_rows
from services.imports_profiles import import_profiles
from tests.broken_files import ROWS, WHOLE_FILES, Broken
from tests.conftest import NOW
from tests.factories import Factory
from web.import_words import SENTENCES, sentence

_SERVICES = Path(import_profiles.__code__.co_filename).parent
# At which argument each of these is told what is wrong.
_CODE_AT = {"BadValue": 0, "_NotAnArray": 0, "UnreadableFile": 1, "Problem": 2}


def _codes_in_the_source() -> set[str]:
    # What an expression chooses, and no call names.
    found = {"cp949", "not-utf-8", "dump-cut-off", "bad-dump"}
    found |= {"formula", "error-cell", "date-cell"}
    for path in _SERVICES.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                found |= _code(node, _CODE_AT.get(node.func.id))
    return found


def _code(call: ast.Call, at: int | None) -> set[str]:
    if at is None or len(call.args) <= at:
        return set()
    argument = call.args[at]
    return {str(argument.value)} if isinstance(argument, ast.Constant) else set()


def test_every_code_has_a_sentence() -> None:
    assert _codes_in_the_source() <= SENTENCES.keys()


@pytest.mark.parametrize("broken", [*WHOLE_FILES, *ROWS], ids=lambda broken: broken.what)
def test_a_sentence_is_whole_and_names_a_remedy(
    broken: Broken, app: Flask, session: Session, make: Factory, tmp_path: Path
) -> None:
    path = tmp_path / broken.name
    path.write_bytes(broken.data)
    rows = profile_rows(path)
    problem = import_profiles(session, rows, source="x", now=NOW, edition=make.edition()).errors[0]

    with app.test_request_context():
        said = sentence(problem.code, problem.values)

    assert said.endswith(".")
    assert ":" in said
    assert "%(" not in said
    assert "number" not in problem.values or said.startswith("Publication ")
