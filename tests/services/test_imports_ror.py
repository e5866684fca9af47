"""Dumps of the registry: both schemas and the compact listing, plain, in gzip and in zip."""

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from services.imports_report import UnreadableFile
from services.imports_ror import OrganisationRecord, organisation_records

KAIST = "https://ror.org/05apxxy63"
FIRST: dict[str, Any] = {
    "id": KAIST,
    "name": "Korea Advanced Institute of Science and Technology",
    "status": "active",
    "types": ["Education"],
    "aliases": ["Korea Advanced Institute"],
    "acronyms": ["KAIST"],
    "labels": [{"label": "한국과학기술원", "iso639": "ko"}],
    "country": {"country_code": "KR", "country_name": "South Korea"},
    "addresses": [{"city": "Daejeon"}],
}
SECOND: dict[str, Any] = {
    "id": KAIST,
    "status": "active",
    "types": ["education", "funder"],
    "names": [
        {"value": "KAIST", "types": ["acronym"], "lang": None},
        {"value": "한국과학기술원", "types": ["label"], "lang": "ko"},
        {"value": "Korea Advanced Institute", "types": ["alias"], "lang": None},
        {
            "value": "Korea Advanced Institute of Science and Technology",
            "types": ["ror_display", "label"],
            "lang": "en",
        },
    ],
    "locations": [{"geonames_details": {"country_code": "KR", "name": "Daejeon"}}],
}
COMPACT: dict[str, Any] = {
    "id": KAIST,
    "name": "Korea Advanced Institute of Science and Technology",
    "ko": ["한국과학기술원"],
    "acr": ["KAIST"],
    "cc": "KR",
    "city": "Daejeon",
    "types": ["education", "funder"],
}


def _zip(**files: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "."), data)
    return file.getvalue()


def _read(folder: Path, data: bytes) -> list[OrganisationRecord]:
    path = folder / "dump"
    path.write_bytes(data)
    return list(organisation_records(path))


def _json(*items: Any) -> bytes:
    return json.dumps(list(items), ensure_ascii=False, indent=1).encode()


@pytest.mark.parametrize("item", [FIRST, SECOND, COMPACT], ids=["v1", "v2", "compact"])
@pytest.mark.parametrize(
    "pack",
    [lambda data: data, gzip.compress, lambda data: _zip(d__json=data)],
    ids=["plain", "gzip", "zip"],
)
def test_an_organisation_reads_the_same_from_every_form(
    item: dict[str, Any], pack: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    record = _read(tmp_path, pack(_json(item)))[0]

    assert (record.ror, record.country, record.city) == (KAIST, "KR", "Daejeon")
    assert (record.name, record.name_native) == (COMPACT["name"], "한국과학기술원")
    assert record.type == "university"
    kinds = {name: kind for name, kind in record.names.items() if "Institute" not in name}
    assert kinds == {"KAIST": "acronym", "한국과학기술원": "label"}


@pytest.mark.parametrize("item", [FIRST, SECOND], ids=["v1", "v2"])
def test_parents_are_read_and_other_relations_are_not(item: dict[str, Any], tmp_path: Path) -> None:
    kinds = {"Parent": "03x9zmg57", "parent": "05e2jn891", "Child": "04qh86j58"}
    related = [
        {"label": kind, "type": kind, "id": f"https://ror.org/{ror}"} for kind, ror in kinds.items()
    ]
    record = _read(tmp_path, _json(item | {"relationships": related}))[0]
    assert record.parents == ("https://ror.org/03x9zmg57", "https://ror.org/05e2jn891")


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        (["facility"], "rto"),
        (["funder", "government"], "public"),
        (["funder", "company"], "company"),
        (["nonprofit"], "other"),
        ([], "other"),
    ],
)
def test_the_types_of_the_registry_become_ours(
    theirs: list[str], ours: str, tmp_path: Path
) -> None:
    assert _read(tmp_path, _json(COMPACT | {"types": theirs}))[0].type == ours


def test_withdrawn_organisations_are_left_out(tmp_path: Path) -> None:
    assert _read(tmp_path, _json(SECOND | {"status": "withdrawn"})) == []


def test_of_two_schemas_in_one_archive_the_second_is_read(tmp_path: Path) -> None:
    old = _json(FIRST | {"name": "Old"})
    data = _zip(**{"v1-ror-data__json": old, "v1-ror-data_schema_v2__json": _json(SECOND)})

    assert _read(tmp_path, data)[0].name == COMPACT["name"]


def test_a_dump_larger_than_a_piece_of_reading_comes_out_whole(tmp_path: Path) -> None:
    items = [COMPACT | {"city": "도시" * 20, "name": f"Institute {n}"} for n in range(5000)]
    data = _json(*items)
    assert len(data) > 1024 * 1024

    assert [r.name for r in _read(tmp_path, data)] == [f"Institute {n}" for n in range(5000)]


@pytest.mark.parametrize(
    ("data", "line", "code"),
    [
        (b"", 1, "not-a-dump"),
        (b'{"id": 1}', 1, "not-a-dump"),
        (_json(COMPACT)[:-5], 1, "dump-cut-off"),
        (_json(COMPACT, COMPACT)[:-5], 2, "dump-cut-off"),
        (gzip.compress(_json(COMPACT), mtime=0)[:-20], 1, "dump-cut-off"),
        (_zip(d__json=_json(COMPACT))[:-20], 1, "dump-cut-off"),
        (_zip(d__csv=b"id,name"), 1, "no-dump-in-zip"),
        (_json(COMPACT, "text"), 2, "not-an-organisation"),
        (_json(COMPACT, {"id": KAIST}), 2, "not-an-organisation"),
        (_json(COMPACT | {"id": "https://example.org"}), 1, "not-an-organisation"),
        (_json(COMPACT | {"cc": "Korea"}), 1, "not-an-organisation"),
        (_json(COMPACT).decode().encode("cp949"), 1, "dump-not-utf-8"),
        (b"[" + b'{"id": "' + b"x" * (9 * 1024 * 1024), 1, "bad-dump"),
    ],
    ids=[
        "nothing",
        "one-record",
        "cut-in-the-first",
        "cut-in-the-second",
        "gzip-cut",
        "zip-cut",
        "zip-without-json",
        "a-text",
        "a-second-without-a-name",
        "foreign-id",
        "country-in-words",
        "cp949",
        "endless-text",
    ],
)
def test_a_broken_dump_is_told_by_the_number_of_the_organisation(
    data: bytes, line: int, code: str, tmp_path: Path
) -> None:
    with pytest.raises(UnreadableFile) as caught:
        _read(tmp_path, data)

    assert (caught.value.problem.line, caught.value.problem.code) == (line, code)
