"""Two printed names and one person: same in full, possible as far as printed, or different."""

import unicodedata
from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from matchmaking.author_names import NameMatch, author_name, match_names

D, P, S = NameMatch.DIFFERENT, NameMatch.POSSIBLE, NameMatch.SAME

KOREAN = [
    ("Seo-yeon Kim", "Kim Seoyeon", S),
    ("Kim, Seo-Yeon", "김서연", S),
    ("KIM SEO YEON", "김 서연", S),
    ("Gim Seoyeon", "Kim Seo-youn", S),
    ("Seoyeon Kim (demo)", "김서연 (데모)", S),
    ("Kim, S.-Y.", "김서연", P),
    ("S. Y. Kim", "Seoyeon Kim (demo)", P),
    ("SY Kim", "김서연", P),
    ("Kim SY", "Seo-yeon Kim", P),
    ("S. Kim", "김서연", P),
    ("S. Kim", "김민준", D),
    ("S. J. Kim", "김서연", D),
    ("Lee, S.-Y.", "김서연", D),
    ("EJ Lee", "이은지", P),
    ("K. Kim", "김경민", P),
    ("G. Kim", "김경민", P),
    ("Kim Seo", "Kim Seo-yeon", D),
    ("Kim Min-jun", "Kim Min-joon", S),
    ("Kim Min-jun", "Kim Min-jeong", D),
    ("Kim Min-jun", "Park Min-jun", D),
    ("Ha-eun Jung", "Hae-un Jung", D),
    ("Haeun Jung", "정하은", S),
    ("Chung Ha-un", "정하은", S),
    ("Park Do-hyun", "Bak Dohyeon", S),
    ("Pahk Dohyun", "박도현", S),
    ("Rhee Ji-won", "이지원", S),
    ("Lee Jee-won", "Yi Jiwon", S),
    ("Choi Min-jae", "Choe Minjae", S),
    ("Jo Hye-rim", "Cho, Hae-lim", S),
    ("Yoon Tae-yang", "윤태양", S),
    ("Ryu Kyung-min", "Yoo Gyeongmin", S),
    ("류경민", "유경민", S),
    ("Noh Jae-hee", "Roh, Jae-Hui", S),
    ("Lim Chae-won", "Im Chaeweon", S),
    ("Oh Se-jun", "O Se-joon", S),
    ("Shin Woo-jin", "Sin Ujin", S),
    ("Gwon Na-rae", "권나래", S),
    ("Kang Jun-ho", "Gang Joonho", S),
    ("Hwang Ji-ho", "황지호", S),
    ("Suh Yu-na", "서유나", S),
    ("Uhm Ji-sung", "엄지성", S),
    ("Heo Jun", "허준", S),
    ("J. Hur", "허준", P),
    ("H. Jun", "허준", D),
    ("Seong-ho Baik", "백성호", S),
    ("Baek, S. H.", "Sungho Paik", P),
    ("Hyuck-jae Lee", "이혁재", S),
    ("Hannah Yi", "Lee, Hanna", S),
]
SYLLABLES_THAT_SHARE_A_SPELLING = [
    ("Lee Sung-hoon", "이성훈", S),
    ("Lee Sung-hoon", "이승훈", S),
    ("Lee Seong-hun", "이승훈", D),
    ("Soo-yeon Kim", "Seo-yeon Kim", D),
    ("Kim Su-yeon", "김수연", S),
    ("Su-yeon Kim", "김서연", P),
    ("Young-ho Yoo", "유영호", S),
    ("Yong-ho Yoo", "유영호", P),
    ("Yong-ho Yoo", "유용호", S),
]
MCCUNE_REISCHAUER = [
    ("Kim Sŏyŏn", "김서연", S),
    ("Kim So-yon", "김서연", P),
    ("Pak To-hyŏn", "박도현", S),
    ("Yi Chi-wŏn", "이지원", P),
    ("Ch'oe Min-jae", "최민재", S),
]
TWO_SYLLABLE_FAMILIES = [
    ("Namgung Min-su", "남궁민수", S),
    ("Min-Su Nam Gung", "남궁민수", S),
    ("Nam-gung Min-su", "남궁 민수", S),
    ("M.-S. Namkoong", "남궁민수", P),
    ("Hwangbo Seung-hee", "황보승희", S),
    ("Hwang Bo Sung Hee", "황보승희", S),
    ("Sunwoo Eun-ji", "선우은지", S),
    ("Eunji Seonu", "선우은지", S),
    ("Je-gal Hyun", "제갈현", S),
    ("Sakong Min", "사공민", S),
    ("Dokko Young-jae", "독고영재", S),
    ("Min Sun-woo", "민선우", S),
    ("Kim Min-su", "남궁민수", D),
]
TWO_CULTURES = [
    ("Anna Seo-yeon Kim", "Seo-yeon Kim", S),
    ("Anna Seo-yeon Kim", "Anna Kim", S),
    ("Jane M. Kim", "Jane Kim", S),
    ("A. Lee", "Bruce Lee", D),
]
PLAIN = [
    ("Müller, Jörg", "Joerg Mueller", S),
    ("Jorg Muller", "Jörg Müller", S),
    ("J. Müller", "Joerg Mueller", P),
    ("Brueckner, Anneliese", "Anneliese Brückner", S),
    ("A. Brückner", "Anneliese Brückner", P),
    ("K. Brückner", "Anneliese Brückner", D),
    ("Anna Brückner", "Anneliese Brückner", D),
    ("Amelie Roussel Vidal", "Amélie Roussel-Vidal", S),
    ("Amélie Roussel-Vidal", "Roussel-Vidal, A.", P),
    ("Amélie Roussel", "Amélie Roussel-Vidal", P),
    ("Joost van Hoogmoed", "van Hoogmoed, Joost", S),
    ("J. van Hoogmoed", "Hoogmoed, Joost van", P),
    ("Niamh Ó Gallachóir", "Niamh O'Gallachoir", S),
    ("N. O. Gallachoir", "Niamh Ó Gallachóir", P),
    ("Jane O. Smith", "Jane Smith", S),
    ("Zoë D'haeyère", "Zoe Dhaeyere", S),
    ("Maria Sottomayor", "Maria do Carmo Teles de Mascarenhas Sottomayor", S),
    ("Kemenesi-Vass Dávid", "Dávid Kemenesi-Vass", S),
    ("Oriol Ferrandis", "Ferrandis Puig, Oriol", S),
    ("Jean-Pierre Dupont", "Jean Pierre Dupont", S),
    ("J.-P. Dupont", "Dupont, Jean-Pierre", P),
    ("Jean Dupont", "Jean-Pierre Dupont", P),
    ("Hans Peter Müller", "Hans Karl Müller", D),
    ("Hans Peter", "Peter Hans Müller", P),
    ("Smith JA", "John A. Smith", P),
    ("Wang Xiaoming", "Xiao-Ming Wang", S),
    ("Δέσποινα Καραβασίλη", "Καραβασίλη Δέσποινα", S),
    ("Łukasz Żak", "Lukasz Zak", S),
    ("Øystein Sørensen", "Oystein Soerensen", S),
    ("Deniz Karaoğlan", "KARAOGLAN, DENIZ", S),
    ("Prof. Dr. Anna Weber", "Weber, Anna", S),
    ("Anna Weber, PhD", "A. Weber", P),
    ("Eyrún", "Eyrun", P),
    ("Kim", "Lee", D),
    ("", "Kim", D),
]
TABLE = [
    *KOREAN,
    *SYLLABLES_THAT_SHARE_A_SPELLING,
    *MCCUNE_REISCHAUER,
    *TWO_SYLLABLE_FAMILIES,
    *TWO_CULTURES,
    *PLAIN,
]


