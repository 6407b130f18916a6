"""The rules of each platform, each with its source, its date and how sure it is.

The figures are data (`rules.toml`), not code: they change, and a person may know better.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, get_args

from studio.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

Unit = Literal["utf-16", "code points", "utf-8", "utf-16, emoji in utf-8"]
HashtagForm = Literal["word", "spaced"]
Grade = Literal["official", "secondary", "code", "general", "unverified"]


@dataclass(frozen=True)
class Rule:
    """One rule as somebody stated it.

    Args:
        value: the figure, word or list.
        source: who says so.
        as_of: the day it was true, ISO 8601.
        grade: how sure: "official", "secondary", "code", "general" or "unverified".
    """

    value: Any
    source: str
    as_of: str
    grade: Grade


@dataclass(frozen=True)
class Rules:
    """What one platform accepts. `None` and empty mean: not known.

    Lengths are in `unit`. Where sources disagree, the lowest figure warns and the highest blocks.

    Args:
        key: the word for it in files and on the command line ("tiktok").
        name: the name people use.
        caption_max: warn above this length.
        caption_block: block above this length.
        unit: what a length counts. The last one is Threads': emoji as their UTF-8 bytes.
        title_max: length of a separate title.
        hashtags_warn: warn above this number.
        hashtags_block: block above this number.
        hashtag_form: "word": letters, digits, underscore and emoji; "spaced": up to white space.
        mentions_max: block above this number.
        links_max: block above this number.
        links_live: whether a link in a caption can be tapped.
        forbidden: characters a caption may not have.
        banned_tags: hashtags (without #) that must not be used, by the platform or by the human.
        fold: length shown before "more".
        fold_lines: lines shown before "more".
        alt_text_max: length of a picture's description.
        keywords_max: length of all keywords together (YouTube's tags).
        link_max: length of the link field.
        image_formats: as Pillow names them, lower case.
        image_formats_app: what else is taken when posting by hand.
        image_aspect: width / height, least and greatest.
        image_aspect_app: the same for posting by hand, where it differs.
        image_width: pixels, least and greatest; what is wider is scaled down.
        image_width_best: pixels that phones show.
        image_short_side_max: pixels of the shorter side ("1080p").
        image_bytes_max: size of one picture.
        carousel: number of items, least and greatest.
        carousel_app_max: the greatest number when posting by hand, where it differs.
        video_formats: containers, lower case.
        video_codecs: as FFmpeg names them.
        video_aspect: width / height, least and greatest.
        video_aspect_best: width / height that fills the screen.
        video_side: pixels of either side, least and greatest.
        video_width_max: pixels.
        video_fps: pictures a second, least and greatest.
        video_seconds: least and greatest.
        video_seconds_app_max: the greatest when posting by hand, where it differs.
        video_bytes_max: size of one clip.
        cover_aspect: width / height of a clip's cover.
        grid_aspect: width / height of the profile grid.
        posts_per_day: by the platform's programming interface.
        ai_flag: the name of the declaration that a work is generated.
        insights_followers_min: followers from which the platform shows its own statistics.
        why: the source of each rule by its name here.
    """

    key: str
    name: str
    caption_max: int | None = None
    caption_block: int | None = None
    unit: Unit = "utf-16"
    title_max: int | None = None
    hashtags_warn: int | None = None
    hashtags_block: int | None = None
    hashtag_form: HashtagForm = "word"
    mentions_max: int | None = None
    links_max: int | None = None
    links_live: bool | None = None
    forbidden: str = ""
    banned_tags: tuple[str, ...] = ()
    fold: int | None = None
    fold_lines: int | None = None
    alt_text_max: int | None = None
    keywords_max: int | None = None
    link_max: int | None = None
    image_formats: tuple[str, ...] = ()
    image_formats_app: tuple[str, ...] = ()
    image_aspect: tuple[float, float] | None = None
    image_aspect_app: tuple[float, float] | None = None
    image_width: tuple[int, int] | None = None
    image_width_best: int | None = None
    image_short_side_max: int | None = None
    image_bytes_max: int | None = None
    carousel: tuple[int, int] | None = None
    carousel_app_max: int | None = None
    video_formats: tuple[str, ...] = ()
    video_codecs: tuple[str, ...] = ()
    video_aspect: tuple[float, float] | None = None
    video_aspect_best: float | None = None
    video_side: tuple[int, int] | None = None
    video_width_max: int | None = None
    video_fps: tuple[float, float] | None = None
    video_seconds: tuple[float, float] | None = None
    video_seconds_app_max: float | None = None
    video_bytes_max: int | None = None
    cover_aspect: float | None = None
    grid_aspect: float | None = None
    posts_per_day: int | None = None
    ai_flag: str | None = None
    insights_followers_min: int | None = None
    why: Mapping[str, Rule] = field(default_factory=lambda: MappingProxyType({}))


def platforms() -> tuple[str, ...]:
    """Return the keys of the known platforms, the most used first."""
    return tuple(_shipped())


def rules(platform: str) -> Rules:
    """Return the rules of one platform.

    Args:
        platform: its key; case and surrounding white space do not matter.

    Raises:
        Problem: no such platform; names the known ones.
    """
    known = _shipped()
    found = known.get(platform) or known.get(platform.strip().casefold())
    if found is None:
        raise Problem(platform, "is not a known platform", f"Use one of {', '.join(known)}")
    return found


def rules_of(platform: Rules | str) -> Rules:
    """Return the rules themselves, or those Studio brings for a platform's key.

    Raises:
        Problem: no such platform.
    """
    return platform if isinstance(platform, Rules) else rules(platform)


def shipped() -> Mapping[str, Rules]:
    """Return the rules Studio brings, by key."""
    return MappingProxyType(_shipped())


def parse(data: bytes, where: str, base: Mapping[str, Rules] | None = None) -> dict[str, Rules]:
    """Read a rules file.

    Args:
        data: TOML, a table per platform and in it one per rule with `value`, `source`, `as_of`
            and `grade`; UTF-8, with or without a byte order mark.
        where: the file's name, for problems.
        base: rules to build on: what the file does not name stays as it is there.

    Returns:
        Rules by key, those of `base` first.

    Raises:
        Problem: not TOML, or a rule is unknown, incomplete, or of the wrong kind.
    """
    import tomllib

    try:
        tables = tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        mend = "Mend it there, or remove the file to use the rules Studio brings"
        raise Problem(where, f"is not TOML: {error}", mend) from error
    made = dict(base or {})
    for key, table in tables.items():
        if not isinstance(table, dict):
            raise Problem(where, f"{key} is not a table", f"Write it as [{key}.caption_max]")
        made[key] = _rules(key, table, where, made.get(key))
    return made


@cache
def _shipped() -> dict[str, Rules]:
    path = Path(__file__).with_name("rules.toml")
    return parse(path.read_bytes(), path.name)


# How the annotation of each field of `Rules` is checked: the class of a value, or of each of two,
# or of each of many.
_KINDS: dict[str, tuple[type, str]] = {
    "int | None": (int, "one"),
    "float | None": (float, "one"),
    "bool | None": (bool, "one"),
    "str | None": (str, "one"),
    "str": (str, "one"),
    "Unit": (str, "one"),
    "HashtagForm": (str, "one"),
    "tuple[str, ...]": (str, "many"),
    "tuple[int, int] | None": (int, "two"),
    "tuple[float, float] | None": (float, "two"),
}
_WORDS = {"unit": get_args(Unit), "hashtag_form": get_args(HashtagForm)}
_ANNOTATIONS = {f.name: str(f.type) for f in fields(Rules) if f.name not in {"key", "name", "why"}}


def _rules(key: str, table: Mapping[str, Any], where: str, base: Rules | None) -> Rules:
    values: dict[str, Any] = {}
    why: dict[str, Rule] = {}
    name = base.name if base else key
    if base:
        values = {name: getattr(base, name) for name in _ANNOTATIONS}
        why = dict(base.why)
    for rule_name, entry in table.items():
        if rule_name == "name" and isinstance(entry, str):
            name = entry
            continue
        label = f"[{key}.{rule_name}]"
        if rule_name not in _ANNOTATIONS:
            raise Problem(where, f"{label} is no rule", f"Use one of {', '.join(_ANNOTATIONS)}")
        rule = _rule(label, entry, where)
        values[rule_name] = _value(rule_name, label, rule.value, where)
        why[rule_name] = rule
    return Rules(key=key, name=name, **values, why=MappingProxyType(why))


def _rule(label: str, entry: object, where: str) -> Rule:
    if not isinstance(entry, dict) or "value" not in entry:
        raise Problem(where, f"{label} has no value", "Write value, source, as_of and grade")
    texts = {name: entry.get(name, "") for name in ("source", "as_of", "grade")}
    if type(texts["as_of"]) is date:  # a day without quotes is TOML's own
        texts["as_of"] = texts["as_of"].isoformat()
    for name, text in texts.items():
        if not isinstance(text, str) or not text:
            raise Problem(where, f"{label} has no {name}", f'Write {name} = "…" in it')
    if texts["grade"] not in get_args(Grade):
        raise Problem(
            where, f"{label} has no such grade", f"Use one of {', '.join(get_args(Grade))}"
        )
    unknown = set(entry) - {"value", *texts}
    if unknown:
        raise Problem(where, f"{label} has a {min(unknown)}", "Keep value, source, as_of, grade")
    return Rule(value=entry["value"], **texts)


def _value(name: str, label: str, value: object, where: str) -> Any:  # noqa: ANN401 - as TOML has it
    kind, shape = _KINDS[_ANNOTATIONS[name]]
    items = value if isinstance(value, list) else [value]
    # A whole number is a fine float; True is an int only to Python.
    classes = (int, float) if kind is float else (kind,)
    right = all(
        isinstance(item, classes) and (kind is bool or not isinstance(item, bool)) for item in items
    )
    right &= isinstance(value, list) is (shape != "one") and (shape != "two" or len(items) == 2)
    if not right:
        wanted = {"one": "a", "two": "a list of two times a", "many": "a list of"}[shape]
        raise Problem(
            where, f"{label} has a value of the wrong kind", f"Give {wanted} {kind.__name__}"
        )
    if name in _WORDS and value not in _WORDS[name]:
        raise Problem(where, f"{label} has no such value", f"Use one of {'; '.join(_WORDS[name])}")
    if kind in (int, float):
        figures: list[float] = list(items)  # type: ignore[arg-type]
        if not all(math.isfinite(item) for item in figures):
            raise Problem(where, f"{label} is no finite figure", "Leave the rule out instead")
        if any(item < 0 for item in figures):
            raise Problem(where, f"{label} is below zero", "Give a figure of 0 or more")
        if shape == "two" and figures[0] > figures[1]:
            raise Problem(where, f"{label} has more first than last", "Give the least one first")
    if shape == "one":
        return value
    return tuple(items)
