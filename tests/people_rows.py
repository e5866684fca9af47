"""Two people as a file tells of them, and how a test takes them in."""

from typing import Any

from sqlmodel import Session, select

from models import Profile
from services.imports_profiles import import_profiles
from services.imports_report import ImportReport
from services.imports_rows import Row
from tests.conftest import NOW

ANA = {"id": "ana", "name": "Ana Silva", "country": "PT"}
FULL = {
    "id": "kim",
    "name": "Kim Seo-yeon",
    "name_native": "김서연",
    "email": "Seo@KAIST.example",
    "orcid": "https://orcid.org/0000-0002-1825-0097",
    "country": "kr",
    "organisation": "KAIST",
    "organisation_type": "Research and technology organisation",
    "career_stage": "Early career",
    "gender": "f",
    "fields": ["Quantum", "quantum"],
    "topics": ["강유전체", " "],
    "languages": ["Korean", "English"],
    "research": "저는 메모리를 연구합니다.",
    "offers": ["a cleanroom", "wafers"],
    "needs": ["a simulator"],
    "publications": [{"title": "One", "doi": "https://doi.org/10.1000/ABC", "year": 2024}],
    "least_partners": 1,
    "most_partners": 4,
}


def take(session: Session, *people: dict[str, Any], **options: Any) -> ImportReport:
    rows = [Row(line, values, joined=False) for line, values in enumerate(people, start=1)]
    values: dict[str, Any] = {"source": "list", "now": NOW} | options
    report = import_profiles(session, rows, **values)
    session.commit()
    return report


def one(session: Session, key: str = "kim") -> Profile:
    session.expire_all()
    return session.exec(select(Profile).where(Profile.source_key == key)).one()


def counts(report: ImportReport) -> tuple[int, int, int]:
    assert report.errors == ()
    return report.added, report.updated, report.unchanged
