"""The topics that the forum proposes; a person ticks some and adds others in words.

A profile stores a topic's word, which is its first English name: it stays when the names change,
and whoever writes a topic in either language means the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, func, or_, select

from models import Topic
from services.errors import NotFound, ServiceError

_FIRST = (
    ("Neuromorphic devices", "뉴로모픽 소자"),
    ("Spiking neural networks", "스파이킹 신경망"),
    ("In-memory computing", "인메모리 컴퓨팅"),
    ("Resistive memory", "저항변화 메모리"),
    ("Ferroelectric devices", "강유전체 소자"),
    ("Phase-change memory", "상변화 메모리"),
    ("Spintronics", "스핀트로닉스"),
    ("Two-dimensional materials", "2차원 소재"),
    ("Hybrid bonding", "하이브리드 본딩"),
    ("Chiplets and advanced packaging", "칩렛·첨단 패키징"),
    ("Through-silicon vias", "실리콘 관통전극"),
    ("Thermal management", "열 관리"),
    ("Silicon photonics", "실리콘 포토닉스"),
    ("Power electronics", "전력 반도체"),
    ("Compound semiconductors", "화합물 반도체"),
    ("Thin film deposition", "박막 증착"),
    ("Lithography and patterning", "리소그래피·패터닝"),
    ("Metrology and reliability", "계측·신뢰성"),
    ("Design automation", "설계 자동화"),
    ("Hardware for artificial intelligence", "인공지능 하드웨어"),
    ("Sensors and edge computing", "센서·엣지 컴퓨팅"),
    ("Quantum devices", "양자 소자"),
    ("Cryogenic electronics", "극저온 전자소자"),
    ("Radio frequency and 6G circuits", "고주파·6G 회로"),
)


class TopicExists(ServiceError):
    """There is a topic of that name already."""

    code = "topic-exists"


@dataclass(frozen=True)
class TopicNames:
    """A topic in both languages."""

    name_en: str
    name_ko: str = ""


def all_topics(session: Session) -> Sequence[Topic]:
    """List the topics by name; a database that has none gets the forum's."""
    known = session.exec(select(Topic).order_by(Topic.name_en)).all()
    return known or sorted(_forums(), key=lambda topic: topic.name_en)


def stable_words(known: Mapping[str, str], texts: Iterable[str]) -> tuple[str, ...]:
    """Write topics as profiles store them: by a listed one's word, whatever name it was given.

    Everything else stays as it was typed; each comes once. ``known`` is from ``known_words``.
    """
    return tuple(dict.fromkeys(known.get(text.casefold(), text) for text in texts))


def known_words(session: Session) -> dict[str, str]:
    """Read the words of the listed topics, by all their names in small letters."""
    words: dict[str, str] = {}
    topics = all_topics(session)
    # A present name counts before the word of a topic that was renamed to something else.
    for names in ("word", "name_ko", "name_en"):
        words |= {getattr(topic, names).casefold(): topic.word for topic in topics}
    words.pop("", None)
    return words


def find_topic(session: Session, topic_id: int) -> Topic:
    """Find a topic.

    Raises
    ------
    NotFound
    """
    found = session.get(Topic, topic_id)
    if found is None:
        raise NotFound("this topic is no longer in the list")
    return found


def add_topic(session: Session, names: TopicNames) -> None:
    """Add a topic.

    Raises
    ------
    TopicExists
    """
    remember_topics(session)
    _check_free(session, names.name_en, None)
    session.add(Topic(word=names.name_en, **vars(names)))
    session.flush()


def rename_topic(session: Session, topic_id: int, names: TopicNames) -> None:
    """Give a topic other names; profiles that have it show them.

    Raises
    ------
    NotFound, TopicExists
    """
    row = find_topic(session, topic_id)
    _check_free(session, names.name_en, topic_id)
    row.name_en, row.name_ko = names.name_en, names.name_ko
    session.flush()


def remove_topic(session: Session, topic_id: int) -> None:
    """Propose a topic no longer; profiles keep it.

    Raises
    ------
    NotFound
    """
    session.delete(find_topic(session, topic_id))
    session.flush()


def remember_topics(session: Session) -> None:
    """Write the forum's topics down where none is, so that they can be changed."""
    if session.exec(select(Topic.id)).first() is None:
        session.add_all(_forums())
        session.flush()


def _forums() -> list[Topic]:
    return [Topic(word=english, name_en=english, name_ko=korean) for english, korean in _FIRST]


def _check_free(session: Session, name: str, own_id: int | None) -> None:
    same = (func.lower(column) == name.lower() for column in (col(Topic.name_en), col(Topic.word)))
    query = select(Topic.id).where(or_(*same))
    if any(found != own_id for found in session.exec(query)):
        raise TopicExists(f"there is a topic {name!r} already")
