"""What to show of the media: a choice, and how it is typed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from studio.media.verdict import LABELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from studio.media.verdict import Verdict

JUDGED: tuple[str, ...] = ("unjudged", "kept", "rejected")
KINDS: tuple[str, ...] = ("picture", "clip", "music")

SETS = ("judged", "labels", "ideas", "pillars", "makers", "kinds")
TYPED = {"label": "labels", "idea": "ideas", "pillar": "pillars", "maker": "makers"}
_WRITTEN = {facet: word for word, facet in TYPED.items()}
_KIND_WORDS = {"pictures": "picture", "clips": "clip"} | {kind: kind for kind in KINDS}
_JUDGED_WORDS = {"keep": "kept", "reject": "rejected"} | {word: word for word in JUDGED}
_STARS = re.compile(r"([1-5])\+|([1-5])★\+?|★{1,5}\+?")
_TOKEN = re.compile(r'(?:"(?:[^"\\]|\\.)*"?|[^\s"])+')
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"?')


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one media file that a choice can be about.

    Attributes:
        path: of the file in the project.
        kind: picture, clip or music.
        verdict: what was decided on it.
        ideas: the paths of the ideas that use it.
        pillars: of those ideas.
        maker: what generated it, as far as it says.
        group: which takes it belongs to (`studio.media.groups`).
        failing: whether a check fails that no human has overruled; None when not known.
        prompt: what it was made from, without the seed.
        brief: the brief it was made for.
    """

    path: str
    kind: str
    verdict: Verdict
    ideas: tuple[str, ...] = ()
    pillars: tuple[str, ...] = ()
    maker: str | None = None
    group: str = ""
    failing: bool | None = None
    prompt: str | None = None
    brief: str | None = None


@dataclass(frozen=True)
class Choice:
    """What is to be shown; all of it empty is everything.

    Names of labels, ideas, pillars and makers are found whatever their case, and by a part of them
    when none has the whole name.

    Attributes:
        judged: some of `JUDGED`.
        stars: at least so many, 1 to 5.
        labels: words of labels.
        ideas: paths or names of ideas that use it.
        pillars: names of pillars of those ideas.
        makers: names of what made it.
        unused: only what no idea uses.
        problems: only what has a failing check.
        kinds: some of `KINDS`.
        text: words that all have to be in its name, note, label, pins, prompt, or an idea's name.
    """

    judged: frozenset[str] = frozenset()
    stars: int | None = None
    labels: frozenset[str] = frozenset()
    ideas: frozenset[str] = frozenset()
    pillars: frozenset[str] = frozenset()
    makers: frozenset[str] = frozenset()
    unused: bool = False
    problems: bool = False
    kinds: frozenset[str] = frozenset()
    text: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", " ".join(self.text.split()))

    @property
    def empty(self) -> bool:
        """Whether everything is shown."""
        return self == Choice()

    def toggled(self, facet: str, value: str) -> Choice:
        """Return the choice with a value taken in, or out if it was in.

        Args:
            facet: the name of a field.
            value: one of its values; of stars "1" to "5"; of `unused` and `problems` whatever; of
                text all of it.

        Raises:
            ValueError: there is no such facet, or no such number of stars.
        """
        changed: dict[str, Any] = {}
        if facet in SETS:
            changed[facet] = getattr(self, facet) ^ {value}
        elif facet in {"unused", "problems"}:
            changed[facet] = not getattr(self, facet)
        if changed:
            return replace(self, **changed)
        if facet == "stars" and value in {"1", "2", "3", "4", "5"}:
            return replace(self, stars=None if self.stars == int(value) else int(value))
        if facet == "text":
            return replace(self, text="" if self.text == " ".join(value.split()) else value)
        raise ValueError(f"there is no facet {facet} of {value!r}")

    def words(self, names: Mapping[str, str] | None = None) -> str:
        """Return the choice for a human to read, "kept, 3+ stars, unused"; "" for everything.

        Args:
            names: of ideas by their paths; without one the file's name is shown.
        """
        known = names or {}
        said = _in_order(self.judged, JUDGED)
        if self.stars:
            said.append("5 stars" if self.stars == 5 else f"{self.stars}+ stars")
        said += [label.lower() if label in LABELS else label for label in _labels(self.labels)]
        said += [known.get(idea) or slug(idea) for idea in sorted(self.ideas)]
        said += [*sorted(self.pillars), *sorted(self.makers)]
        said += [each if each == "music" else f"{each}s" for each in _in_order(self.kinds, KINDS)]
        said += ["unused"] if self.unused else []
        said += ["problems"] if self.problems else []
        said += [f"“{self.text}”"] if self.text else []
        return ", ".join(said)


