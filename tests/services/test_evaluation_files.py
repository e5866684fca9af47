from collections.abc import Callable
from pathlib import Path

import pytest

from services.evaluation_files import BadEvaluationFile, read_pairs, read_ratings

Write = Callable[[str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def act(content: str | bytes) -> Path:
        path = tmp_path / "table.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return act


def test_pairs_are_read_and_further_columns_are_not(write: Write) -> None:
    path = write("left_id,right_id,note\n a , b ,good\nc,d,\n")
    assert read_pairs(path) == [("a", "b"), ("c", "d")]


def test_a_table_from_a_spreadsheet_begins_with_a_mark(write: Write) -> None:
    assert read_pairs(write(b"\xef\xbb\xbfleft_id,right_id\r\na,b\r\n")) == [("a", "b")]


def test_ratings_are_numbers(write: Write) -> None:
    path = write("profile_id,item_id,rating\np,i,4.5\np,j,-1\n")
    assert read_ratings(path) == [("p", "i", 4.5), ("p", "j", -1.0)]


@pytest.mark.parametrize("rating", ["four", "nan", "inf", ""])
def test_a_rating_that_is_no_number_names_its_line(write: Write, rating: str) -> None:
    path = write(f"profile_id,item_id,rating\np,i,3\np,j,{rating}\n")
    with pytest.raises(BadEvaluationFile, match="line 3") as told:
        read_ratings(path)
    assert [(one.line, one.field) for one in told.value.problems] == [(3, "rating")]


def test_every_line_that_is_wrong_is_told_at_once(write: Write) -> None:
    path = write("left_id,right_id\na,\n,b\nc,d\n")
    with pytest.raises(BadEvaluationFile) as told:
        read_pairs(path)
    assert [(one.line, one.field) for one in told.value.problems] == [
        (2, "right_id"),
        (3, "left_id"),
    ]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("left_id;right_id\na;b\n", "lacks"),
        ("", "lacks"),
        ("left_id,right_id\n", "no row"),
        (b"left_id,right_id\n\xff\xfe,b\n", "cannot be read"),
        (b"\xff\xfel\x00e\x00", "cannot be read"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused(
    write: Write, content: str | bytes, problem: str
) -> None:
    with pytest.raises(BadEvaluationFile) as told:
        read_pairs(write(content))
    assert problem in told.value.problems[0].problem
