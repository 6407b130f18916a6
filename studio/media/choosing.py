"""Choosing among media by what was decided on them, with live counts.

Within one facet any of the chosen values will do; an entry is shown when every facet with a choice
agrees. A `Sieve` keeps one set of entries for every value of a facet, as the bits of one long
integer, so that ten thousand of them are sifted within a frame.
"""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING

from studio.media.choice import (
    JUDGED,
    KINDS,
    SETS,
    TYPED,
    Choice,
    Entry,
    as_words,
    parse,
    slug,
    spelt,
)
from studio.media.verdict import LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["JUDGED", "KINDS", "Choice", "Entry", "Sieve", "as_words", "parse"]

_REMEMBERED = 64  # words whose finds are kept


class Sieve:
    """Media to choose from.

    Args:
        entries: in the order they are shown, each path once.
        idea_names: the titles of ideas by their paths, for typed names and the search.
    """

    def __init__(self, entries: Sequence[Entry], idea_names: Mapping[str, str]) -> None:
        self._names = dict(idea_names)
        self._paths: list[str] = []
        self._entries: list[Entry] = []
        self._places: dict[str, int] = {}
        self._keys: list[tuple[tuple[str, str], ...]] = []
        self._texts: list[str | None] = []
        self._all = 0
        self._bits: dict[tuple[str, str], int] = {}
        self._found: dict[str, int] = {}
        made: dict[tuple[str, str], list[int]] = {}
        for entry in entries:
            place = self._placed(entry)
            for key in self._keys[place]:
                made.setdefault(key, []).append(place)
        size = len(self._paths)
        for key, places in made.items():
            marks = bytearray((size + 7) // 8)
            for place in places:
                marks[place >> 3] |= 1 << (place & 7)
            self._bits[key] = int.from_bytes(marks, "little")
        self._all = (1 << size) - 1

    def __len__(self) -> int:
        return self._all.bit_count()

    def entry(self, path: str) -> Entry | None:
        """Return what is known of a file, None when it is not here."""
        place = self._places.get(path)
        return None if place is None else self._entries[place]

    def chosen(self, choice: Choice) -> tuple[str, ...]:
        """Return the paths a choice shows, in the order of the entries."""
        bits = self._all
        for _, some in self._facets(choice):
            bits &= some
        return self._listed(bits)

    def counts(self, choice: Choice, *, alone: bool = False) -> Mapping[tuple[str, str], int]:
        """Return for every value how many would be shown if it were chosen, the rest as it is.

        Keys are (facet, value) as `Choice.toggled` takes them; `("unused", "unused")` and
        `("problems", "problems")` for those two.

        Args:
            choice: what is chosen now.
            alone: count a value as if it were the only one of its facet, not one more.
        """
        parts = dict(self._facets(choice))
        rest: dict[str, int] = {}
        for facet in (*SETS, "stars", "unused", "problems"):
            bits = self._all
            for other, some in parts.items():
                if other != facet:
                    bits &= some
            rest[facet] = bits
        made: dict[tuple[str, str], int] = {}
        for key, bits in self._bits.items():
            facet = key[0]
            if facet != "rated":
                more = 0 if alone or facet not in SETS else parts.get(facet, 0)
                made[key] = ((bits | more) & rest[facet]).bit_count()
        for facet, values in (("judged", JUDGED), ("kinds", KINDS)):
            for value in values:
                now = 0 if alone else parts.get(facet, 0)
                made.setdefault((facet, value), (now & rest[facet]).bit_count())
        bits = 0
        for stars in range(5, 0, -1):
            bits |= self._bits.get(("rated", str(stars)), 0)
            made["stars", str(stars)] = (bits & rest["stars"]).bit_count()
        for facet in ("unused", "problems"):
            made.setdefault((facet, facet), 0)
        return made

    def update(self, entry: Entry) -> None:
        """Take in what is known of a file now; one that is new comes last."""
        place = self._places.get(entry.path)
        if place is None:
            place = self._placed(entry)
            bit = 1 << place
        else:
            bit = 1 << place
            for key in self._keys[place]:
                self._bits[key] &= ~bit
                if not self._bits[key]:
                    del self._bits[key]
            self._entries[place] = entry
            self._keys[place] = tuple(_keys(entry))
            self._texts[place] = None
        self._all |= bit
        for key in self._keys[place]:
            self._bits[key] = self._bits.get(key, 0) | bit
        for word, found in self._found.items():
            self._found[word] = found | bit if word in self._text(place) else found & ~bit

    def remove(self, path: str) -> None:
        """Forget a file."""
        place = self._places.pop(path, None)
        if place is None:
            return
        bit = 1 << place
        for key in self._keys[place]:
            self._bits[key] &= ~bit
            if not self._bits[key]:
                del self._bits[key]
        self._keys[place] = ()
        self._texts[place] = ""
        self._all &= ~bit
        for word in self._found:
            self._found[word] &= ~bit

    def completions(self, typed: str, most: int = 8) -> tuple[str, ...]:
        """Return what the last word typed may become, the likeliest first.

        Args:
            typed: all that was typed after "/".
            most: how many.
        """
        if not typed or typed[-1].isspace() or typed.count('"') % 2:
            return ()
        last = typed.rsplit(maxsplit=1)[-1]
        kind, colon, value = last.partition(":")
        if colon and kind.lower() in TYPED:
            facet = TYPED[kind.lower()]
            wanted = value.strip('"').casefold()
            values = {each for one, each in self._bits if one == facet}
            named = [
                (self._name(facet, each), -self._bits[facet, each].bit_count(), each)
                for each in values
            ]
            fitting = [one for one in named if wanted in one[0].casefold()]
            fitting.sort(key=lambda one: (not one[0].casefold().startswith(wanted), one[1], one))
            return tuple(f"{kind}:{spelt(_short(facet, each))}" for _, _, each in fitting[:most])
        words = [*JUDGED, "unused", "problems", *KINDS, *(label.lower() for label in LABELS)]
        words += [f"{word}:" for word in TYPED] + [f"{count}+" for count in range(1, 6)]
        lower = last.lower()
        return tuple(each for each in words if each.startswith(lower) and each != lower)[:most]

    def _placed(self, entry: Entry) -> int:
        if entry.path in self._places:
            raise ValueError(f"{entry.path} is here twice")
        place = self._places[entry.path] = len(self._paths)
        self._paths.append(entry.path)
        self._entries.append(entry)
        self._keys.append(tuple(_keys(entry)))
        self._texts.append(None)
        return place

    def _facets(self, choice: Choice) -> Iterator[tuple[str, int]]:
        """Give the facets that have a choice, and which entries agree with each."""
        for facet in SETS:
            values: frozenset[str] = getattr(choice, facet)
            if values:
                bits = 0
                for value in values:
                    bits |= self._agreeing(facet, value)
                yield facet, bits
        if choice.stars:
            bits = 0
            for stars in range(choice.stars, 6):
                bits |= self._bits.get(("rated", str(stars)), 0)
            yield "stars", bits
        for facet in ("unused", "problems"):
            if getattr(choice, facet):
                yield facet, self._bits.get((facet, facet), 0)
        if choice.text:
            bits = self._all
            for word in choice.text.casefold().split():
                bits &= self._with_word(word)
            yield "text", bits

    def _agreeing(self, facet: str, value: str) -> int:
        exact = self._bits.get((facet, value))
        if exact is not None:
            return exact
        wanted = value.casefold()
        whole = part = 0
        for (one, each), bits in self._bits.items():
            if one == facet and facet not in {"judged", "kinds"}:
                spellings = {each.casefold(), self._name(facet, each).casefold()}
                if facet == "ideas":
                    spellings.add(slug(each).casefold())
                if wanted in spellings:
                    whole |= bits
                elif any(wanted in spelling for spelling in spellings):
                    part |= bits
        return whole or part

    def _name(self, facet: str, value: str) -> str:
        return self._names.get(value) or slug(value) if facet == "ideas" else value

    def _with_word(self, word: str) -> int:
        if word not in self._found:
            if len(self._found) >= _REMEMBERED:
                self._found.pop(next(iter(self._found)))
            marks = bytearray((len(self._paths) + 7) // 8)
            for place in range(len(self._paths)):
                if word in self._text(place):
                    marks[place >> 3] |= 1 << (place & 7)
            self._found[word] = int.from_bytes(marks, "little") & self._all
        return self._found[word]

    def _text(self, place: int) -> str:
        text = self._texts[place]
        if text is None:
            entry = self._entries[place]
            verdict = entry.verdict
            parts = [entry.path, verdict.note, verdict.label, entry.prompt]
            parts += [pin.text for pin in verdict.pins]
            parts += [self._name("ideas", idea) for idea in entry.ideas]
            text = "\n".join(part for part in parts if part).casefold()
            self._texts[place] = text
        return text

    def _listed(self, bits: int) -> tuple[str, ...]:
        size = len(self._paths)
        marks = bin(bits | 1 << size)[:2:-1].encode()  # "1" where a bit is set, the first bit first
        return tuple(compress(self._paths, map((48).__lt__, marks)))


def _keys(entry: Entry) -> Iterator[tuple[str, str]]:
    """Give the sets that an entry is in."""
    verdict = entry.verdict
    yield "judged", JUDGED[0 if verdict.keep is None else 1 if verdict.keep else 2]
    yield "kinds", entry.kind
    if verdict.stars:
        yield "rated", str(verdict.stars)
    if verdict.label:
        yield "labels", verdict.label
    for facet, values in (("ideas", entry.ideas), ("pillars", entry.pillars)):
        for value in dict.fromkeys(values):
            yield facet, value
    if entry.maker:
        yield "makers", entry.maker
    if not entry.ideas:
        yield "unused", "unused"
    if entry.failing:
        yield "problems", "problems"


def _short(facet: str, value: str) -> str:
    return slug(value) if facet == "ideas" else value
