"""What a platform takes of a picture: format, shape, size, bytes; and whether it fills a reel."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from studio.media.checks.check import Answer
from studio.media.checks.ruled import (
    ENLARGED,
    PHONE,
    amount,
    broken,
    crop,
    cropped,
    either,
    even,
    known_as,
    ruled,
    scaled,
    shape_name,
    within,
)

if TYPE_CHECKING:
    from studio.media.checks.check import Check
    from studio.media.facts import Facts
    from studio.platforms.rules import Rules


def of_picture(facts: Facts, known: Rules) -> list[Check | None]:
    """Ask what a platform takes of a picture that is posted as one."""
    asked = (_file_format, _shape, _size, _file_bytes)
    return [ask(facts, known) for ask in asked]


def upright(facts: Facts, known: Rules) -> Check | None:
    """Ask whether a picture fills the upright clip it becomes part of."""
    shape = known.video_aspect_best
    if shape is None or not facts.width or not facts.height:
        return None
    width, height = facts.width, facts.height
    name = shape_name(shape)
    question = f"Does it fill {known.name}'s {name}?"
    rule = "video_aspect_best"
    across, down = even(crop(width, height, shape))
    larger = PHONE / across
    soft = f", enlarged {larger:.1f} times on a phone" if larger > ENLARGED else ""
    if facts.aspect == name:
        if not soft:
            evidence = f"{name} ({facts.dimensions})"
            return ruled(known, "aspect", question, Answer.PASS, evidence, rule=rule)
        evidence = f"{name}, but only {facts.dimensions}{soft}"
        mend = f"Make it again at {PHONE}×{round(PHONE / shape)} or upscale it"
    else:
        kept = across * down / (width * height)
        evidence = f"{facts.aspect} ({facts.dimensions}); {kept:.0%} of it fits {name}{soft}"
        mend = f"Crop to {across}×{down} ({name}), or let it stand with room around it"
    return ruled(known, "aspect", question, Answer.UNSURE, evidence, mend, rule=rule)


def _file_format(facts: Facts, known: Rules) -> Check | None:
    if not known.image_formats or not facts.format:
        return None
    question = f"Does {known.name} take this kind of file?"
    given, takes = facts.format, either(known.image_formats)
    mend = f"Export it as {known_as(known.image_formats[0])}"
    if given.lower() in known.image_formats:
        evidence = f"{given}; {known.name} takes {takes}"
        return ruled(known, "format", question, Answer.PASS, evidence, rule="image_formats")
    if given.lower() in known.image_formats_app:
        evidence = f"{given}: the app takes it by hand, {known.name}'s interface only {takes}"
        rule, mend = "image_formats_app", f"{mend} to post it either way"
        return ruled(known, "format", question, Answer.UNSURE, evidence, mend, rule=rule)
    evidence = f"{given}; {known.name} takes only {takes}"
    return broken(known, "format", question, evidence, mend, rule="image_formats")


def _shape(facts: Facts, known: Rules) -> Check | None:
    if known.image_aspect is None or not facts.width or not facts.height:
        return None
    question = f"Does {known.name} take this shape?"
    width, height = facts.width, facts.height
    least, most = known.image_aspect
    takes = f"{known.name} takes {shape_name(least)} to {shape_name(most)}"
    here = f"{facts.aspect} ({facts.dimensions})"
    if within(width, height, known.image_aspect):
        evidence = f"{here}; {takes}"
        return ruled(known, "aspect", question, Answer.PASS, evidence, rule="image_aspect")
    narrow = width / height < least
    by_hand = known.image_aspect_app
    mend = f"Crop to {cropped(width, height, least if narrow else most)}"
    if by_hand and within(width, height, by_hand):
        evidence = (
            f"{here}: the app takes it by hand, the interface only {takes.split(' takes ')[1]}"
        )
        mend += " to post it either way"
        rule = "image_aspect_app"
        return ruled(known, "aspect", question, Answer.UNSURE, evidence, mend, rule=rule)
    limit = by_hand[0 if narrow else 1] if by_hand else None
    if limit and not math.isclose(limit, least if narrow else most):
        takes += f", by hand in the app {'down' if narrow else 'up'} to {shape_name(limit)}"
        mend += f"; by hand {cropped(width, height, limit)} does too"
    evidence = f"{here} is too {'tall' if narrow else 'wide'}; {takes}"
    return broken(known, "aspect", question, evidence, mend, rule="image_aspect")


def _size(facts: Facts, known: Rules) -> Check | None:
    if not facts.width or not facts.height:
        return None
    width, height = facts.width, facts.height
    question = f"Is it the right size for {known.name}?"
    least, most = known.image_width or (0, 0)
    best = known.image_width_best
    if width < least:
        evidence = f"{width} px wide; {known.name} wants at least {least}"
        mend = f"Make it again {best or PHONE} px wide; enlarging only makes it soft"
        return broken(known, "size", question, evidence, mend, rule="image_width")
    short = known.image_short_side_max
    if short and min(width, height) > short:
        smaller = scaled(width, height, short / min(width, height))
        evidence = f"{facts.dimensions}; {known.name} takes at most {short} px on the short side"
        mend = f"Export it at {smaller}"
        return broken(known, "size", question, evidence, mend, rule="image_short_side_max")
    if best and width * ENLARGED < best:
        evidence = f"{width} px wide; phones show {best}, {best / width:.1f} times as much"
        mend = f"Make it again {best} px wide or upscale it, if it looks soft"
        rule = "image_width_best"
        return ruled(known, "size", question, Answer.UNSURE, evidence, mend, rule=rule)
    if not (least or short or best):
        return None
    evidence = f"{facts.dimensions}; enough for {known.name}"
    if most and width > most:
        evidence = f"{width} px wide; {known.name} scales it down to {most}"
    rule = "image_width" if known.image_width else "image_width_best"
    return ruled(known, "size", question, Answer.PASS, evidence, rule=rule)


def _file_bytes(facts: Facts, known: Rules) -> Check | None:
    most = known.image_bytes_max
    if most is None:
        return None
    question = f"Is the file small enough for {known.name}?"
    evidence = f"{amount(facts.size)}; {known.name} takes {amount(most)}"
    if facts.size <= most:
        return ruled(known, "bytes", question, Answer.PASS, evidence, rule="image_bytes_max")
    mend = "Export it as JPEG, quality 85"
    if facts.width and facts.height and facts.width > (known.image_width or (0, PHONE))[1]:
        widest = (known.image_width or (0, PHONE))[1]
        mend += f", at {scaled(facts.width, facts.height, widest / facts.width)}"
    return broken(known, "bytes", question, evidence, mend, rule="image_bytes_max")