# Typed


def parse(words: str) -> Choice:
    """Return the choice that is typed: `kept 3+ red idea:xmas maker:comfy unused clip snow`.

    What is no word of this little language is text to look for; quotes make text of anything.
    Commas between words are passed over, so that what `Choice.words` says can mostly be typed too.
    """
    sets: dict[str, set[str]] = {facet: set() for facet in SETS}
    stars: int | None = None
    flags = {"unused": False, "problems": False}
    text: list[str] = []
    tokens = [found[0] for found in _TOKEN.finditer(words)]
    for place, token in enumerate(tokens):
        quoted = token.startswith('"')
        bare = token if quoted or len(token) == 1 else token.removesuffix(",")
        lower = bare.lower()
        kind, colon, value = bare.partition(":")
        after = tokens[place + 1].strip(",").lower() if place + 1 < len(tokens) else ""
        before = tokens[place - 1] if place else ""
        if quoted:
            text.append(_plain(bare))
        elif lower in _JUDGED_WORDS:
            sets["judged"].add(_JUDGED_WORDS[lower])
        elif lower.title() in LABELS:
            sets["labels"].add(lower.title())
        elif lower in _KIND_WORDS:
            sets["kinds"].add(_KIND_WORDS[lower])
        elif lower in flags:
            flags[lower] = True
        elif colon and kind.lower() in TYPED and _plain(value):
            sets[TYPED[kind.lower()]].add(_plain(value))
        elif _STARS.fullmatch(bare) or (bare in {*"12345"} and after in {"star", "stars"}):
            stars = int(bare[0]) if bare[0].isdigit() else bare.count("★")
        elif lower in {"star", "stars"} and re.fullmatch(r"[1-5]\+?", before):
            continue
        else:
            text.append(_plain(bare))
    return Choice(
        judged=frozenset(sets["judged"]),
        stars=stars,
        labels=frozenset(sets["labels"]),
        ideas=frozenset(sets["ideas"]),
        pillars=frozenset(sets["pillars"]),
        makers=frozenset(sets["makers"]),
        unused=flags["unused"],
        problems=flags["problems"],
        kinds=frozenset(sets["kinds"]),
        text=" ".join(text),
    )


def as_words(choice: Choice) -> str:
    """Return what to type for a choice; `parse` makes the same choice of it."""
    typed = _in_order(choice.judged, JUDGED)
    typed += [f"{choice.stars}+"] if choice.stars else []
    typed += [
        label.lower() if label in LABELS else f"label:{spelt(label)}"
        for label in _labels(choice.labels)
    ]
    for facet in ("ideas", "pillars", "makers"):
        typed += [f"{_WRITTEN[facet]}:{spelt(each)}" for each in sorted(getattr(choice, facet))]
    typed += _in_order(choice.kinds, KINDS)
    typed += ["unused"] if choice.unused else []
    typed += ["problems"] if choice.problems else []
    for word in choice.text.split():
        alone = parse(word)
        plain = alone == Choice(text=word) and '"' not in word and "\\" not in word
        typed.append(word if plain and word.lower() not in {"star", "stars"} else _quoted(word))
    return " ".join(typed)


def _plain(token: str) -> str:
    """Return a token without its quotes."""
    return _QUOTED.sub(lambda found: re.sub(r"\\(.)", r"\1", found[1], flags=re.DOTALL), token)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def spelt(value: str) -> str:
    """Return a value as it is typed behind a colon."""
    return value if re.fullmatch(r"[^\s\",\\]+", value) else _quoted(value)


def _in_order(values: Iterable[str], order: Sequence[str]) -> list[str]:
    there = set(values)
    return [value for value in order if value in there]


def _labels(labels: Iterable[str]) -> list[str]:
    return sorted(labels, key=lambda label: (LABELS.index(label) if label in LABELS else 9, label))


def slug(path: str) -> str:
    """Return the name of an idea's file without its ending."""
    return path.rpartition("/")[2].removesuffix(".md")
