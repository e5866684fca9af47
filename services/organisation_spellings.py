"""Other ways to write an organisation's name, that a registry does not list.

Technical universities are TU to everybody and stand in the registry by their full name; Korean
institutes go by their acronym spelt in Hangul, and universities by shortened ends of their names.
"""

import re

_TU = re.compile(r"^tu[\s-]+(.+)$", re.IGNORECASE)
_TU_FORMS = (
    "Technische Universität {}",
    "Technical University of {}",
    "{} University of Technology",
    "Technische Universiteit {}",
)
_IN_HANGUL = {
    "카이스트": "KAIST",
    "포스텍": "POSTECH",
    "유니스트": "UNIST",
    "디지스트": "DGIST",
    "지스트": "GIST",
    "키스트": "KIST",
    "에트리": "ETRI",
    "아이멕": "imec",
    "프라운호퍼": "Fraunhofer",
    "막스플랑크": "Max Planck",
}
_ENDS = (
    ("과기대", "과학기술대학교"),
    ("과기원", "과학기술원"),
    ("공대", "공과대학교"),
    ("대", "대학교"),
)


def spellings(name: str) -> tuple[str, ...]:
    """Return other spellings of a name, none of them the name itself."""
    text = " ".join(name.split())
    found = [form.format(match[1]) for form in _TU_FORMS if (match := _TU.match(text))]
    bare = text.replace(" ", "")
    if bare in _IN_HANGUL:
        found.append(_IN_HANGUL[bare])
    for short, whole in _ENDS:
        if bare.endswith(short) and len(bare) > len(short) + 1:
            found.append(bare.removesuffix(short) + whole)
            break
    return tuple(found)
