"""What a file would change: for each of its people, somebody new or what differs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models import Edition, MergedKey, Organisation, Profile
from services.editions import sides
from services.imports_record import PersonRecord
from services.imports_report import Kept
from services.organisation_names import Mention, match
from services.places import who_is_in
from services.places_free import FreePlaces
from services.profile_content import Content, contents
from services.topics import known_words, stable_words


@dataclass
class Plan:
    """What is to be done for one person; somebody new has no profile yet."""

    profile: Profile | None
    record: PersonRecord
    changes: dict[str, Any]
    is_new: bool
    joins: bool = False

    @property
    def verdict(self) -> str:
        """What becomes of the person: added, updated or unchanged."""
        if self.is_new:
            return "added"
        return "updated" if self.changes or self.joins else "unchanged"


def of_source(source: str, keys: Sequence[str]) -> SelectOfScalar[Profile]:
    """Make the query for a sender's people by their keys."""
    return select(Profile).where(Profile.source == source, col(Profile.source_key).in_(keys))


@dataclass
class Planner:
    """Makes plans for one file.

    Parameters
    ----------
    free
        The places that are left, to count who would wait; None where that is not asked.
    """

    session: Session
    source: str
    edition: Edition | None
    free: FreePlaces | None = None
    sides: Mapping[str, str] | None = None
    kept: list[Kept] = field(default_factory=list)
    waiting: int = 0

    def plans(self, records: Sequence[PersonRecord]) -> list[Plan]:
        """Plan for some hundred people; who was merged into another person is left out."""
        keys = [record.key for record in records]
        known = {row.source_key: row for row in self.session.exec(of_source(self.source, keys))}
        merged = self._merged(keys)
        present = contents(self.session, list(known.values()))
        wishes = self._wishes(records)
        found = []
        for record, wish in zip(records, wishes, strict=True):
            profile = known.get(record.key)
            if profile is not None:
                changes = self._changes(profile, record, wish, present[profile.id])
                found.append(Plan(profile, record, changes, is_new=False))
            elif record.key not in merged:
                found.append(Plan(None, record, wish, is_new=True))
        self._note_joining(found)
        return found

    def _wishes(self, records: Sequence[PersonRecord]) -> list[dict[str, Any]]:
        """Return what the file wants, with the organisation found in the table."""
        mentions = [_mention(record.values) for record in records]
        meant = match(self.session, [mention for mention in mentions if mention is not None])
        unnamed = {meant[m] for m in mentions if m in meant and m is not None and not m.name}
        names = _organisation_names(self.session, unnamed)
        words = known_words(self.session)
        wishes = []
        for record, mention in zip(records, mentions, strict=True):
            wish = {key: v for key, v in record.values.items() if key not in ("ror", "pic")}
            if wish.get("topics"):
                wish["topics"] = stable_words(words, wish["topics"])
            if mention is not None:
                found = meant.get(mention)
                wish |= {"organisation_id": found}
                wish["organisation"] = mention.name or names.get(found or 0, "")
            wishes.append(wish)
        return wishes

    def _changes(
        self, profile: Profile, record: PersonRecord, wish: Content, present: Content
    ) -> dict[str, Any]:
        edited = set(profile.edited_fields)
        if profile.account_id is not None:
            # The address of somebody with an account is the one that they proved to own, and
            # their gender is kept with their own consent only.
            edited |= {"email", "gender"}
        if "organisation" in edited:
            edited.add("organisation_id")
        different = {name: value for name, value in wish.items() if value != present[name]}
        for name in sorted(different.keys() & edited):
            if name != "organisation_id":
                self.kept.append(Kept(record.line, name))
        return {name: value for name, value in different.items() if name not in edited}

    def _note_joining(self, plans: Sequence[Plan]) -> None:
        """Let people join who have not decided for themselves; who left on their own stays out."""
        if self.edition is None:
            return
        known = [plan.profile.id for plan in plans if plan.profile is not None]
        present = who_is_in(self.session, self.edition.id, known)
        for plan in plans:
            plan.joins = plan.profile is None or (
                plan.profile.confirmed_at is None and plan.profile.id not in present
            )
            if plan.joins and self.free is not None:
                country = plan.record.values["country"]
                self.waiting += not self.free.take(self._side_of(country))

    def _side_of(self, country: str) -> str | None:
        if self.sides is None and self.edition is not None:
            self.sides = sides(self.session, self.edition.id)
        return (self.sides or {}).get(country)

    def _merged(self, keys: Sequence[str]) -> set[str]:
        """Find which keys are those of profiles that were merged into others."""
        query = select(MergedKey.source_key).where(
            MergedKey.source == self.source, col(MergedKey.source_key).in_(keys)
        )
        return set(self.session.exec(query))


def _mention(values: Mapping[str, Any]) -> Mention | None:
    if not values.keys() & {"organisation", "ror", "pic"}:
        return None
    return Mention(
        name=values.get("organisation", ""),
        country=values["country"],
        ror=values.get("ror"),
        pic=values.get("pic"),
    )


def _organisation_names(session: Session, ids: set[int]) -> dict[int, str]:
    if not ids:
        return {}
    query = select(Organisation.id, Organisation.name).where(col(Organisation.id).in_(ids))
    return dict(session.exec(query).all())
