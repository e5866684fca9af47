"""A match list as rows and as values: everything that was chosen, on both clocks."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from matchmaking.export import (
    ListedMeeting,
    ListedPerson,
    Match,
    MatchedPerson,
    MatchList,
)
from matchmaking.export_columns import KEYS, USUAL, ordered, without_contact
from matchmaking.export_rows import header, plain, rows

START = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
SEO_YEON = ListedPerson(
    MatchedPerson("kr-1", "Kim Seo-yeon", "김서연", "KAIST", "KR"),
    topics=("뉴로모픽 소자", "FeFET"),
    email="seoyeon@kaist.example",
)
LENA = ListedPerson(MatchedPerson("eu-1", "=cmd|' /C calc'!A0", "", "TU Dresden", "DE"))
MEETING = ListedMeeting(
    1, "uid", 0, "accepted", START, START + timedelta(minutes=20), 4, datetime(2026, 11, 1)
)
LIST = MatchList(
    edition="demo",
    round=3,
    made_at=START,
    zones=("Europe/Brussels", "Asia/Seoul"),
    matches=(Match(LENA, SEO_YEON, 0.73456789, "strong", MEETING),),
)


def cells(keys: tuple[str, ...], matches: MatchList = LIST) -> dict[str, object]:
    (row,) = rows(matches, keys)
    return dict(zip(header(keys), row, strict=True))


def test_a_row_has_both_people_in_both_scripts() -> None:
    row = cells(USUAL)
    assert (row["edition"], row["round"]) == ("demo", 3)
    assert (row["right_name"], row["right_name_native"]) == ("Kim Seo-yeon", "김서연")
    assert row["left_name"] == "=cmd|' /C calc'!A0"
    assert row["score"] == 0.734568


def test_a_meeting_stands_on_both_clocks_without_a_zone() -> None:
    row = cells(USUAL)
    assert row["meeting_start_left"] == datetime(2026, 12, 1, 9, 0)
    assert row["meeting_start_right"] == datetime(2026, 12, 1, 17, 0)
    assert (row["meeting_state"], row["meeting_table"]) == ("accepted", 4)


def test_without_a_meeting_its_cells_are_empty() -> None:
    alone = replace(LIST, matches=(replace(LIST.matches[0], meeting=None),))
    row = cells(USUAL, alone)
    assert {row[key] for key in row if key.startswith("meeting_")} == {None}
    assert plain(alone.matches[0], USUAL)["meeting"] is None
    assert (LIST.scheduled, alone.scheduled) == (1, 0)


def test_only_the_chosen_columns_stand_in_it_in_the_files_order() -> None:
    keys = ordered(["score", "email", "name", "no-such"])
    assert header(keys) == (
        *("edition", "round", "left_name", "left_email", "right_name", "right_email"),
        "score",
    )
    assert plain(LIST.matches[0], keys) == {
        "left": {"name": "=cmd|' /C calc'!A0", "email": ""},
        "right": {"name": "Kim Seo-yeon", "email": "seoyeon@kaist.example"},
        "score": 0.734568,
    }


def test_lists_are_joined_in_tables_and_stay_lists_in_json() -> None:
    keys = ordered(["topics"])
    assert cells(keys)["right_topics"] == "뉴로모픽 소자;FeFET"
    assert plain(LIST.matches[0], keys)["right"] == {"topics": ["뉴로모픽 소자", "FeFET"]}


def test_nobody_is_told_how_to_be_reached_unless_it_is_chosen() -> None:
    assert "email" not in USUAL
    assert "email" not in without_contact(KEYS)
    assert ordered([]) == USUAL
