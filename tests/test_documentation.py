"""What the documents say is so."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from click import Group
from flask import Flask

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("seed/*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
MAKE = re.compile(r"`?make ([a-z][a-z-]*)")
FLASK = re.compile(r"flask --app app ([a-z-]+)(?: ([a-z-]+))?")


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_link_leads_somewhere(document: Path) -> None:
    targets = LINK.findall(document.read_text(encoding="utf-8"))
    inside = [target for target in targets if "://" not in target and "@" not in target]
    assert [target for target in inside if not (document.parent / target).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_make_target_that_is_named_exists(document: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))
    text = document.read_text(encoding="utf-8")
    blocks = "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL))
    assert set(MAKE.findall(blocks)) <= targets


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_command_that_is_named_exists(document: Path, app: Flask) -> None:
    for name, second in FLASK.findall(document.read_text(encoding="utf-8")):
        assert name in app.cli.commands, name
        command = app.cli.commands[name]
        if isinstance(command, Group):
            assert second in command.commands, f"{name} {second}"


def test_every_command_has_help_with_an_example(app: Flask) -> None:
    silent = []
    for name, command in app.cli.commands.items():
        parts = command.commands.values() if isinstance(command, Group) else [command]
        silent += [name for part in parts if "Example:" not in (part.help or "")]
    assert [name for name in silent if name not in ("run", "shell", "routes")] == []


def test_every_decision_has_a_number_of_its_own() -> None:
    numbers = [path.name[:4] for path in (ROOT / "docs" / "decisions").glob("*.md")]
    assert all(number.isdecimal() for number in numbers)
    assert len(numbers) == len(set(numbers))


def test_no_document_names_a_path_of_somebody_s_machine() -> None:
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        assert not re.search(r"(^|[\s`(])/(home|root|work|Users)/", text), named(document)


def benchmarks_named() -> list[tuple[str, str]]:
    text = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    return sorted({*re.findall(r"python -m (benchmarks\.\w+)([^#`\n]*)", text)})


@pytest.mark.parametrize("module", sorted({module for module, _ in benchmarks_named()}))
def test_every_benchmark_that_is_named_has_the_options_that_are_named(module: str) -> None:
    command = [sys.executable, "-m", module, "--help"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)  # noqa: S603 - ours
    assert run.returncode == 0, run.stderr
    given = " ".join(options for name, options in benchmarks_named() if name == module)
    assert [option for option in re.findall(r"--[\w-]+", given) if option not in run.stdout] == []
