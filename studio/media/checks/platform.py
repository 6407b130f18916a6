"""What a platform takes, asked of one picture or clip: format, shape, size, length.

A rule that the platform itself states fails; one that only others report makes unsure. Where
posting by hand allows more than posting through the platform's interface, the answer is unsure
too, and says which way it goes.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from studio.media.checks.check import Answer, Check
from studio.media.facts import Facts
from studio.platforms.rules import rules
from studio.problem import Problem

if TYPE_CHECKING:
    from studio.platforms.rules import Rules

UPRIGHT_FORMATS = frozenset({"reel", "video", "short", "shorts", "clip", "story"})
"""An idea's formats whose pictures end up in a clip that fills a phone."""

_PHONE = 1080  # pixels across which phones show a post, when no rule says
_ENLARGED = 4 / 3  # ours: a picture enlarged more than this looks soft
_ROUNDING = 2  # pixels by which a shape may miss its rule: encoders want even sides
_NAMES = {
    word.lower(): word
    for word in ("JPEG", "PNG", "WebP", "AVIF", "GIF", "MP4", "MOV", "WebM", "MKV")
} | {"h264": "H.264", "hevc": "H.265", "vp8": "VP8", "vp9": "VP9", "av1": "AV1"}


def platform_checks(
    facts: Facts, platform: str, *, format: str | None = None, codec: str | None = None
) -> tuple[Check, ...]:
    """Ask of a picture or clip what one platform takes.

    Args:
        facts: of a file that can be used (`facts.problem` is None).
        platform: its key; one without rules asks nothing.
        format: the idea's: with "reel" a picture is measured as part of an upright clip.
        codec: FFmpeg's name of a clip's video codec; without it the codec is not asked about.
    """
    try:
        known = rules(platform)
    except Problem:
        return ()
    asked: list[Check | None]
    if facts.kind == "clip":
        asked = [
            _container(facts, known),
            _codec(codec, known),
            _clip_shape(facts, known),
            _clip_size(facts, known),
            _length(facts, known),
            _fps(facts, known),
            _clip_bytes(facts, known),
        ]
    elif facts.kind != "picture":
        asked = []
    elif (format or "").strip().casefold() in UPRIGHT_FORMATS:
        asked = [_upright(facts, known)]
    else:
        asked = [
            _picture_format(facts, known),
            _picture_shape(facts, known),
            _picture_size(facts, known),
            _picture_bytes(facts, known),
        ]
    return tuple(check for check in asked if check)


def platform_name(platform: str) -> str:
    """Return the name people use for a platform; one without rules has none but its key."""
    try:
        return rules(platform).name
    except Problem:
        return platform


def crop(width: int, height: int, shape: float) -> tuple[int, int]:
    """Return the largest size of a shape (width / height) inside a size, in pixels."""
    if width > height * shape:
        return max(1, math.floor(height * shape + 1e-6)), height
    return width, max(1, math.floor(width / shape + 1e-6))


def shape_name(shape: float) -> str:
    """Return what people call a shape (width / height): "4:5", "1.41:1"."""
    return Facts("", "picture", 0, round(shape * 10_000), 10_000).aspect or ""


def span(seconds: float) -> str:
    """Return a length as a person says it: "4 s", "3:20"."""
    if seconds < 60:
        return f"{seconds:.3g} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"


# Pictures


def _picture_format(facts: Facts, known: Rules) -> Check | None:
    if not known.image_formats or not facts.format:
        return None
    question = f"Does {known.name} take this kind of file?"
    given, takes = facts.format, _either(known.image_formats)
    mend = f"Export it as {_name(known.image_formats[0])}"
    if given.lower() in known.image_formats:
        evidence = f"{given}; {known.name} takes {takes}"
        return _check(known, "format", question, Answer.PASS, evidence, rule="image_formats")
    if given.lower() in known.image_formats_app:
        evidence = f"{given}: the app takes it by hand, {known.name}'s interface only {takes}"
        rule, mend = "image_formats_app", f"{mend} to post it either way"
        return _check(known, "format", question, Answer.UNSURE, evidence, mend, rule=rule)
    evidence = f"{given}; {known.name} takes only {takes}"
    return _broken(known, "format", question, evidence, mend, rule="image_formats")


