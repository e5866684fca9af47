"""The house stays clean: layers, sizes, names, and no heavy import at the door."""

import ast
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROOMS = ("matchmaking", "models", "services", "seed", "web", "benchmarks")
VAGUE = {"utils", "util", "common", "helpers", "helper", "manager", "misc", "tools"}


def sources() -> list[Path]:
    found = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    return [ROOT / "app.py", *(path for path in found if "versions" not in path.parts)]


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            yield node


def public_functions(path: Path) -> Iterator[ast.FunctionDef]:
    """Give functions of the module and methods of its public classes."""
    module = ast.parse(path.read_text(encoding="utf-8"))
    classes = [node for node in module.body if isinstance(node, ast.ClassDef)]
    for body in (module.body, *(one.body for one in classes if not one.name.startswith("_"))):
        for node in body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield node


def length(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("\n")


def test_each_room_knows_only_the_rooms_below() -> None:
    # In a process of its own: it silences the loggers of the one that it runs in.
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)  # noqa: S603 - our own tool
    assert run.returncode == 0, run.stdout


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    assert {path.name: length(path) for path in sources() if length(path) > 300} == {}


def test_the_median_file_is_shorter_than_ninety_lines() -> None:
    assert statistics.median(map(length, sources())) < 90


def test_most_functions_are_short() -> None:
    sizes = sorted(
        (node.end_lineno or 0) - node.lineno + 1 for path in sources() for node in functions(path)
    )
    assert sizes[int(0.9 * len(sizes))] < 25
    assert sizes[-1] <= 50


def test_every_public_function_says_what_it_is_for() -> None:
    silent = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in sources()
        for node in public_functions(path)
        if not ast.get_docstring(node)
    ]
    assert silent == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [path for path in sources() if path.stem in VAGUE] == []


def test_a_web_process_loads_no_neural_network() -> None:
    code = (
        "import sys, tempfile, pathlib; from app import create_app;"
        "from web.config import Settings;"
        "create_app(Settings(instance_dir=pathlib.Path(tempfile.mkdtemp())));"
        "print([m for m in ('torch', 'sklearn', 'sentence_transformers') if m in sys.modules])"
    )
    run = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"
