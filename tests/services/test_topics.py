"""The list of topics that the forum proposes, and changes of it."""

import pytest
from sqlmodel import Session

from services.errors import NotFound
from services.topics import (
    TopicExists,
    TopicNames,
    add_topic,
    all_topics,
    find_topic,
    known_words,
    remember_topics,
    remove_topic,
    rename_topic,
    stable_words,
)


def names(session: Session) -> list[str]:
    return [topic.name_en for topic in all_topics(session)]


def test_an_installation_that_changed_nothing_proposes_the_forums_topics(session: Session) -> None:
    assert "Hybrid bonding" in names(session)
    assert names(session) == sorted(names(session))
    assert all(topic.name_ko for topic in all_topics(session))


def test_the_first_topic_that_is_added_joins_the_forums_own(session: Session) -> None:
    before = names(session)

    add_topic(session, TopicNames("Wafer thinning", "웨이퍼 박막화"))

    assert names(session) == sorted([*before, "Wafer thinning"])


def test_a_name_is_in_the_list_once_whatever_its_letters(session: Session) -> None:
    with pytest.raises(TopicExists):
        add_topic(session, TopicNames("hybrid BONDING"))


def test_a_topic_is_renamed_and_removed(session: Session) -> None:
    remember_topics(session)
    one, other = all_topics(session)[:2]

    rename_topic(session, one.id, TopicNames("A new name"))
    with pytest.raises(TopicExists):
        rename_topic(session, one.id, TopicNames(other.name_en))
    remove_topic(session, other.id)

    assert "A new name" in names(session)
    assert other.name_en not in names(session)
    with pytest.raises(NotFound):
        find_topic(session, 9_999)


def test_both_languages_mean_one_word_and_anything_else_stays_as_typed(session: Session) -> None:
    typed = ("하이브리드 본딩", "hybrid BONDING", "wet benches", "Hybrid bonding")

    assert stable_words(known_words(session), typed) == ("Hybrid bonding", "wet benches")


def test_a_renamed_topic_keeps_its_word_under_every_name(session: Session) -> None:
    remember_topics(session)
    topic = next(one for one in all_topics(session) if one.word == "Spintronics")

    rename_topic(session, topic.id, TopicNames("Spin devices", "스핀 소자"))

    typed = ("Spin devices", "스핀 소자", "Spintronics")
    assert stable_words(known_words(session), typed) == ("Spintronics",)
    with pytest.raises(TopicExists):
        add_topic(session, TopicNames("spintronics"))
