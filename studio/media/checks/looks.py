"""What a picture's own figures say: sharp, well lit, no twin, no border.

The figures of a scene and those of a fault overlap: a night is dark, fog is soft. Only what no
scene explains fails; the rest is unsure, with the figure.
"""

from __future__ import annotations

import math
from statistics import median
from typing import TYPE_CHECKING

from studio.media.checks.check import Answer, Check

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.media.checks.twins import Twin
    from studio.media.facts import Facts
    from studio.media.measure import Measures

# Ours, measured on six shared photographs and copies of them. Good copies (compressed, halved,
# grained, cropped, toned): no false alarm. A blur of 3 px in 1080 fails in all six, one of 1.5 px
# is told of in five; 2 stops too dark fail in all six and 2 too bright are told of in all, beside
# their group; alone, the dark are told of as unsure and three of the bright.
_SOFT, _SOFTER = 0.5, 0.25  # of the group's middle: unsure, and too soft
_BLURRED = 0.15  # crispness; below it there is no fine detail whatever the scene
_LESS_CRISP = 0.4  # of the group's middle crispness
_ENOUGH = 3  # others of a group before it can make a picture fail
_DIM = 140  # grey: with nothing brighter, a picture is dark for a night with lamps too
_DARK_MEAN = 70
_BLACK, _WHITE = 40, 225  # grey: nothing brighter, nothing darker: there is no picture
_CLIPPED_DARK, _CLIPPED_LIGHT = 0.4, 0.04  # shares
_STOPS, _MANY_STOPS = 1.2, 1.7  # from the group's middle


def sharpness(measures: Measures, group: Sequence[Measures]) -> Check | None:
    """Ask whether a picture is sharp beside the others of its group; None when nothing is said.

    A lone picture is only told of when it has no fine detail at all.
    """
    figure = f"{measures.sharpness:,.0f}"
    others = [each.sharpness for each in group if each.sharpness > 0]
    question = "Is it sharp beside its group?"
    if not measures.sharpness:
        return None  # too small to say
    if not others:
        if measures.crispness >= _BLURRED:
            return None
        evidence = f"No fine detail (Laplacian {figure}), and no group to compare it with"
        mend = "Look at it in real pixels"
        return Check("sharpness", "Is it sharp?", Answer.UNSURE, evidence, mend)
    middle = median(others)
    share = measures.sharpness / middle
    evidence = f"Laplacian {figure}, the group's middle is {middle:,.0f}"
    if share >= _SOFT:
        return Check("sharpness", question, Answer.PASS, evidence)
    crisp = max(_BLURRED, _LESS_CRISP * median(each.crispness for each in group))
    if share < _SOFTER and measures.crispness < crisp and len(others) >= _ENOUGH:
        mend = "Take a sharper one of the group, or make it again"
        return Check("sharpness", question, Answer.FAIL, evidence, mend)
    evidence += "; a plainer scene has less detail too"
    mend = "Look at it in real pixels beside another"
    return Check("sharpness", question, Answer.UNSURE, evidence, mend)


def exposure(measures: Measures, group: Sequence[Measures] = ()) -> Check:
    """Ask whether a picture is neither too dark nor too bright."""
    question = "Is it neither too dark nor too bright?"
    mean = f"mean {measures.mean:.0f} of 255"
    stops = _stops(measures, group)
    beside = f", {abs(stops):.1f} stops from its group's middle" if abs(stops) >= _STOPS else ""
    dim = measures.lightest < _DIM and measures.mean < _DARK_MEAN

    def answer(answer: Answer, evidence: str, mend: str | None = None) -> Check:
        return Check("exposure", question, answer, evidence, mend)

    if measures.lightest < _BLACK:
        evidence = f"Next to nothing to see: the lightest is {measures.lightest} of 255, {mean}"
        return answer(Answer.FAIL, evidence, "Make it again")
    if measures.darkest > _WHITE:
        evidence = f"Next to nothing to see: the darkest is {measures.darkest} of 255, {mean}"
        return answer(Answer.FAIL, evidence, "Make it again")
    if dim or stops <= -_STOPS:
        sure = dim and stops <= -_MANY_STOPS and len(group) >= _ENOUGH
        evidence = f"Dark: {mean}, the lightest {measures.lightest}{beside}"
        by = -stops if sure else _room(measures.lightest)
        mend = f"Brighten it by {by:.1f} stops" + ("" if sure else ", unless a dark one is meant")
        if not dim:
            mend = "Take a lighter one of the group, unless a dark one is meant"
        return answer(Answer.FAIL if sure else Answer.UNSURE, evidence, mend)
    if measures.clipped_dark >= _CLIPPED_DARK:
        evidence = f"{measures.clipped_dark:.0%} of it is black, {mean}"
        return answer(Answer.UNSURE, evidence, "Brighten the shadows, unless the black is meant")
    bright = measures.clipped_light >= _CLIPPED_LIGHT
    if bright or stops >= _STOPS:
        sure = bright and stops >= _MANY_STOPS and len(group) >= _ENOUGH
        evidence = f"Bright: {measures.clipped_light:.0%} of it is white, {mean}{beside}"
        mend = "Make it again darker; what is white has no drawing left"
        if not sure:
            mend = "Darken it or make it again, unless the white is meant"
        return answer(Answer.FAIL if sure else Answer.UNSURE, evidence, mend)
    words = "Dark, with lights in it" if measures.mean < _DARK_MEAN else "Lit well"
    return answer(Answer.PASS, f"{words}: {mean}, from {measures.darkest} to {measures.lightest}")


