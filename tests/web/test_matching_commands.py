"""encode, suggest and evaluate, as a terminal sees them."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlmodel import Session

from matchmaking.affinity import AffinitySettings
from matchmaking.calibration import default_calibration
from matchmaking.encoder_plan import DEFAULT_PLAN
from matchmaking.evaluation_run import Matcher
from models import Edition
from services.encoding import write_passages
from services.shared_encoders import SharedEncoders
from tests.factories import Factory
from tests.word_encoder import WordEncoder, encode_everybody


def _run(app: Flask, *arguments: str, exit_code: int = 0) -> Mapping[str, Any]:
    result = app.test_cli_runner().invoke(args=[*arguments, "--json"])
    assert result.exit_code == exit_code, result.output
    found: Mapping[str, Any] = json.loads(result.stdout)
    return found


@pytest.fixture
def _word_encoders(monkeypatch: pytest.MonkeyPatch) -> None:
    def made(plan: object) -> SharedEncoders:
        assert plan == DEFAULT_PLAN
        return SharedEncoders(DEFAULT_PLAN, WordEncoder)

    monkeypatch.setattr("web.commands.encode.SharedEncoders", made)


@pytest.fixture
def edition(make: Factory) -> Edition:
    return make.edition()


@pytest.mark.usefixtures("_word_encoders")
def test_encode_tells_how_many_passages_it_read_and_reads_none_twice(
    app: Flask, session: Session, make: Factory, edition: Edition
) -> None:
    write_passages(session, make.profile(edition, research="quantum", offers=["laser"]))
    session.commit()
    assert _run(app, "encode")["encoded"] == 2
    again = _run(app, "encode")
    assert again["encoded"] == 0
    assert again["seconds"] >= 0


def test_suggest_names_people_by_the_senders_ids_with_grade_and_reasons(
    app: Flask, session: Session, make: Factory, edition: Edition
) -> None:
    make.profile(edition, source_key="eu-1", research="quantum photon", needs=["chip"])
    make.profile(edition, source_key="kr-1", country="KR", research="turbine")
    make.profile(
        edition,
        source_key="kr-2",
        country="KR",
        research="quantum photon",
        offers=["chip"],
        confirmed_at=None,
        published_at=None,
    )
    encode_everybody(session)
    found = _run(app, "suggest", "eu-1")["suggestions"]
    assert [one["id"] for one in found] == ["kr-2", "kr-1"]
    assert found[0]["score"] > found[1]["score"]
    assert found[0]["grade"] in {"excellent", "strong"}
    assert found[0]["reasons"][0]["code"] in {"similar-work", "offers-what-you-need"}
    assert found[0]["reasons"][0]["evidence"][0]["theirs"] in {"quantum photon", "chip"}
    assert len(_run(app, "suggest", "eu-1", "-k", "1")["suggestions"]) == 1
    named = _run(app, "suggest", "kr-1", "--edition", edition.slug)
    assert [one["id"] for one in named["suggestions"]] == ["eu-1"]


def test_suggest_says_what_to_do_when_it_cannot(
    app: Flask, session: Session, make: Factory, edition: Edition
) -> None:
    make.profile(edition, source_key="eu-1", research="quantum")
    session.commit()
    assert "run flask --app app encode" in _run(app, "suggest", "eu-1", exit_code=1)["error"]
    assert "Nobody" in _run(app, "suggest", "who", exit_code=1)["error"]
    unknown = _run(app, "suggest", "eu-1", "--edition", "none", exit_code=1)
    assert edition.slug in unknown["error"]


@pytest.fixture
def _word_matcher(monkeypatch: pytest.MonkeyPatch) -> None:
    encoders = {name: WordEncoder(name) for name in DEFAULT_PLAN.names}
    made = Matcher(DEFAULT_PLAN, encoders, default_calibration(), AffinitySettings())
    monkeypatch.setattr("web.commands.evaluate.matcher", lambda: made)


def _write(path: Path, content: str) -> str:
    path.write_text(content, encoding="utf-8")
    return str(path)


@pytest.mark.usefixtures("_word_matcher")
def test_evaluate_pairs_agrees_with_an_example_done_by_hand(app: Flask, tmp_path: Path) -> None:
    texts = {"a": "quantum", "b": "turbine", "x": "quantum", "y": "turbine", "z": "laser"}
    people = [
        {"id": key, "country": "DE" if key in "ab" else "KR", "research": f"{text} chip"}
        for key, text in texts.items()
    ]
    profiles = _write(tmp_path / "people.jsonl", "\n".join(map(json.dumps, people)))
    pairs = _write(tmp_path / "pairs.csv", "left_id,right_id\na,x\nb,y\n")
    found = _run(app, "evaluate", "pairs", profiles, pairs)
    assert found["queries"] == 4
    assert found["mrr"] == found["map"] == found["hit1"] == found["hit5"] == 1.0
    assert found["tfidf"]["mrr"] == 1.0
    # Of three candidates one is right: (1 + 1/2 + 1/3) / 3; of two: (1 + 1/2) / 2.
    assert found["random"]["mrr"] == pytest.approx((11 / 18 + 3 / 4) / 2)
    assert found["random"]["hit1"] == pytest.approx((1 / 3 + 1 / 2) / 2)


@pytest.mark.usefixtures("_word_matcher")
def test_evaluate_ratings_agrees_with_an_example_done_by_hand(app: Flask, tmp_path: Path) -> None:
    people = '{"id": "p", "research": "quantum photon"}\n'
    items = "\n".join(
        json.dumps({"id": key, "title": title})
        for key, title in (("near", "quantum photon"), ("half", "quantum turbine"), ("far", "gas"))
    )
    ratings = "profile_id,item_id,rating\np,near,5\np,half,1\np,far,4\n"
    found = _run(
        app,
        "evaluate",
        "ratings",
        _write(tmp_path / "people.jsonl", people),
        _write(tmp_path / "items.jsonl", items),
        _write(tmp_path / "ratings.csv", ratings),
    )
    # Gaps: near-half 4 right, near-far 1 right, half-far 3 wrong.
    assert found["pairs"] == 3
    assert found["loss"] == pytest.approx(3 / 8)
    assert found["easy"] == pytest.approx(1 / 2)
    assert found["hard"] == 1.0
    assert set(found["tfidf"]) == {"loss", "easy", "hard", "pairs"}


def test_a_file_that_cannot_be_used_is_told_by_line(app: Flask, tmp_path: Path) -> None:
    profiles = _write(tmp_path / "people.jsonl", '{"id": "a", "country": "DE"}\n')
    pairs = _write(tmp_path / "pairs.csv", "left_id,right_id\na,\n")
    found = _run(app, "evaluate", "pairs", profiles, pairs, exit_code=1)
    assert found["problems"][0] == {
        "file": "pairs.csv",
        "line": 2,
        "field": "right_id",
        "problem": "it is missing",
    }