@pytest.mark.parametrize(("one", "other", "grade"), TABLE)
def test_names_as_they_are_printed_are_graded(one: str, other: str, grade: NameMatch) -> None:
    assert match_names(one, other) is grade
    assert match_names(other, one) is grade


def test_names_that_agree_are_found_by_a_key_of_theirs() -> None:
    for one, other, grade in TABLE:
        first, second = author_name(one), author_name(other)
        if grade is S:
            assert first.full_keys & second.full_keys, (one, other)
        if grade is not D:
            assert first.weak_keys & second.weak_keys, (one, other)


def test_initials_alone_have_no_full_key() -> None:
    for name in ("S. Kim", "Kim, S.-Y.", "SY Kim", "A. Brückner"):
        assert author_name(name).full_keys == frozenset()


ONE_PERSON = [
    "Kim, Seo-yeon",
    "Seo-yeon Kim",
    "Kim Seoyeon",
    "SEOYEON KIM",
    "Seo Yeon Kim",
    "Gim Seo-yeon",
    "Kim Seo-youn",
    "김서연",
    "김 서연",
    "Seoyeon Kim (demo)",
    "Dr. Seo-yeon Kim",
]


def test_every_full_spelling_of_one_name_is_the_same_as_every_other() -> None:
    for one, other in combinations(ONE_PERSON, 2):
        assert match_names(one, other) is S, (one, other)


