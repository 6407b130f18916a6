"""The text that AUTOMATIC1111, Forge and their kin leave in a picture.

Three parts: the prompt (any number of lines), "Negative prompt:" (the same), and a last line of
"Name: value" with commas between, begun by "Steps:". A value with a comma in it is quoted as JSON
quotes. The form has no specification; this is what the programs write.
"""

from __future__ import annotations

import re

from studio.media.origin.record import MOST_TEXT, Settings, capped, decimal, shape, whole, words

_LONGEST = 200_000  # characters looked at
_NEGATIVE = "Negative prompt:"
_STEPS = re.compile(r"^Steps: ?\d{1,6}\b", re.MULTILINE)
_KEY = re.compile(r"[ \n]*([A-Za-z][\w \-/.+]{0,60}?): ?")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.){0,20000}"')
_LORA = re.compile(r"<lora:([^:<>]{1,200})(?::(-?[\d.]{1,10}))?[^<>]{0,40}>")
_MOST_KEYS = 200

_VERSIONS = (  # of "Version:"; Forge's begins with f, "f2.0.1v1.10.1-previous-669-gdfdcbab6"
    (re.compile(r"f\d"), "Forge"),
    (re.compile(r"neo\b", re.IGNORECASE), "Forge"),
    (re.compile(r"comfyui", re.IGNORECASE), "ComfyUI"),
    (re.compile(r"fooocus", re.IGNORECASE), "Fooocus"),
    (re.compile(r"stable-diffusion\.cpp", re.IGNORECASE), "stable-diffusion.cpp"),
    (re.compile(r"v?\d"), "AUTOMATIC1111"),
)


def is_a1111(text: str) -> bool:
    """Tell whether a text has the line of settings these programs write."""
    at = _STEPS.search(text[:_LONGEST])
    return at is not None and ("Sampler: " in text or "CFG scale: " in text or "Seed: " in text)


def read_a1111(text: str) -> Settings | None:
    """Return what such a text says, None when it says nothing."""
    text = text[:_LONGEST].replace("\r\n", "\n")
    lines = [match.start() for match in _STEPS.finditer(text)]
    start = lines[-1] if lines else len(text)  # a prompt may quote another text's settings
    prompt, negative = _prompts(text[:start])
    told = settings_of(text[start:])
    if prompt is None and negative is None and not told:
        return None
    sampler = told.get("Sampler")
    if sampler and (schedule := told.get("Schedule type")):
        sampler = f"{sampler} {schedule}"
    return Settings(
        tool=_tool(told) if told else None,
        model=words(told.get("Model") or told.get("Model hash")),
        prompt=prompt,
        negative=negative,
        seed=whole(told.get("Seed")),
        steps=whole(told.get("Steps")),
        cfg=_guidance(told),
        sampler=words(sampler),
        size=_size(told.get("Size")),
        loras=_loras(prompt or "", told.get("Lora hashes")),
    )


def settings_of(line: str) -> dict[str, str]:
    """Return the names and values of the last line; the first of two with one name counts."""
    told: dict[str, str] = {}
    at = 0
    for _ in range(_MOST_KEYS):
        key = _KEY.match(line, at)
        if key is None:
            comma = line.find(",", at)
            if comma < 0:
                break
            at = comma + 1
            continue
        at = key.end()
        quoted = _QUOTED.match(line, at)
        if quoted is not None:
            value, at = _unquoted(quoted[0]), quoted.end()
        else:
            end = min((i for i in (line.find(",", at), line.find("\n", at)) if i >= 0), default=-1)
            end = len(line) if end < 0 else end
            value, at = line[at:end].strip(), end
        told.setdefault(key[1].strip(), value[:MOST_TEXT])
        if at < len(line) and line[at] in ",\n":
            at += 1
    return told


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] == "n" else match[1], text[1:-1])


def _prompts(text: str) -> tuple[str | None, str | None]:
    if text.startswith(_NEGATIVE):
        return None, capped(text[len(_NEGATIVE) :])
    prompt, _, negative = text.partition("\n" + _NEGATIVE)
    return capped(prompt), capped(negative)


def _tool(told: dict[str, str]) -> str:
    if told.get("App"):  # SD.Next
        return told["App"][:40]
    version = told.get("Version", "")
    for form, name in _VERSIONS:
        if form.match(version):
            return name
    return "AUTOMATIC1111 or its like"


def _guidance(told: dict[str, str]) -> float | None:
    """Return the guidance; for Flux, whose CFG scale is always 1, Forge's distilled one."""
    plain, distilled = decimal(told.get("CFG scale")), decimal(told.get("Distilled CFG Scale"))
    return distilled if distilled is not None and plain in {None, 1.0} else plain


def _size(text: str | None) -> str | None:
    width, by, height = (text or "").partition("x")
    return shape(width, height) if by else None


def _loras(prompt: str, hashes: str | None) -> tuple[str, ...]:
    found = [
        f"{match[1].strip()} {match[2]}" if match[2] else match[1].strip()
        for match in _LORA.finditer(prompt)
    ]
    if not found and hashes:
        found = [each.partition(":")[0].strip()[:200] for each in hashes.split(",")[:20]]
    return tuple(dict.fromkeys(each for each in found if each))[:20]
