"""Personal data hidden in everything that leaves the office (个人信息保护法 6, 25, 28;
未成年人保护法 103).

Hidden: ID numbers, passports, phones, bank accounts, home addresses to the district, plates, mail
and chat accounts, names of natural persons (张某), minors wholly. Kept: document numbers, credit
codes, names of officers and firms, business premises. Wrongly hidden costs little, wrongly shown
much: in doubt it is hidden.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from casereview.model import CaseSeen, FactSeen
from casereview.privacy.numbers import mask_numbers
from casereview.privacy.people import (
    anywhere,
    is_person,
    may_be_person,
    minors_in,
    owner_of,
    people_in,
    plain,
    stand_ins,
)
from casereview.privacy.words import words

__all__ = ["Mask", "is_person", "mask_numbers", "masker", "names_in_facts"]

Mask = Callable[[str], str]


def masker(results: Iterable[CaseSeen], everybody: bool = False, texts: Iterable[str] = ()) -> Mask:
    """A function that hides personal data in any text of these cases. Names are learned from their
    facts and quotes, and from ``texts``; officers' names are kept unless ``everybody`` is to be
    hidden.
    """
    officers: set[str] = set()
    persons: set[str] = set()
    minors: set[str] = set()
    for r in results:
        theirs, ours = _in_facts(r.facts)
        persons |= theirs
        officers |= ours
        for f in r.findings:
            for text in (f.message, *(p.quote for p in f.evidence), *f.working):
                minors |= minors_in(text)
                persons |= people_in(text)
    for text in texts:
        minors |= minors_in(text)
        persons |= people_in(text)
    kept = set() if everybody else {plain(n) for n in officers}
    found = persons | minors | (officers if everybody else set())
    everyone = {n for n in found if plain(n) not in kept}
    hidden = stand_ins(everyone, minors)
    pattern = anywhere(everyone)

    def mask(text: str) -> str:
        text = str(text)
        young = minors_in(text)
        here = {n for n in people_in(text) | young if plain(n) not in kept | hidden.keys()}
        if pattern:
            text = pattern.sub(lambda m: hidden[plain(m.group(0))], text)
        own = stand_ins(here, young)
        for n in sorted(here, key=lambda n: -len(n)):
            text = text.replace(n, own[plain(n)])
        return mask_numbers(text)

    return mask


def names_in_facts(facts: Mapping[str, FactSeen]) -> set[str]:
    """People on the side of the party that the facts of a case name."""
    return _in_facts(facts)[0]


def _in_facts(facts: Mapping[str, FactSeen]) -> tuple[set[str], set[str]]:
    """(people on the side of the party, officers) that the facts of a case name."""
    persons: set[str] = set()
    officers: set[str] = set()
    for name, f in facts.items():
        values = f.value if isinstance(f.value, list) else [f.value]
        who = [owner_of(v) for v in values if isinstance(v, str)]
        if name.rpartition(".")[2] in words("执法人员要素"):
            officers |= {v for v in who if is_person(v)}
        elif any(w in name for w in words("当事人一侧要素")):
            persons |= {v for v in who if may_be_person(v)}
    return persons, officers
