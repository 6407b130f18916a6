"""The sidecar beside a media file: `x.jpg.xmp` holds the verdict on `x.jpg`.

Rating and label are Adobe's, so that Bridge, darktable and digiKam show them; a rejected file has
the rating -1, as Bridge and darktable write it. What XMP has no word for (kept, note, the stars of
a rejected file, the content the verdict was about) stands in a namespace of our own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.media.verdict import Verdict
from studio.media.xmp import NEW_PACKET, XMP, Packet, clean
from studio.media.xmp_places import Name

if TYPE_CHECKING:
    from collections.abc import Mapping

OWN = "urn:studio:review:1"

_RATING = Name(XMP, "Rating")
_LABEL = Name(XMP, "Label")
_KEPT = Name(OWN, "kept")
_STARS = Name(OWN, "stars")  # of a rejected file, whose xmp:Rating is -1
_NOTE = Name(OWN, "note")
_IDENTITY = Name(OWN, "identity")

_REJECTED = "-1"


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
    return Verdict() if data is None else _verdict(Packet(data, where))


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
        ValueError: the stars are not 0 to 5.
    """
    if verdict.stars is not None and verdict.stars not in range(6):
        raise ValueError(f"stars are 0 to 5, not {verdict.stars}")
    base = NEW_PACKET if data is None else data
    packet = Packet(base, where)
    old, new = _properties(_verdict(packet)), _properties(verdict)
    changes = {name: new[name] for name in new if new[name] != old[name]}
    if not changes:
        return base
    if identity is not None and packet.get(_IDENTITY) != identity:
        changes[_IDENTITY] = identity
    return packet.with_values(changes).data


def recorded_identity(data: bytes | None, *, where: str = "sidecar") -> str | None:
    """Return the identity of the content that the verdict was about, None when not recorded.

    Raises:
        Problem: the sidecar is damaged.
    """
    return None if data is None else Packet(data, where).get(_IDENTITY)


def _verdict(packet: Packet) -> Verdict:
    rating = _number(packet.get(_RATING))
    rejected = rating is not None and rating < 0
    kept = packet.get(_KEPT) == "true"
    stars = _number(packet.get(_STARS)) if rejected else rating
    return Verdict(
        keep=False if rejected else (True if kept else None),
        stars=stars if stars is not None and 0 <= stars <= 5 else None,
        label=packet.get(_LABEL) or None,
        note=packet.get(_NOTE) or None,
    )


def _properties(verdict: Verdict) -> Mapping[Name, str | None]:
    stars = None if verdict.stars is None else str(verdict.stars)
    rejected = verdict.keep is False
    return {
        _RATING: _REJECTED if rejected else stars,
        _KEPT: "true" if verdict.keep else None,
        _STARS: stars if rejected else None,
        _LABEL: clean(verdict.label or "") or None,
        _NOTE: clean(verdict.note or "") or None,
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