def _picture_shape(facts: Facts, known: Rules) -> Check | None:
    if known.image_aspect is None or not facts.width or not facts.height:
        return None
    question = f"Does {known.name} take this shape?"
    width, height = facts.width, facts.height
    least, most = known.image_aspect
    takes = f"{known.name} takes {shape_name(least)} to {shape_name(most)}"
    here = f"{facts.aspect} ({facts.dimensions})"
    if _within(width, height, known.image_aspect):
        evidence = f"{here}; {takes}"
        return _check(known, "aspect", question, Answer.PASS, evidence, rule="image_aspect")
    narrow = width / height < least
    by_hand = known.image_aspect_app
    mend = f"Crop to {_cropped(width, height, least if narrow else most)}"
    if by_hand and _within(width, height, by_hand):
        evidence = (
            f"{here}: the app takes it by hand, the interface only {takes.split(' takes ')[1]}"
        )
        mend += " to post it either way"
        rule = "image_aspect_app"
        return _check(known, "aspect", question, Answer.UNSURE, evidence, mend, rule=rule)
    limit = by_hand[0 if narrow else 1] if by_hand else None
    if limit and not math.isclose(limit, least if narrow else most):
        takes += f", by hand in the app {'down' if narrow else 'up'} to {shape_name(limit)}"
        mend += f"; by hand {_cropped(width, height, limit)} does too"
    evidence = f"{here} is too {'tall' if narrow else 'wide'}; {takes}"
    return _broken(known, "aspect", question, evidence, mend, rule="image_aspect")


def _picture_size(facts: Facts, known: Rules) -> Check | None:
    if not facts.width or not facts.height:
        return None
    width, height = facts.width, facts.height
    question = f"Is it the right size for {known.name}?"
    least, most = known.image_width or (0, 0)
    best = known.image_width_best
    if width < least:
        evidence = f"{width} px wide; {known.name} wants at least {least}"
        mend = f"Make it again {best or _PHONE} px wide; enlarging only makes it soft"
        return _broken(known, "size", question, evidence, mend, rule="image_width")
    short = known.image_short_side_max
    if short and min(width, height) > short:
        smaller = _scaled(width, height, short / min(width, height))
        evidence = f"{facts.dimensions}; {known.name} takes at most {short} px on the short side"
        mend = f"Export it at {smaller}"
        return _broken(known, "size", question, evidence, mend, rule="image_short_side_max")
    if best and width * _ENLARGED < best:
        evidence = f"{width} px wide; phones show {best}, {best / width:.1f} times as much"
        mend = f"Make it again {best} px wide or upscale it, if it looks soft"
        rule = "image_width_best"
        return _check(known, "size", question, Answer.UNSURE, evidence, mend, rule=rule)
    if not (least or short or best):
        return None
    evidence = f"{facts.dimensions}; enough for {known.name}"
    if most and width > most:
        evidence = f"{width} px wide; {known.name} scales it down to {most}"
    rule = "image_width" if known.image_width else "image_width_best"
    return _check(known, "size", question, Answer.PASS, evidence, rule=rule)


def _picture_bytes(facts: Facts, known: Rules) -> Check | None:
    most = known.image_bytes_max
    if most is None:
        return None
    question = f"Is the file small enough for {known.name}?"
    evidence = f"{_bytes(facts.size)}; {known.name} takes {_bytes(most)}"
    if facts.size <= most:
        return _check(known, "bytes", question, Answer.PASS, evidence, rule="image_bytes_max")
    mend = "Export it as JPEG, quality 85"
    if facts.width and facts.height and facts.width > (known.image_width or (0, _PHONE))[1]:
        widest = (known.image_width or (0, _PHONE))[1]
        mend += f", at {_scaled(facts.width, facts.height, widest / facts.width)}"
    return _broken(known, "bytes", question, evidence, mend, rule="image_bytes_max")


def _upright(facts: Facts, known: Rules) -> Check | None:
    """Ask whether a picture fills the upright clip it becomes part of."""
    shape = known.video_aspect_best
    if shape is None or not facts.width or not facts.height:
        return None
    width, height = facts.width, facts.height
    name = shape_name(shape)
    question = f"Does it fill {known.name}'s {name}?"
    rule = "video_aspect_best"
    across, down = _even(crop(width, height, shape))
    larger = _PHONE / across
    soft = f", enlarged {larger:.1f} times on a phone" if larger > _ENLARGED else ""
    if facts.aspect == name:
        if not soft:
            evidence = f"{name} ({facts.dimensions})"
            return _check(known, "aspect", question, Answer.PASS, evidence, rule=rule)
        evidence = f"{name}, but only {facts.dimensions}{soft}"
        mend = f"Make it again at {_PHONE}×{round(_PHONE / shape)} or upscale it"
    else:
        kept = across * down / (width * height)
        evidence = f"{facts.aspect} ({facts.dimensions}); {kept:.0%} of it fits {name}{soft}"
        mend = f"Crop to {across}×{down} ({name}), or let it stand with room around it"
    return _check(known, "aspect", question, Answer.UNSURE, evidence, mend, rule=rule)


