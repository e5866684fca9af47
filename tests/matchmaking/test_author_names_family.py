"""Korean family names in the spellings in which they are met."""

import pytest

from matchmaking.author_names_family import compound_families, families, one_orthography


@pytest.mark.parametrize(
    ("family", "spellings"),
    [
        ("김", "kim gim"),
        ("이", "lee yi rhee i"),
        ("박", "park pak bak"),
        ("최", "choi choe"),
        ("정", "jung jeong chung"),
        ("조", "cho jo"),
        ("강", "kang gang"),
        ("윤", "yoon yun"),
        ("임", "lim im rim"),
        ("신", "shin sin"),
        ("서", "seo suh"),
        ("권", "kwon gwon"),
        ("황", "hwang"),
        ("오", "oh o"),
        ("유", "ryu yoo yu"),
        ("노", "noh roh"),
        ("허", "heo hur huh"),
        ("엄", "eom uhm"),
        ("백", "baek paik back"),
        ("남궁", "namgung namkung namkoong"),
        ("황보", "hwangbo"),
        ("선우", "sunwoo seonu"),
        ("제갈", "jegal"),
        ("사공", "sagong sakong"),
        ("독고", "dokgo dokko"),
    ],
)
def test_a_family_name_is_read_from_each_of_its_spellings(family: str, spellings: str) -> None:
    for spelling in spellings.split():
        assert family in families(spelling), spelling
    assert families(family) == {family}


def test_a_spelling_may_stand_for_several_families() -> None:
    assert families("chun") == {"전", "천"}
    assert {"정", "전"}.isdisjoint(families("kim"))


def test_two_orthographies_are_one_name() -> None:
    assert [one_orthography(name) for name in ("류", "림", "로", "리", "김", "선우")] == [
        "유",
        "임",
        "노",
        "이",
        "김",
        "선우",
    ]
    assert families("류") == families("유")


def test_a_rare_family_name_in_hangul_is_taken_as_it_is() -> None:
    assert families("뇌") == {"뇌"}


def test_what_is_no_korean_family_name_is_none() -> None:
    for text in ("", "smith", "larsen", "brückner", "서연", "seoyeon"):
        assert families(text) == frozenset()


def test_families_of_two_syllables_are_known() -> None:
    assert {"남궁", "황보", "선우", "제갈", "사공", "독고"} <= compound_families()
    assert "김" not in compound_families()
