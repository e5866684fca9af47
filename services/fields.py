"""The fields of research that every installation knows from its first day."""

from sqlmodel import Session, select

from models import Field

_FIRST = (
    ("neuromorphic", "Neuromorphic computing", "뉴로모픽 컴퓨팅"),
    ("heterogeneous-integration", "Heterogeneous integration", "이종집적"),
    ("quantum", "Quantum technologies", "양자기술"),
    ("6g", "Beyond 5G and 6G", "차세대 통신·6G"),
)


def all_fields(session: Session) -> list[Field]:
    """List the fields, in their order; a database that has none gets the forum's."""
    known = list(session.exec(select(Field).order_by(Field.position, Field.slug)))  # type: ignore[arg-type] # a column at run time
    return known or [
        Field(slug=slug, name_en=english, name_ko=korean, position=position)
        for position, (slug, english, korean) in enumerate(_FIRST)
    ]


def remember_fields(session: Session) -> None:
    """Write the forum's fields down where none is, before a profile names one."""
    if session.exec(select(Field.slug)).first() is None:
        session.add_all(all_fields(session))
        session.flush()