# Clips


def _container(facts: Facts, known: Rules) -> Check | None:
    if not known.video_formats or not facts.format:
        return None
    given = facts.format.lower()
    # MOV is told from MP4, and MKV from WebM, by the name only.
    suffix = facts.path.rpartition(".")[2].lower()
    if (given, suffix) in {("mp4", "mov"), ("webm", "mkv")}:
        given = suffix
    question = f"Does {known.name} take this kind of file?"
    takes = _either(known.video_formats)
    if given in known.video_formats:
        evidence = f"{_name(given)}; {known.name} takes {takes}"
        return _check(known, "format", question, Answer.PASS, evidence, rule="video_formats")
    evidence = f"{_name(given)}; {known.name} takes only {takes}"
    mend = f"Export it as {_name(known.video_formats[0])}"
    return _broken(known, "format", question, evidence, mend, rule="video_formats")


def _codec(codec: str | None, known: Rules) -> Check | None:
    if not known.video_codecs or not codec:
        return None
    question = f"Does {known.name} take how it is encoded?"
    takes = _either(known.video_codecs)
    if codec.lower() in known.video_codecs:
        evidence = f"{_name(codec)}; {known.name} takes {takes}"
        return _check(known, "codec", question, Answer.PASS, evidence, rule="video_codecs")
    evidence = f"{_name(codec)}; {known.name} takes only {takes}"
    mend = f"Export it with {_name(known.video_codecs[0])}"
    return _broken(known, "codec", question, evidence, mend, rule="video_codecs")


def _clip_shape(facts: Facts, known: Rules) -> Check | None:
    if not facts.width or not facts.height:
        return None
    width, height = facts.width, facts.height
    best, bounds = known.video_aspect_best, known.video_aspect
    question = f"Does {known.name} take this shape, and does it fill a phone?"
    here = f"{facts.aspect} ({facts.dimensions})"
    if bounds and not _within(width, height, bounds):
        least, most = bounds
        shape = least if width / height < least else most
        across, down = _even(crop(width, height, shape))
        takes = shape_name(least) if least == most else f"{_shown(least)} to {_shown(most)}"
        evidence = f"{here}; {known.name} takes {takes}"
        mend = f"Crop to {across}×{down} ({shape_name(shape)})"
        return _broken(known, "aspect", question, evidence, mend, rule="video_aspect")
    if best is None:
        return None
    name, rule = shape_name(best), "video_aspect_best"
    if facts.aspect == name:
        evidence = f"{here} fills a phone"
        return _check(known, "aspect", question, Answer.PASS, evidence, rule=rule)
    across, down = _even(crop(width, height, best))
    evidence = f"{here} is shown with bars or cropped; {name} fills a phone"
    mend = f"Crop to {across}×{down} ({name}), unless the bars are meant"
    return _check(known, "aspect", question, Answer.UNSURE, evidence, mend, rule=rule)


def _clip_size(facts: Facts, known: Rules) -> Check | None:
    if not facts.width or not facts.height:
        return None
    width, height = facts.width, facts.height
    question = f"Is it the right size for {known.name}?"
    if known.video_side:
        least, most = known.video_side
        if min(width, height) < least:
            evidence = f"{facts.dimensions}; {known.name} wants at least {least} px on each side"
            mend = f"Export it at {_scaled(width, height, _PHONE / min(width, height))}"
            return _broken(known, "size", question, evidence, mend, rule="video_side")
        if max(width, height) > most:
            evidence = f"{facts.dimensions}; {known.name} takes at most {most} px on each side"
            mend = f"Export it at {_scaled(width, height, _PHONE / min(width, height))}"
            return _broken(known, "size", question, evidence, mend, rule="video_side")
    if known.video_width_max and width > known.video_width_max:
        evidence = f"{width} px wide; {known.name} takes at most {known.video_width_max}"
        mend = f"Export it at {_scaled(width, height, _PHONE / min(width, height))}"
        return _broken(known, "size", question, evidence, mend, rule="video_width_max")
    rule = "video_side" if known.video_side else "video_width_max"
    if min(width, height) * _ENLARGED < _PHONE:
        larger = _PHONE / min(width, height)
        evidence = f"{facts.dimensions}; phones show {_PHONE} px across, {larger:.1f} times as much"
        mend = f"Make it again at {_scaled(width, height, larger)} or upscale it, if it looks soft"
        return _check(known, "size", question, Answer.UNSURE, evidence, mend)
    if not known.video_side and not known.video_width_max:
        return None
    evidence = f"{facts.dimensions}; {known.name} takes it as it is"
    return _check(known, "size", question, Answer.PASS, evidence, rule=rule)


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
        return _broken(known, "length", question, evidence, mend, rule="video_seconds")
    if seconds > most:
        mend = f"Cut {span(seconds - most)} off"
        if by_hand and by_hand < most:
            mend += f", or {span(seconds - by_hand)} to post it by hand ({span(by_hand)})"
        return _broken(known, "length", question, evidence, mend, rule="video_seconds")
    if by_hand and seconds > by_hand:
        evidence = f"{span(seconds)}: the interface takes {takes}, the app {span(by_hand)} by hand"
        mend = f"Cut {span(seconds - by_hand)} off to post it by hand"
        rule = "video_seconds_app_max"
        return _check(known, "length", question, Answer.UNSURE, evidence, mend, rule=rule)
    return _check(known, "length", question, Answer.PASS, evidence, rule="video_seconds")


