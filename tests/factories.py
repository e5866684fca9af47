"""Rows that make sense; a test names only what it is about."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from sqlmodel import Session, SQLModel

from models import (
    Account,
    AccountRole,
    Consent,
    Edition,
    EditionCountry,
    Exclusion,
    Field,
    Mailing,
    Organisation,
    OrganisationName,
    Participation,
    Profile,
    ProfileField,
    Publication,
    Statement,
)
from services.consents import LEGAL_VERSION
from services.organisation_names import fold

Row = TypeVar("Row", bound=SQLModel)


@dataclass
class Factory:
    """Makes rows in a session, and commits them so that another session sees them."""

    session: Session
    now: datetime
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def account(self, *roles: str, **given: Any) -> Account:
        """Make a confirmed account with roles; its password cannot be guessed, nor used."""
        number = next(self.numbers)
        values: dict[str, Any] = {
            "email": f"person{number}@example.org",
            "password_hash": "!",
            "confirmed_at": self.now,
            "created_at": self.now,
            "legal_seen": LEGAL_VERSION,
        }
        account = self._add(Account(**values | given))
        for role in roles:
            self._add(AccountRole(account_id=account.id, role=role))
        return account

    def edition(self, **given: Any) -> Edition:
        """Make an edition that is open now, with DE and FR on the left and KR on the right."""
        countries = given.pop("countries", {"DE": "left", "FR": "left", "KR": "right"})
        values: dict[str, Any] = {
            "slug": f"forum-{next(self.numbers)}",
            "state": "open",
            "name_en": "Forum",
            "opens_at": self.now - timedelta(days=7),
            "closes_at": self.now + timedelta(days=7),
            "starts_at": self.now + timedelta(days=30),
            "ends_at": self.now + timedelta(days=31),
            "created_at": self.now,
        }
        edition = self._add(Edition(**values | given))
        for country, side in countries.items():
            self._add(EditionCountry(edition_id=edition.id, country=country, side=side))
        return edition

    def field(self, slug: str = "quantum", **given: Any) -> Field:
        """Make a field of research."""
        return self._add(Field(**{"slug": slug, "name_en": slug.title()} | given))

    def profile(self, edition: Edition | None = None, **given: Any) -> Profile:
        """Make a published, confirmed profile, taking part in an edition if one is given.

        ``offers``, ``needs``, ``fields`` and ``publications`` (titles) are lists of text. Whoever
        has an account gives the ``consents`` that taking part needs, unless others are named.
        """
        number = next(self.numbers)
        consents = given.pop("consents", ("matching", "showing", "overseas", "mails"))
        texts = {key: given.pop(key, []) for key in ("offers", "needs", "publications")}
        fields = given.pop("fields", [])
        values: dict[str, Any] = {
            "source_key": f"person-{number}",
            "name": f"Person {number}",
            "country": "DE",
            "published_at": self.now,
            "confirmed_at": self.now,
            "created_at": self.now,
            "updated_at": self.now,
        }
        profile = self._add(Profile(**values | given))
        for slug in fields:
            self._add(ProfileField(profile_id=profile.id, field_slug=slug))
        self._texts(profile, texts)
        if profile.account_id is not None:
            self.consents(profile.account_id, *consents)
        if edition is not None:
            self.participation(edition, profile)
        return profile

    def mailing(self, edition: Edition, **given: Any) -> Mailing:
        """Make a draft to everybody, in both languages."""
        values: dict[str, Any] = {
            "edition_id": edition.id,
            "subject_en": "News of {edition}",
            "subject_ko": "{edition} 소식",
            "body_en": "Dear {name},\n\nsee {link}",
            "body_ko": "{name} 님,\n\n{link}",
            "created_at": self.now,
            "changed_at": self.now,
        }
        return self._add(Mailing(**values | given))

    def consents(self, account_id: int, *purposes: str) -> None:
        """Let an account consent."""
        for purpose in purposes:
            values: dict[str, Any] = {"version": LEGAL_VERSION, "given_at": self.now}
            self._add(Consent(account_id=account_id, purpose=purpose, **values))

    def exclusion(self, owner: Profile, other: Profile) -> Exclusion:
        """Let one person not want to meet another."""
        return self._add(Exclusion(profile_id=owner.id, other_id=other.id, created_at=self.now))

    def participation(self, edition: Edition, profile: Profile) -> Participation:
        """Let a person take part."""
        row = Participation(edition_id=edition.id, profile_id=profile.id, joined_at=self.now)
        return self._add(row)

    def organisation(
        self, name: str, *, acronyms: tuple[str, ...] = (), **given: Any
    ) -> Organisation:
        """Make an organisation that is found by its name and its acronyms."""
        row = self._add(Organisation(**{"name": name, "country": "KR"} | given))
        for text in (name, *acronyms):
            kind = "acronym" if text in acronyms else "label"
            values: dict[str, Any] = {"name": text, "folded": fold(text), "kind": kind}
            self._add(OrganisationName(organisation_id=row.id, **values))
        return row

    def _texts(self, profile: Profile, texts: dict[str, list[str]]) -> None:
        for key, kind in (("offers", "offer"), ("needs", "need")):
            for position, text in enumerate(texts[key]):
                values: dict[str, Any] = {"kind": kind, "position": position, "text": text}
                self._add(Statement(profile_id=profile.id, **values))
        for position, title in enumerate(texts["publications"]):
            self._add(Publication(profile_id=profile.id, position=position, title=title))

    def _add(self, row: Row) -> Row:
        self.session.add(row)
        self.session.commit()
        self.session.refresh(row)
        # Ends the reading, too: one connection serves the test and the application.
        self.session.commit()
        return row
