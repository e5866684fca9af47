import time
from functools import partial
from pathlib import Path

import pytest
from flask import Flask
from huey import Huey, MemoryHuey, SqliteHuey

from app import create_app
from web import jobs
from web.config import Settings
from web.jobs import LANES, Hands, Queues, TextVectors, queues


@pytest.fixture
def waiting() -> Queues:
    return Queues(MemoryHuey)


def _work_off(queue: Huey) -> None:
    while (task := queue.dequeue()) is not None:
        queue.execute(task)


def test_a_wake_up_has_the_worker_do_what_waits_in_that_lane(waiting: Queues) -> None:
    done: list[str] = []
    lanes = {name: partial(done.append, name) for name in LANES}
    waiting.hands = Hands(lanes, lambda _text: TextVectors(()))
    for name in LANES:
        waiting.wake(name)
        _work_off(waiting.lanes[name])
    assert done == list(LANES)


def test_lanes_do_not_wait_for_one_another(waiting: Queues) -> None:
    waiting.wake("encoding")
    assert len(waiting.lanes["encoding"]) == 1
    assert len(waiting.lanes["rounds"]) == len(waiting.questions) == 0


def test_a_question_that_nobody_answers_in_time_is_none(
    waiting: Queues, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "QUESTION_SECONDS", 0.05)
    assert waiting.ask("idea") is None


def test_an_answer_comes_back(waiting: Queues, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = TextVectors((("minilm", b"1234"),))
    waiting.hands = Hands({}, lambda text: answer if text == "idea" else TextVectors(()))
    enqueue = waiting.questions.enqueue

    def answered_at_once(task: object) -> object:
        result = enqueue(task)
        _work_off(waiting.questions)
        return result

    monkeypatch.setattr(waiting.questions, "enqueue", answered_at_once)
    assert waiting.ask("idea") == answer


def test_what_nobody_waits_for_any_more_is_neither_computed_nor_kept(
    waiting: Queues, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(text: str) -> TextVectors:
        asked.append(text)
        return TextVectors(())

    waiting.hands = Hands({}, answer)
    monkeypatch.setattr(jobs, "QUESTION_SECONDS", 0.0)
    waiting.ask("too late")
    monkeypatch.setattr(time, "time", lambda: 9e9)
    _work_off(waiting.questions)
    assert asked == []
    assert waiting.questions.result_count() == 0


def test_an_error_in_the_worker_is_no_answer(
    waiting: Queues, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_text: str) -> TextVectors:
        raise OSError("no memory")

    waiting.hands = Hands({}, broken)
    enqueue = waiting.questions.enqueue

    def answered_at_once(task: object) -> object:
        result = enqueue(task)
        _work_off(waiting.questions)
        return result

    monkeypatch.setattr(waiting.questions, "enqueue", answered_at_once)
    assert waiting.ask("idea") is None


def test_an_act_does_not_fail_because_the_worker_could_not_be_woken(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_self: Queues, _lane: str) -> None:
        raise OSError("the store is away")

    monkeypatch.setattr(Queues, "wake", broken)
    with app.app_context():
        jobs.wake_encoding()
        jobs.wake_mail()
        jobs.wake_rounds()
    assert "within a minute" in caplog.text


def test_tests_keep_their_queues_in_memory(app: Flask) -> None:
    with app.app_context():
        assert isinstance(queues().questions, MemoryHuey)
        assert queues() is queues()


def test_messages_are_kept_in_the_instance_folder_and_signed(tmp_path: Path) -> None:
    folder = Settings(instance_dir=tmp_path / "instance")
    one, other = create_app(folder), create_app(folder)
    with one.app_context():
        jobs.wake_mail()
        queue = queues().lanes["mail"]
        assert isinstance(queue, SqliteHuey)
        assert (folder.instance_dir / "jobs.sqlite").exists()
    with other.app_context():
        other.config["SECRET_KEY"] = "another"
        with pytest.raises(ValueError, match="mismatch"):
            queues().lanes["mail"].dequeue()


def test_an_unknown_store_is_refused_at_the_start(tmp_path: Path) -> None:
    settings = Settings(instance_dir=tmp_path / "i", job_store="amqp://x")
    with pytest.raises(SystemExit, match=r"redis://.*postgresql://"):
        create_app(settings)
