"""Which field of the formats a foreign column most likely holds, by its name.

Other registration systems call the same things by other names, in English, Korean, German or
French. A name that is known decides; else the one that it is most like does.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

_ALIKE = 0.82
_SHORTEST_PART = 4

KNOWN_NAMES: Mapping[str, str] = {
    "id": "id, key, number, no, nr, registration id, registration number, participant id, "
    "person id, reference, code, 번호, 등록번호, 접수번호, 참가번호, 아이디",
    "name": "name, full name, participant, participant name, first name, given name, forename, "
    "last name, family name, surname, name in english, english name, vorname, nachname, nom, "
    "prénom, 영문이름, 영문성명, 영문명, 성명(영문), 이름(영문)",
    "name_native": "native name, name in korean, korean name, hangul name, 이름, 성명, 한글이름, "
    "한글성명, 국문성명, 국문이름, 성명(국문), 이름(국문), 성명(한글), 이름(한글)",
    "email": "email, e-mail, mail, email address, e-mail address, mail address, contact email, "
    "adresse e-mail, 이메일, 이메일주소, 메일, 전자우편",
    "orcid": "orcid, orcid id, orcid id, orcid number",
    "country": "country, country code, nation, country of work, "
    "country of affiliation, land, pays, 국가, 국가코드, 나라, 소속국가",
    "organisation": "organisation, organization, affiliation, institution, institute, university, "
    "company, employer, organisation name, einrichtung, hochschule, établissement, "
    "소속, 기관, 소속기관, 기관명, 소속기관명, 대학, 회사",
    "ror": "ror, ror id",
    "pic": "pic, pic number, participant identification code",
    "organisation_type": "organisation type, organization type, type of organisation, "
    "type of institution, sector, 기관유형, 기관구분, 기관종류",
    "career_stage": "career stage, career level, seniority, academic position, position, "
    "karrierestufe, 경력단계, 경력, 직급, 직위",
    "gender": "gender, sex, geschlecht, genre, 성별",
    "fields": "fields, field, research field, research fields, area, research area, track, "
    "fachgebiet, domaine, 분야, 연구분야, 전문분야",
    "topics": "topics, topic, keywords, key words, research keywords, schlagworte, mots-clés, "
    "키워드, 주제, 연구주제, 핵심어",
    "languages": "languages, language, spoken languages, sprachen, langues, 언어, 사용언어",
    "research": "research, research interests, research description, abstract, summary, profile, "
    "bio, biography, description of research, forschung, recherche, 연구, "
    "연구내용, 연구소개, 연구요약, 관심분야",
    "offers": "offers, offer, i offer, what i offer, expertise offered, we offer, angebote, 제공, "
    "제공하는 것, 제공내용",
    "needs": "needs, need, i need, looking for, i am looking for, what i need, expertise sought, "
    "gesucht, 필요, 필요한 것, 필요내용, 찾는 것",
    "publications": "publications, publication, papers, selected publications, publikationen, "
    "논문, 대표논문, 연구성과",
    "least_partners": "least partners, minimum meetings, min meetings, minimum partners, 최소미팅, "
    "최소 파트너 수",
    "most_partners": "most partners, maximum meetings, max meetings, maximum partners, 최대미팅, "
    "최대 파트너 수",
    "exclude": "exclude, excluded, do not meet, conflicts, conflict of interest, 제외, 이해충돌",
}
"""What each field is called elsewhere."""


def plain(name: str) -> str:
    """Write a column's name in its plainest form: small letters and digits of any script.

    >>> plain("E-Mail  address:")
    'emailaddress'
    """
    text = unicodedata.normalize("NFKC", name).casefold()
    return "".join(sign for sign in text if sign.isalnum())


_FIELDS = {
    plain(alias): field
    for field, names in KNOWN_NAMES.items()
    for alias in (field, *names.split(","))
}


def likely_field(column: str) -> str:
    """Name the field that a column most likely holds; empty when nothing is like it.

    >>> likely_field("Affiliation"), likely_field("소속 기관"), likely_field("Shoe size")
    ('organisation', 'organisation', '')
    """
    wanted = plain(column)
    if wanted in _FIELDS:
        return _FIELDS[wanted]
    for part in re.split(r"[/(),:|]+", column):
        if len(plain(part)) >= _SHORTEST_PART and plain(part) in _FIELDS:
            return _FIELDS[plain(part)]
    best = max(_FIELDS, key=lambda known: (_likeness(wanted, known), known))
    return _FIELDS[best] if _likeness(wanted, best) >= _ALIKE else ""


def likely_fields(columns: Iterable[str]) -> dict[str, str]:
    """Do the same for many columns, by their names."""
    return {column: likely_field(column) for column in columns}


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio() if one else 0.0