def _fps(facts: Facts, known: Rules) -> Check | None:
    if known.video_fps is None or not facts.fps:
        return None
    question = f"Does {known.name} take its frame rate?"
    least, most = known.video_fps
    evidence = f"{facts.fps:.4g} pictures a second; {known.name} takes {least:g} to {most:g}"
    # A variable rate is an average, written down with rounding.
    if least - 0.05 <= facts.fps <= most + 0.05:
        return _check(known, "fps", question, Answer.PASS, evidence, rule="video_fps")
    mend = f"Export it at {min(max(30.0, least), most):g} pictures a second"
    return _broken(known, "fps", question, evidence, mend, rule="video_fps")


def _clip_bytes(facts: Facts, known: Rules) -> Check | None:
    most = known.video_bytes_max
    if most is None:
        return None
    question = f"Is the file small enough for {known.name}?"
    evidence = f"{_bytes(facts.size)}; {known.name} takes {_bytes(most)}"
    if facts.size <= most:
        return _check(known, "bytes", question, Answer.PASS, evidence, rule="video_bytes_max")
    mend = "Export it smaller"
    if facts.seconds:
        rate = 0.95 * most * 8 / facts.seconds / 1e6  # some room for sound and container
        mend = f"Export it with at most {rate:.2g} Mbit/s"
    return _broken(known, "bytes", question, evidence, mend, rule="video_bytes_max")


# Words and figures


def _check(
    known: Rules,
    id: str,
    question: str,
    answer: Answer,
    evidence: str,
    mend: str | None = None,
    *,
    rule: str | None = None,
) -> Check:
    why = known.why.get(rule or "")
    source = f"{why.source} ({why.as_of}, {why.grade})" if why else ""
    return Check(f"{known.key}.{id}", question, answer, evidence, mend, known.key, source)


def _broken(known: Rules, id: str, question: str, evidence: str, mend: str, *, rule: str) -> Check:
    """Return the check of a broken rule: what nobody official says does not fail."""
    why = known.why.get(rule)
    official = why is not None and why.grade == "official"
    answer = Answer.FAIL if official else Answer.UNSURE
    return _check(known, id, question, answer, evidence, mend, rule=rule)


def _within(width: int, height: int, bounds: tuple[float, float]) -> bool:
    """Say whether a size has a shape within bounds, give or take `_ROUNDING` pixels of a side."""
    least, most = bounds
    too_narrow = width + _ROUNDING < height * least and width < (height - _ROUNDING) * least
    too_wide = width - _ROUNDING > height * most and width > (height + _ROUNDING) * most
    return not too_narrow and not too_wide


def _cropped(width: int, height: int, shape: float) -> str:
    across, down = crop(width, height, shape)
    return f"{across}×{down} ({shape_name(shape)})"


def _even(size: tuple[int, int]) -> tuple[int, int]:
    """Return a size that video encoders take: even sides."""
    return max(2, size[0] // 2 * 2), max(2, size[1] // 2 * 2)


def _scaled(width: int, height: int, by: float) -> str:
    return f"{max(1, round(width * by))}×{max(1, round(height * by))}"


def _shown(shape: float) -> str:
    """Return a bound of a shape; far from anything made, it is a plain ratio."""
    return shape_name(shape) if 0.1 <= shape <= 9 else f"{shape:g}:1"


def _bytes(size: int) -> str:
    if size >= 1e9:
        return f"{size / 1e9:.3g} GB"
    return f"{size / 1e6:.3g} MB" if size >= 100_000 else f"{size / 1e3:.3g} kB"


def _name(word: str) -> str:
    return _NAMES.get(word.lower(), word)


def _either(words: tuple[str, ...]) -> str:
    names = [_name(word) for word in words]
    return f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else names[0]
