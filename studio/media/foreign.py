"""What other programs write about keeping and colours, read and kept in step.

Who reads what (darktable `src/common/exif.cc`; digiKam `dmetadata_labels.cpp`, 2019 and 2022;
Lightroom Classic from 13.2 on, secondary sources):

- darktable: `xmp:Rating`, -1 a reject; `xmp:Label` when it is exactly Red, Yellow, Green, Blue or
  Purple; only without any `xmp:Label` its own `darktable:colorlabels`, the one it writes (0 to 4
  in that order). It never writes `xmp:Label`, which is stale after a change of colour there.
- digiKam: `digiKam:PickLabel` (1 rejected, 2 pending, 3 accepted), `digiKam:ColorLabel` (0 none,
  to 9) before `xmp:Label` in the same five words; it writes both, and removes an `xmp:Label` it
  has no word for. A rating of -1 is no rating to it.
- Lightroom and Bridge: `xmp:Rating`, `xmp:Label` in the words of the user's language; flags in
  `xmpDM:pick` (-1, 0, 1) and `xmpDM:good`.

Two rules follow. Reading: our own properties say what we wrote last, so whatever says something
else was set elsewhere afterwards, and that counts. Writing: a foreign property changes only with
the part of the verdict it stands for and only if it contradicts that, and none is added but
`digiKam:PickLabel`, without which digiKam would not know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.media.xmp_places import Name

if TYPE_CHECKING:
    from collections.abc import Callable

    Get = Callable[[Name], str | None]

DIGIKAM = "http://www.digikam.org/ns/1.0/"
DARKTABLE = "http://darktable.sf.net/"
DYNAMIC_MEDIA = "http://ns.adobe.com/xmp/1.0/DynamicMedia/"

PICK = Name(DIGIKAM, "PickLabel")
COLOUR = Name(DIGIKAM, "ColorLabel")
COLOURS = Name(DARKTABLE, "colorlabels")  # a list; its text is read, it is only ever removed
FLAG = Name(DYNAMIC_MEDIA, "pick")
GOOD = Name(DYNAMIC_MEDIA, "good")

_PICKS: dict[str, bool | None] = {"0": None, "1": False, "2": None, "3": True}
_PICKED = {True: "3", False: "1", None: "0"}
_FLAGS = {"1": True, "-1": False}
_FLAGGED = {True: "1", False: "-1", None: "0"}
# digiKam's numbers from 1 on; its magenta is Lightroom's Purple, the rest Lightroom does not have.
_DIGIKAM = ("Red", "Orange", "Yellow", "Green", "Blue", "Purple", "Gray", "Black", "White")
_DARKTABLE = ("Red", "Yellow", "Green", "Blue", "Purple")


def keep_said(get: Get, rejected: bool, ours: bool | None, told: str | None) -> bool | None:
    """Return whether a file is kept, going by what changed since our own decision.

    Where several programs changed it, kept comes before rejected, and rejected before taken back:
    a picture rejected by mistake may be cleared away, one kept by mistake is only in the way.

    Args:
        get: returns a property's text.
        rejected: whether `xmp:Rating` is -1.
        ours: what we decided last.
        told: the `digiKam:PickLabel` we wrote last, None when we never wrote one. A 0 or a 2 beside
            it are no decision then: digiKam writes them for what it knows nothing of.
    """
    said: set[bool | None] = set()
    if rejected != (ours is False):
        said.add(False if rejected else None)
    pick = (get(PICK) or "").strip()
    if pick in _PICKS and pick != told:
        keep = _PICKS[pick]
        if keep != ours and (told is not None or keep is not None):
            said.add(keep)
    flag = _FLAGS.get((get(FLAG) or "").strip())
    if flag is None and get(FLAG) is None and (get(GOOD) or "").strip().lower() == "true":
        flag = True
    if flag is not None and flag != ours:
        said.add(flag)
    return next((keep for keep in (True, False, None) if keep in said), ours)


def keep_properties(get: Get, keep: bool | None, *, changed: bool) -> dict[Name, str | None]:
    """Return the foreign properties that are to change with a decision: those that contradict it.

    Args:
        get: returns a property's text.
        keep: the decision.
        changed: whether it is a new one, which digiKam is then told even if it never wrote here.
    """
    made: dict[Name, str | None] = {}
    pick, flag, good = (get(name) for name in (PICK, FLAG, GOOD))
    if (changed and keep is not None) if pick is None else _PICKS.get(pick.strip()) != keep:
        made[PICK] = _PICKED[keep]
    if flag is not None and _FLAGS.get(flag.strip()) != keep:
        made[FLAG] = _FLAGGED[keep]
    if good is not None and (good.strip().lower() == "true") != (keep is True):
        made[GOOD] = None if keep is None else str(keep).lower()
    return made


def label_said(get: Get, label: str | None, colours: str, ours: str | None) -> str | None:
    """Return the label, going by what changed since our own.

    Args:
        get: returns a property's text.
        label: `xmp:Label`.
        colours: the text of `darktable:colorlabels`; its numbers have one digit each.
        ours: the `xmp:Label` we wrote last, None when we wrote none.
    """
    number = (get(COLOUR) or "").strip()
    digikam = _DIGIKAM[int(number) - 1] if len(number) == 1 and number in "123456789" else None
    darktable = [_DARKTABLE[int(each)] for each in colours if each in "01234"]
    if ours is None:
        return label or digikam or (darktable[0] if darktable else None)
    if label and label != ours:
        return label
    if digikam is not None and digikam != ours:
        return digikam
    unknown_to_digikam = number == "0" and ours not in _DIGIKAM
    if not unknown_to_digikam and (label is None or number == "0"):
        return None
    if darktable and ours not in darktable:
        return darktable[0]
    return ours


def label_properties(get: Get, colours: str | None, label: str | None) -> dict[Name, str | None]:
    """Return the foreign properties that go with a new label.

    Args:
        get: returns a property's text.
        colours: the text of `darktable:colorlabels`, None without one.
        label: the new label.
    """
    made: dict[Name, str | None] = {}
    if get(COLOUR) is not None:
        made[COLOUR] = str(_DIGIKAM.index(label) + 1 if label in _DIGIKAM else 0)
    if colours is not None:
        made[COLOURS] = None  # `xmp:Label` comes before it, and no label is none in both
    return made