def twin(found: Sequence[Twin]) -> Check:
    """Ask whether a picture differs from all others."""
    question = "Is it different from your other pictures?"
    if not found:
        return Check("twin", question, Answer.PASS, "No other picture is nearly the same")
    first = next((each for each in found if each.used_in), found[0])
    same = "Looks the same as" if first.distance <= 2 else "Looks nearly the same as"
    evidence = f"{same} {first.path} ({first.distance} of 64 bits differ)"
    if len(found) > 1:
        evidence += f" and {len(found) - 1} more"
    if first.used_in:
        evidence += f", which “{first.used_in[0]}” uses"
        mend = f"Take another, or this one in place of {first.path}"
        return Check("twin", question, Answer.FAIL, evidence, mend)
    return Check("twin", question, Answer.UNSURE, evidence, "Keep one of them, reject the rest")


def border(facts: Facts, measures: Measures) -> Check:
    """Ask whether a picture is free of a frame or of bars."""
    question = "Does the picture reach its edges?"
    if measures.border is None:
        return Check("border", question, Answer.PASS, "No bars and no frame")
    left, top, right, bottom = measures.border
    named = {"left": left, "top": top, "right": right, "bottom": bottom}
    sizes = ", ".join(f"{side} {size}" for side, size in named.items() if size)
    kind = "Blurred bars" if measures.border_kind == "blurred" else "A border"
    if measures.border_kind in {"black", "white"}:
        kind = f"A {measures.border_kind} border"
    evidence = f"{kind}, about {sizes} px"
    mend = "Crop it off"
    if facts.width and facts.height:
        width, height = facts.width - left - right, facts.height - top - bottom
        if width > 0 and height > 0:
            mend = f"Crop to {width}×{height}, from {left} px left and {top} px down"
    if measures.border_sure:
        return Check("border", question, Answer.FAIL, evidence, mend)
    return Check("border", question, Answer.UNSURE, f"{evidence}, or part of the scene", mend)


def place(facts: Facts) -> Check:
    """Ask whether a file keeps quiet about where it was taken."""
    question = "Does it keep quiet about where it was taken?"
    if not facts.gps:
        return Check("gps", question, Answer.PASS, "No place in its metadata")
    evidence = "Its metadata says where it was taken"
    mend = "Take the place out before posting, such as with `exiftool -gps:all= COPY.jpg`"
    return Check("gps", question, Answer.FAIL, evidence, mend)


def label(facts: Facts, platforms: Sequence[str]) -> Check:
    """Ask whether it is known if a file needs the platforms' AI label.

    TikTok requires it of realistic generated media and reads C2PA; Meta applies "AI info" from
    C2PA and IPTC marks or the poster's own word (secondary sources, November 2026).

    Args:
        facts: what the file says of its origin.
        platforms: names of where it is going.
    """
    question = "Is it known whether it needs the AI label?"
    where = f" on {', '.join(platforms)}" if platforms else ""
    if facts.generated:
        evidence = "The file says a model made it"
        mend = f"Turn the AI label on when posting{where}"
        return Check("ai-label", question, Answer.PASS, evidence, mend)
    if facts.generated is False:
        evidence = "The file says a camera took it: no label"
        return Check("ai-label", question, Answer.PASS, evidence)
    evidence = "The file does not say who made it"
    mend = f"If a model made it, turn the AI label on when posting{where}"
    return Check("ai-label", question, Answer.UNSURE, evidence, mend)


def _stops(measures: Measures, group: Sequence[Measures]) -> float:
    """Return how much brighter than the middle of its group a picture is, in stops."""
    if not group:
        return 0.0
    middle = median(each.mean for each in group)
    return _light(measures.mean) - _light(middle)


def _light(grey: float) -> float:
    """Return a grey value in stops; 2.2 is about the curve of sRGB (IEC 61966-2-1)."""
    return 2.2 * math.log2(max(grey, 1) / 255)


def _room(lightest: int) -> float:
    """Return by how many stops a picture can be brightened until its lightest is nearly white."""
    return max(0.1, _light(245) - _light(lightest))
