"""What a platform takes of a clip: container, codec, shape, size, length, frame rate, bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.media.checks.check import Answer
from studio.media.checks.ruled import (
    ENLARGED,
    PHONE,
    amount,
    broken,
    crop,
    either,
    even,
    known_as,
    ruled,
    scaled,
    shape_name,
    shown,
    span,
    within,
)

if TYPE_CHECKING:
    from studio.media.checks.check import Check
    from studio.media.facts import Facts
    from studio.platforms.rules import Rules


def of_clip(facts: Facts, known: Rules, codec: str | None) -> list[Check | None]:
    """Ask what a platform takes of a clip; of its codec only when that is known."""
    asked = (_shape, _size, _length, _fps, _file_bytes)
    return [_container(facts, known), _codec(codec, known), *(ask(facts, known) for ask in asked)]


def _container(facts: Facts, known: Rules) -> Check | None:
    if not known.video_formats or not facts.format:
        return None
    given = facts.format.lower()
    # MOV is told from MP4, and MKV from WebM, by the name only.
    suffix = facts.path.rpartition(".")[2].lower()
    if (given, suffix) in {("mp4", "mov"), ("webm", "mkv")}:
        given = suffix
    question = f"Does {known.name} take this kind of file?"
    takes = either(known.video_formats)
    if given in known.video_formats:
        evidence = f"{known_as(given)}; {known.name} takes {takes}"
        return ruled(known, "format", question, Answer.PASS, evidence, rule="video_formats")
    evidence = f"{known_as(given)}; {known.name} takes only {takes}"
    mend = f"Export it as {known_as(known.video_formats[0])}"
    return broken(known, "format", question, evidence, mend, rule="video_formats")


def _codec(codec: str | None, known: Rules) -> Check | None:
    if not known.video_codecs or not codec:
        return None
    question = f"Does {known.name} take how it is encoded?"
    takes = either(known.video_codecs)
    if codec.lower() in known.video_codecs:
        evidence = f"{known_as(codec)}; {known.name} takes {takes}"
        return ruled(known, "codec", question, Answer.PASS, evidence, rule="video_codecs")
    evidence = f"{known_as(codec)}; {known.name} takes only {takes}"
    mend = f"Export it with {known_as(known.video_codecs[0])}"
    return broken(known, "codec", question, evidence, mend, rule="video_codecs")


def _shape(facts: Facts, known: Rules) -> Check | None:
    if not facts.width or not facts.height:
        return None
    width, height = facts.width, facts.height
    best, bounds = known.video_aspect_best, known.video_aspect
    question = f"Does {known.name} take this shape, and does it fill a phone?"
    here = f"{facts.aspect} ({facts.dimensions})"
    if bounds and not within(width, height, bounds):
        least, most = bounds
        shape = least if width / height < least else most
        across, down = even(crop(width, height, shape))
        takes = shape_name(least) if least == most else f"{shown(least)} to {shown(most)}"
        evidence = f"{here}; {known.name} takes {takes}"
        mend = f"Crop to {across}×{down} ({shape_name(shape)})"
        return broken(known, "aspect", question, evidence, mend, rule="video_aspect")
    if best is None:
        return None
    name, rule = shape_name(best), "video_aspect_best"
    if facts.aspect == name:
        evidence = f"{here} fills a phone"
        return ruled(known, "aspect", question, Answer.PASS, evidence, rule=rule)
    across, down = even(crop(width, height, best))
    evidence = f"{here} is shown with bars or cropped; {name} fills a phone"
    mend = f"Crop to {across}×{down} ({name}), unless the bars are meant"
    return ruled(known, "aspect", question, Answer.UNSURE, evidence, mend, rule=rule)


def _size(facts: Facts, known: Rules) -> Check | None:
    if not facts.width or not facts.height:
        return None
    width, height = facts.width, facts.height
    question = f"Is it the right size for {known.name}?"
    if known.video_side:
        least, most = known.video_side
        if min(width, height) < least:
            evidence = f"{facts.dimensions}; {known.name} wants at least {least} px on each side"
            mend = f"Export it at {scaled(width, height, PHONE / min(width, height))}"
            return broken(known, "size", question, evidence, mend, rule="video_side")
        if max(width, height) > most:
            evidence = f"{facts.dimensions}; {known.name} takes at most {most} px on each side"
            mend = f"Export it at {scaled(width, height, PHONE / min(width, height))}"
            return broken(known, "size", question, evidence, mend, rule="video_side")
    if known.video_width_max and width > known.video_width_max:
        evidence = f"{width} px wide; {known.name} takes at most {known.video_width_max}"
        mend = f"Export it at {scaled(width, height, PHONE / min(width, height))}"
        return broken(known, "size", question, evidence, mend, rule="video_width_max")
    rule = "video_side" if known.video_side else "video_width_max"
    if min(width, height) * ENLARGED < PHONE:
        larger = PHONE / min(width, height)
        evidence = f"{facts.dimensions}; phones show {PHONE} px across, {larger:.1f} times as much"
        mend = f"Make it again at {scaled(width, height, larger)} or upscale it, if it looks soft"
        return ruled(known, "size", question, Answer.UNSURE, evidence, mend)
    if not known.video_side and not known.video_width_max:
        return None
    evidence = f"{facts.dimensions}; {known.name} takes it as it is"
    return ruled(known, "size", question, Answer.PASS, evidence, rule=rule)


def _length(facts: Facts, known: Rules) -> Check | None:
    if known.video_seconds is None or facts.seconds is None:
        return None
    question = f"Is it the right length for {known.name}?"
    least, most = known.video_seconds
    seconds = facts.seconds
    takes = f"up to {span(most)}" if not least else f"{span(least)} to {span(most)}"
    evidence = f"{span(seconds)}; {known.name} takes {takes}"
    by_hand = known.video_seconds_app_max
    if seconds < least:
        mend = f"Make it at least {span(least)} long"
        return broken(known, "length", question, evidence, mend, rule="video_seconds")
    if seconds > most:
        mend = f"Cut {span(seconds - most)} off"
        if by_hand and by_hand < most:
            mend += f", or {span(seconds - by_hand)} to post it by hand ({span(by_hand)})"
        return broken(known, "length", question, evidence, mend, rule="video_seconds")
    if by_hand and seconds > by_hand:
        evidence = f"{span(seconds)}: the interface takes {takes}, the app {span(by_hand)} by hand"
        mend = f"Cut {span(seconds - by_hand)} off to post it by hand"
        rule = "video_seconds_app_max"
        return ruled(known, "length", question, Answer.UNSURE, evidence, mend, rule=rule)
    return ruled(known, "length", question, Answer.PASS, evidence, rule="video_seconds")


def _fps(facts: Facts, known: Rules) -> Check | None:
    if known.video_fps is None or not facts.fps:
        return None
    question = f"Does {known.name} take its frame rate?"
    least, most = known.video_fps
    evidence = f"{facts.fps:.4g} pictures a second; {known.name} takes {least:g} to {most:g}"
    # A variable rate is an average, written down with rounding.
    if least - 0.05 <= facts.fps <= most + 0.05:
        return ruled(known, "fps", question, Answer.PASS, evidence, rule="video_fps")
    mend = f"Export it at {min(max(30.0, least), most):g} pictures a second"
    return broken(known, "fps", question, evidence, mend, rule="video_fps")


def _file_bytes(facts: Facts, known: Rules) -> Check | None:
    most = known.video_bytes_max
    if most is None:
        return None
    question = f"Is the file small enough for {known.name}?"
    evidence = f"{amount(facts.size)}; {known.name} takes {amount(most)}"
    if facts.size <= most:
        return ruled(known, "bytes", question, Answer.PASS, evidence, rule="video_bytes_max")
    mend = "Export it smaller"
    if facts.seconds:
        rate = 0.95 * most * 8 / facts.seconds / 1e6  # some room for sound and container
        mend = f"Export it with at most {rate:.2g} Mbit/s"
    return broken(known, "bytes", question, evidence, mend, rule="video_bytes_max")
