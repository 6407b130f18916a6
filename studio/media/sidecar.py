"""The sidecar beside a media file: `x.jpg.xmp` holds the verdict on `x.jpg`.

Rating and label are Adobe's, so that Bridge, darktable and digiKam show them; a rejected file has
the rating -1, as Bridge and darktable write it (`studio.media.foreign` has the rest of what they
read). What XMP has no word for stands in a namespace of our own, as simple texts, which every
program that rewrites a sidecar hands on: lists as JSON, seconds as decimal numbers.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, NoReturn

from studio.media.foreign import (
    COLOURS,
    PICK,
    keep_properties,
    keep_said,
    label_properties,
    label_said,
)
from studio.media.verdict import ANSWERS, MOST_PINS, NO_VERDICT, Pin, Verdict
from studio.media.xmp import ALT_TEXT, NEW_PACKET, XMP, Packet, clean
from studio.media.xmp_places import OWN, Name

if TYPE_CHECKING:
    from collections.abc import Mapping

_RATING = Name(XMP, "Rating")
_LABEL = Name(XMP, "Label")
_KEPT = Name(OWN, "kept")  # true, false
_STARS = Name(OWN, "stars")  # of a rejected file, whose xmp:Rating is -1
_NOTE = Name(OWN, "note")
_IDENTITY = Name(OWN, "identity")
_BRIEF = Name(OWN, "brief")
_PINS = Name(OWN, "pins")
_TICKS = Name(OWN, "ticks")
_IN = Name(OWN, "in")
_OUT = Name(OWN, "out")
_POSTER = Name(OWN, "poster")
_TOLD_PICK = Name(OWN, "pick")  # the digiKam:PickLabel we wrote last
_TOLD_LABEL = Name(OWN, "label")  # the xmp:Label we wrote last

_DECISION = (_RATING, _KEPT, _STARS)

_REJECTED = "-1"
_LONGEST_LIST = 256 * 1024  # characters of JSON that are parsed
_MOST_TICKS = 1000
_LONGEST_CLIP = 1e7  # seconds; four months


def sidecar_path(path: str) -> str:
    """Return the path of a media file's sidecar."""
    return path + ".xmp"


def read_verdict(data: bytes | None, *, where: str = "sidecar") -> Verdict:
    """Return the verdict a sidecar holds, whoever wrote it; an empty one for no sidecar.

    Args:
        data: the sidecar's bytes, None when there is none.
        where: what to call the file in a problem.

    Raises:
        Problem: the sidecar is damaged.
    """
    return NO_VERDICT if data is None else _verdict(Packet(data, where))


def read_with_brief(data: bytes, *, where: str = "sidecar") -> tuple[Verdict, str | None]:
    """Return the verdict a sidecar holds and the brief its file was made for, if it says so.

    Raises:
        Problem: the sidecar is damaged.
    """
    packet = Packet(data, where)
    return _verdict(packet), packet.get(_BRIEF) or None


def merge_verdict(
    data: bytes | None, verdict: Verdict, *, identity: str | None = None, where: str = "sidecar"
) -> bytes:
    """Return a sidecar that holds `verdict` and everything else `data` holds.

    Only what differs is written: the same verdict gives the same bytes. Characters that XML
    cannot hold (control characters but line feed and tab) are left out of label and note.

    Args:
        data: the sidecar's bytes, None when there is none.
        verdict: what to say.
        identity: the content the verdict is about (`studio.media.identity`); written along with
            a change, never for its own sake.
        where: what to call the file in a problem.

    Raises:
        Problem: the sidecar is damaged; nothing is lost by it.
        ValueError: the stars are not 0 to 5, or a place or time is negative or not finite.
    """
    if verdict.stars is not None and verdict.stars not in range(6):
        raise ValueError(f"stars are 0 to 5, not {verdict.stars}")
    base = NEW_PACKET if data is None else data
    packet = Packet(base, where)
    before = _verdict(packet)
    old, new = _properties(before), _properties(verdict)
    changes = {name: new[name] for name in new if new[name] != old[name]}
    alt = clean(verdict.alt or "") or None
    if alt != before.alt:
        packet = packet.with_text(ALT_TEXT, alt)
        base = packet.data
        if not changes and identity is not None and packet.get(_IDENTITY) != identity:
            changes[_IDENTITY] = identity
    if not changes:
        return base
    if not changes.keys().isdisjoint(_DECISION):
        # All of it is said anew, in every voice: it may have come from one of several.
        changes |= {name: new[name] for name in _DECISION}
        changes |= keep_properties(packet.get, verdict.keep, changed=verdict.keep != before.keep)
        changes[_TOLD_PICK] = changes.get(PICK, packet.get(PICK))
    if new[_LABEL] != old[_LABEL]:
        changes |= label_properties(packet.get, packet.text(COLOURS), new[_LABEL])
        changes[_TOLD_LABEL] = new[_LABEL]
    if identity is not None and packet.get(_IDENTITY) != identity:
        changes[_IDENTITY] = identity
    return packet.with_values(changes).data