FAMILIES = "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하"
GIVEN = "민서지하연준현우수진영호은희성재원찬태경나라빈규도"
IN_LATIN = {
    "김": "Kim", "이": "Lee", "박": "Park", "최": "Choi", "정": "Jung", "강": "Kang", "조": "Cho",
    "윤": "Yoon", "장": "Jang", "임": "Lim", "한": "Han", "오": "Oh", "서": "Seo", "신": "Shin",
    "권": "Kwon", "황": "Hwang", "안": "Ahn", "송": "Song", "전": "Jeon", "홍": "Hong",
    "유": "Yoo", "고": "Ko", "문": "Moon", "양": "Yang", "손": "Son", "배": "Bae", "백": "Baek",
    "허": "Hur", "남": "Nam", "심": "Shim", "노": "Noh", "하": "Ha",
    "민": "min", "지": "ji", "연": "yeon", "준": "jun", "현": "hyun", "우": "woo", "수": "soo",
    "진": "jin", "영": "young", "호": "ho", "은": "eun", "희": "hee", "성": "sung", "재": "jae",
    "원": "won", "찬": "chan", "태": "tae", "경": "kyung", "나": "na", "라": "ra", "빈": "bin",
    "규": "kyu", "도": "do",
}  # fmt: skip
korean = st.tuples(st.sampled_from(FAMILIES), st.sampled_from(GIVEN), st.sampled_from(GIVEN))
european = st.tuples(
    st.sampled_from(["Zoë", "Łukasz", "José María", "Anne-Sophie", "Jörg", "Anna", "A.", "J. M."]),
    st.sampled_from(["Müller", "Brückner", "Żak", "Ferrandis", "van Hoogmoed", "Roussel-Vidal"]),
)


def in_latin(name: tuple[str, str, str]) -> str:
    """Write a Korean name as its bearer would, given name first."""
    family, *given_names = (IN_LATIN[part] for part in name)
    return f"{'-'.join(given_names).capitalize()} {family.capitalize()}"


names = korean.map(in_latin) | korean.map("".join) | european.map(" ".join)


@given(names, names)
def test_it_does_not_matter_which_name_comes_first(one: str, other: str) -> None:
    assert match_names(one, other) is match_names(other, one)


@given(names, names)
def test_case_does_not_matter(one: str, other: str) -> None:
    grade = match_names(one, other)
    assert match_names(one.upper(), other) is grade
    assert match_names(one.lower(), other) is grade


@given(names, names)
def test_accents_do_not_matter(one: str, other: str) -> None:
    apart = unicodedata.normalize("NFD", one)
    assert match_names(apart, other) is match_names(one, other)
    bare = "".join(sign for sign in apart if unicodedata.category(sign) != "Mn")
    assert match_names(bare, other) is match_names(one, other)


@given(korean, korean)
def test_the_order_of_a_korean_name_does_not_matter(
    name: tuple[str, str, str], other: tuple[str, str, str]
) -> None:
    given_names, family = in_latin(name).split(" ")
    for against in (in_latin(other), "".join(other)):
        grade = match_names(in_latin(name), against)
        assert match_names(f"{family} {given_names}", against) is grade
        assert match_names(f"{family}, {given_names}", against) is grade


@given(european, european)
def test_the_order_of_a_name_never_makes_two_people_of_one(
    name: tuple[str, str], other: tuple[str, str]
) -> None:
    assume(" " not in name[1])
    grade = match_names(" ".join(name), " ".join(other))
    for turned in (f"{name[1]}, {name[0]}", f"{name[1]} {name[0]}"):
        assert (match_names(turned, " ".join(other)) is D) == (grade is D)


@given(korean)
def test_hangul_and_latin_letters_write_one_name(name: tuple[str, str, str]) -> None:
    assert match_names("".join(name), in_latin(name)) is S


@given(korean, korean)
def test_two_names_in_hangul_are_the_same_only_if_they_are_equal(
    name: tuple[str, str, str], other: tuple[str, str, str]
) -> None:
    assert match_names("".join(name), "".join(other)) is (S if name == other else D)


@given(names, names)
def test_names_that_may_be_one_share_a_key(one: str, other: str) -> None:
    first, second = author_name(one), author_name(other)
    grade = match_names(first, second)
    assert grade is not S or first.full_keys & second.full_keys
    assert grade is D or first.weak_keys & second.weak_keys


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_is_taken(one: str, other: str) -> None:
    assert match_names(one, other) is match_names(other, one)
