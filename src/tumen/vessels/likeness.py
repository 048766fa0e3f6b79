"""How alike two names of ships are: by rules of the field, where letters alone would join the ships of a fleet.

A name is what is left of it without what tells the kind of ship, in Latin letters. Its numbers are set apart: ships of
a fleet differ by nothing else.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from dataclasses import dataclass

from anyascii import anyascii
from rapidfuzz.distance import OSA

from tumen.vessels.ship_names import name_meant

#: Scores, of 100, of names that are the same in another order of words, or in another way of writing sounds.
REORDERED, RESPELLED = 96.0, 95.0

#: Letters that a name has at least before another spelling of its sounds counts as the same.
LEAST_SOUNDS = 6

#: What a letter that differs at the beginning of a word counts: it is seldom a slip.
_AT_BEGINNING = 1.5

#: What stands before a name and says what kind of ship it is. Two letters without a mark between them are
#: taken only where no word begins so.
_KIND = re.compile(
    r"^(?:[MSFRTL]\s?[/.\\]\s?[VTSYBK]\b\.?|(?:M\s[VT]|S\s[SV])\b|(?:MV|MT|SS|FV|SV|RV|TB|MS|MTS|MSV|FPSO|LPGC|LNGC)\b\.?"
    r"|LPG\s?/\s?C\b|LNG\s?/\s?C\b|(?:MOTOR|STEAM)[ -]?(?:VESSEL|TANKER|SHIP)\b|VESSEL\b)[\s:,-]*(?=\S)"
)
_ROMAN = {
    roman: str(number)
    for number, roman in enumerate(
        (tens + ones for tens in ("", "X") for ones in ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")), 1
    )
}
_COUNTED = ("ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE", "TEN")
_WORDS = {word: str(number) for number, word in enumerate(_COUNTED, start=1)}
_PART = re.compile(r"[A-Z]+|\d+")
_QUOTES = re.compile(r"['’ʼ`´]")
_GERMANIC = str.maketrans({"Ä": "AE", "Ö": "OE", "Ü": "UE", "Å": "AA", "Ø": "OE", "Æ": "AE"})

#: Sounds that alphabets in capitals are written down with in several ways, each with one way.
_SLAVIC = (
    ("SHCH", "SCH"),
    ("KH", "H"),
    ("X", "KS"),
    ("TS", "C"),
    ("TZ", "C"),
    ("ZH", "Z"),
    ("J", "Y"),
    ("YO", "E"),
    ("IE", "E"),
    ("YE", "E"),
    ("IA", "YA"),
    ("IU", "YU"),
    ("IY", "I"),
    ("YI", "I"),
    ("Y", "I"),
    ("II", "I"),
    ("W", "V"),
    ("OU", "U"),
    ("EE", "I"),
    ("OO", "U"),
)

#: A word of syllables as Hangul is written down, whichever way.
_SYLLABLES = re.compile(
    r"(?:(?:KK|KH|K|GG|G|NN|N|TT|TH|T|DD|D|R|L|M|PP|PH|P|BB|B|SS|SH|S|CCH|CHH|CH|JJ|J|H)?"
    r"(?:YAE|YEO|YAI|WAE|WEO|YA|YE|YO|YU|YI|AE|AI|EO|EU|OE|OI|WA|WE|WI|WO|UI|EUI|EE|OO|A|E|I|O|U)"
    r"(?:NG|K|G|N|T|D|L|M|P|B|S)?)+"
)
_HANGUL = (
    *((pair, pair[0]) for pair in ("KK", "GG", "TT", "DD", "PP", "BB", "SS", "JJ")),
    ("SH", "S"),
    ("CHH", "J"),
    ("CCH", "J"),
    ("CH", "J"),
    ("KH", "K"),
    ("TH", "T"),
    ("PH", "P"),
    ("YEO", "YO"),
    ("WEO", "WO"),
    ("EUI", "UI"),
    ("EO", "O"),
    ("EU", "U"),
    ("OO", "U"),
    ("EE", "I"),
    ("AI", "AE"),
    ("OI", "OE"),
    ("G", "K"),
    ("D", "T"),
    ("B", "P"),
    ("L", "R"),
    ("NR", "N"),
    ("RR", "R"),
    ("NN", "N"),
    ("RY", "Y"),
    *((pair, pair[0]) for pair in ("KK", "TT", "PP")),
)


@dataclass(frozen=True)
class NameParts:
    """A name in parts.

    Args:
        words: letters between blanks, marks and numbers, in Latin capitals.
        numbers: in their order, Roman ones as digits.
    """

    words: tuple[str, ...]
    numbers: tuple[str, ...]

    @property
    def letters(self) -> str:
        """All words as one."""
        return "".join(self.words)


@functools.lru_cache(maxsize=200_000)
def name_parts(name: str) -> NameParts:
    """A ship's name in parts, without what tells the kind of ship.

    Args:
        name: in any alphabet, as `name_meant` gives it.

    Example:
        >>> name_parts("M/V STAR-LIGHT II"), name_parts("ЯНТАРЬ No.07")
        (NameParts(words=('STAR', 'LIGHT'), numbers=('2',)), NameParts(words=('YANTAR',), numbers=('7',)))
    """
    latin = _QUOTES.sub("", anyascii(name)).upper()
    parts = _PART.findall(re.sub(r"\bN(?:O|R|UM)?\s?[.º°]?\s?(?=\d)", "", _KIND.sub("", latin)))
    words, numbers = [], []
    for place, part in enumerate(parts):
        last = place == len(parts) - 1 and place > 0
        read = part if part.isdigit() else _ROMAN.get(part) or _WORDS.get(part) if last else None
        if part.isdigit():
            numbers.append(part.lstrip("0") or "0")
        elif read:
            numbers.append(read)
        else:
            words.append(part)
    return NameParts(tuple(words), tuple(numbers))


def likeness(one: str, other: str) -> float:
    """How alike two names are, of 100; 100 only for one name, but for what says the kind of ship, blanks and marks.

    Numbers that differ make two ships: 0. Otherwise, the letters that do not differ as a share of all, so that from
    90 one may be another in ten, or two in twenty; a letter at the beginning of a word counts one and a half. The same
    words in another order are `REORDERED`. The same sounds, written down from another alphabet in another way, are
    `RESPELLED`, from `LEAST_SOUNDS` letters on.

    Limits: which names are common is not known here. A short name has one letter that differs too many.

    Example:
        >>> likeness("M/V BRAVO SUN", "BRAVO SUN"), likeness("TEST STAR 7", "TEST STAR 1")
        (100.0, 0.0)
        >>> likeness("CHONG BONG", "CHONG PONG"), likeness("SUN BRIGHT STAR", "SUNBRIGHT STAB")
        (95.0, 92.3)
    """
    pairs = ((name_parts(a), name_parts(b)) for a in spellings(name_meant(one)) for b in spellings(name_meant(other)))
    return max(_likeness(a, b) for a, b in pairs)


def spellings(name: str) -> tuple[str, ...]:
    """A name, and where it has umlauts or the like, the name with two letters in place of each."""
    wide = name.translate(_GERMANIC)
    return (name,) if wide == name else (name, wide)


def sound_keys(parts: NameParts) -> tuple[object, ...]:
    """What two names share where they are one in another order of words, or may be the same sounds."""
    same = [tuple(sorted(parts.words)), _respelled(parts.letters, _SLAVIC), _respelled(parts.letters, _HANGUL)]
    return tuple((kind, parts.numbers, key) for kind, key in enumerate(same))


def _likeness(one: NameParts, other: NameParts) -> float:
    if one.numbers != other.numbers or not (one.letters and other.letters):
        alone = not one.letters and not other.letters
        return 100.0 if alone and one.numbers == other.numbers and one.numbers else 0.0
    if one.letters == other.letters:
        return 100.0
    if Counter(one.words) == Counter(other.words):
        return REORDERED
    if min(len(one.letters), len(other.letters)) >= LEAST_SOUNDS and _same_sounds(one, other):
        return RESPELLED
    return _by_letters(one, other)


def _same_sounds(one: NameParts, other: NameParts) -> bool:
    """Whether two names are the same sounds, written down in two ways."""
    if _respelled(one.letters, _SLAVIC) == _respelled(other.letters, _SLAVIC):
        return True
    if not all(_SYLLABLES.fullmatch(word) for word in (*one.words, *other.words)):
        return False
    return _respelled(one.letters, _HANGUL) == _respelled(other.letters, _HANGUL)


@functools.lru_cache(maxsize=200_000)
def _respelled(letters: str, ways: tuple[tuple[str, str], ...]) -> str:
    for several, way in ways:
        letters = letters.replace(several, way)
    return letters


def _by_letters(one: NameParts, other: NameParts) -> float:
    """The letters that do not differ as a share of the longer name, of 100; two that changed places differ once."""
    longer = max(len(one.letters), len(other.letters))
    differing = float(OSA.distance(one.letters, other.letters))
    if differing <= longer / 2 and _begin_apart(one, other):
        differing += _AT_BEGINNING - 1
    return round(max(0.0, 100 * (1 - differing / longer)), 1)


def _begin_apart(one: NameParts, other: NameParts) -> bool:
    """Whether the names, or words of theirs in the same place, begin with different letters."""
    if len(one.words) != len(other.words):
        return one.letters[0] != other.letters[0]
    return any(a[0] != b[0] for a, b in zip(one.words, other.words, strict=True))
