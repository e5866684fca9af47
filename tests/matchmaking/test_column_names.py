"""What a foreign column most likely holds."""

import pytest

from matchmaking.column_names import likely_field


@pytest.mark.parametrize(
    ("column", "field"),
    [
        ("E-Mail Address", "email"),
        ("Institution / Company", "organisation"),
        ("Affiliations", "organisation"),
        ("Organisation name", "organisation"),
        ("ORCID iD", "orcid"),
        ("Vorname", "name"),
        ("Land", "country"),
        ("성명(국문)", "name_native"),
        ("성명(영문)", "name"),
        ("소속 기관", "organisation"),
        ("국가", "country"),
        ("Keyword", "topics"),
        ("Reserch interests", "research"),
        ("Shoe size", ""),
        ("Dietary requirements", ""),
        ("", ""),
    ],
)
def test_a_column_is_known_by_its_name_in_several_languages(column: str, field: str) -> None:
    assert likely_field(column) == field