def recorded_identity(data: bytes | None, *, where: str = "sidecar") -> str | None:
    """Return the identity of the content that the verdict was about, None when not recorded.

    Raises:
        Problem: the sidecar is damaged.
    """
    return None if data is None else Packet(data, where).get(_IDENTITY)


def recorded_brief(data: bytes | None, *, where: str = "sidecar") -> str | None:
    """Return the brief a file was made for, None when it is not recorded.

    Raises:
        Problem: the sidecar is damaged.
    """
    return None if data is None else Packet(data, where).get(_BRIEF) or None


def with_brief(data: bytes | None, brief: str | None, *, where: str = "sidecar") -> bytes:
    """Return a sidecar that records the brief its file was made for, all else as it was.

    Raises:
        Problem: the sidecar is damaged.
    """
    base = NEW_PACKET if data is None else data
    packet = Packet(base, where)
    text = clean(brief or "") or None
    return base if packet.get(_BRIEF) == text else packet.with_values({_BRIEF: text}).data


def _verdict(packet: Packet) -> Verdict:
    get = packet.get
    rating = _number(get(_RATING))
    rejected = rating is not None and rating < 0
    stars = _number(get(_STARS)) if rejected else rating
    ours = {"true": True, "false": False}.get(get(_KEPT) or "")
    start, end = _seconds(get(_IN)), _seconds(get(_OUT))
    return Verdict(
        keep=keep_said(get, rejected, ours, get(_TOLD_PICK)),
        stars=stars if stars is not None and 0 <= stars <= 5 else None,
        label=label_said(
            get, get(_LABEL) or None, packet.text(COLOURS) or "", get(_TOLD_LABEL) or None
        ),
        note=get(_NOTE) or None,
        pins=_pins(get(_PINS)),
        ticks=_ticks(get(_TICKS)),
        span=None if start is None and end is None else (start, end),
        poster=_seconds(get(_POSTER)),
        alt=clean(packet.in_languages(ALT_TEXT) or "") or None,
    )


def _properties(verdict: Verdict) -> Mapping[Name, str | None]:
    stars = None if verdict.stars is None else str(verdict.stars)
    rejected = verdict.keep is False
    start, end = verdict.span or (None, None)
    return {
        _RATING: _REJECTED if rejected else stars,
        _KEPT: None if verdict.keep is None else str(verdict.keep).lower(),
        _STARS: stars if rejected else None,
        _LABEL: clean(verdict.label or "") or None,
        _NOTE: clean(verdict.note or "") or None,
        _PINS: _as_json([_pin_json(pin) for pin in verdict.pins]),
        _TICKS: _as_json(dict(verdict.ticks)),
        _IN: _figure(start),
        _OUT: _figure(end),
        _POSTER: _figure(verdict.poster),
    }


def _number(text: str | None) -> int | None:
    """Return a rating written as `3`, `3.0` or ` 3 `; None for anything else."""
    if text is None or len(text) > 20:
        return None
    try:
        number = float(text)
    except ValueError:
        return None
    return round(number) if abs(number) < 1000 else None  # infinities and NaN fail the comparison


# Lists and seconds


def _figure(number: float | None) -> str | None:
    if number is None:
        return None
    if not math.isfinite(number) or number < 0:
        raise ValueError(f"{number} is no place and no time")
    return repr(float(number))  # the shortest text that is read back as the same number


def _seconds(text: str | None) -> float | None:
    if text is None or len(text) > 40:
        return None
    try:
        number = float(text)
    except ValueError:
        return None
    return number if 0 <= number <= _LONGEST_CLIP else None


def _as_json(made: list[Any] | dict[str, Any]) -> str | None:
    if not made:
        return None
    return clean(json.dumps(made, ensure_ascii=False, separators=(",", ":")))


def _pin_json(pin: Pin) -> dict[str, Any]:
    figures = {"x": pin.x, "y": pin.y, "start": pin.start, "end": pin.end}
    told = {name: float(_figure(one) or 0) for name, one in figures.items() if one is not None}
    return {"text": clean(pin.text), **told}


def _pins(text: str | None) -> tuple[Pin, ...]:
    made = _parsed(text)
    if not isinstance(made, list):
        return ()
    return tuple(_pin(each) for each in made[:MOST_PINS] if isinstance(each, dict))


def _pin(made: dict[str, Any]) -> Pin:
    def figure(name: str, most: float) -> float | None:
        value = made.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        return float(value) if 0 <= value <= most else None

    text = made.get("text")
    return Pin(
        text if isinstance(text, str) else "",
        figure("x", 1),
        figure("y", 1),
        figure("start", _LONGEST_CLIP),
        figure("end", _LONGEST_CLIP),
    )


def _ticks(text: str | None) -> tuple[tuple[str, str], ...]:
    made = _parsed(text)
    if not isinstance(made, dict):
        return ()
    told = [(name, answer) for name, answer in made.items() if answer in ANSWERS]
    return tuple(sorted(told[:_MOST_TICKS]))


def _parsed(text: str | None) -> Any:  # noqa: ANN401 (JSON)
    if not text or len(text) > _LONGEST_LIST:
        return None
    try:
        return json.loads(text, parse_constant=_refused)
    except (ValueError, RecursionError):
        return None


def _refused(_: str) -> NoReturn:
    raise ValueError
