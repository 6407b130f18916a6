"""Where a picture or clip comes from, as far as the file says so itself.

Every file is hostile: what is read of it is capped, no length in it is trusted, and pixels are
never decoded. What is returned is raw; it is shown through `studio.text`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.media.magic import open_regular
from studio.media.origin.exif import Exif, read_exif
from studio.media.origin.parts import Parts, read_parts
from studio.media.origin.record import MOST_OTHERS, Origin, Settings, capped, words
from studio.media.origin.tools import UNDERSTOOD, read_any, read_texts
from studio.media.origin.xmp import Xmp, is_generated, read_xmp
from studio.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path
    from typing import BinaryIO

__all__ = ["Origin", "origin", "origin_of_clip"]

_MOST_OTHER = 2_000  # characters of a text that is no prompt
_NOTHING = Settings()
_KNOWN = {None, "PNG", "JPEG", "WebP"}  # every place of their metadata is looked at


def origin(path: Path, metadata: Mapping[str, str] | None = None) -> Origin:
    """Return what a picture or clip says of where it comes from; never raises.

    Below 1 ms for ordinary files, some 10 ms for the largest graphs. Reading Content Credentials,
    where a file has them and c2pa-python is installed, takes a child process and 0.1 s.

    Args:
        path: the file.
        metadata: a clip's texts (`studio.media.clips.ClipInfo.metadata`), where they are known:
            a WebM's are found nowhere else.
    """
    from studio.media.origin.c2pa import credentials

    try:
        with open_regular(path) as file:
            parts = read_parts(file)
            for name, text in (metadata or {}).items():
                parts.add(name, text)
            told = _understood(parts)
            if parts.format not in _KNOWN:
                told = _with_edges(told, file)
            if parts.manifest is None:
                return told
            sentence, source = credentials(file, parts.format or "", parts.manifest)
    except Problem as problem:
        return Origin(problem=f"{problem.what}. {problem.mend}.")
    except Exception as error:  # noqa: BLE001 (no file whatever may stop the screen)
        what = f"could not be asked where it comes from ({type(error).__name__})"
        return Origin(problem=f"{what}. Copy or export it again.")
    return _with(told, c2pa=sentence, source=source)


def origin_of_clip(metadata: Mapping[str, str]) -> Origin:
    """Return what a clip's container says of where it comes from; never raises.

    Args:
        metadata: the container's texts (`studio.media.clips.ClipInfo.metadata`).
    """
    parts = Parts()
    try:
        for name, text in metadata.items():
            parts.add(name, text)
        return _understood(parts)
    except Exception as error:  # noqa: BLE001 (as above)
        return Origin(problem=f"could not be asked where it comes from ({type(error).__name__}).")


def _understood(parts: Parts) -> Origin:
    exif = read_exif(parts.exif) if parts.exif else Exif()
    packets = [read_xmp(packet) for packet in parts.xmp]
    texts = _folded(parts.texts)
    settings = read_texts(texts) or _elsewhere(texts, exif, packets)
    source = _source_type(packets)
    said = is_generated(source)
    if settings is None:
        settings = _iptc(packets)
    comfy_tags = (exif.make or "", exif.model or "")
    camera = None if any(_is_comfy(tag) for tag in comfy_tags) else _camera(exif, packets, texts)
    tool = settings.tool if settings else None
    told = {**vars(settings or _NOTHING), "tool": tool or words(_software(exif, packets, texts))}
    made = settings is not None or any(name in UNDERSTOOD for name in texts)
    return Origin(
        **told,
        source_type=source,
        generated=True if made or said else said,
        camera=camera,
        taken=words(exif.taken) or words(_first(packets, "DateTimeOriginal")),
        gps=exif.gps or any(packet.gps for packet in packets) or _has_place(texts),
        texts=_others(texts, exif, packets, settings),
    )


def _with_edges(told: Origin, file: BinaryIO) -> Origin:
    """Add what stands in a place of its container that is not known here, as the facts do."""
    from studio.media.provenance import edges, says_generated, says_place

    if told.generated is not None and told.gps:
        return told
    ends = edges(file)
    said = says_generated(ends) if told.generated is None else told.generated
    return replace(told, generated=said, gps=told.gps or says_place(ends))


def _with(told: Origin, *, c2pa: str, source: str | None) -> Origin:
    source = told.source_type or source
    said = is_generated(source)
    generated = True if told.generated or said else (told.generated if said is None else said)
    return replace(told, c2pa=c2pa, source_type=source, generated=generated)


def _folded(texts: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the first text of each name; a container's names in the form PNG has them."""
    folded: dict[str, str] = {}
    for name, text in texts:
        low = name.lower()
        folded.setdefault(low if low in UNDERSTOOD else name, text)
    return folded


def _elsewhere(texts: Mapping[str, str], exif: Exif, packets: list[Xmp]) -> Settings | None:
    """Return what a generator left in a comment or a camera's tags."""
    comfy = {
        name: tag[len(name) + 1 :]
        for tag in (exif.model or "", exif.make or "", *(text for _, text in exif.texts))
        for name in ("prompt", "workflow")
        if tag.lower().startswith(f"{name}:")
    }
    if comfy:
        return read_texts(comfy) or Settings(tool="ComfyUI")
    asked = [exif.comment, *(text for _, text in exif.texts)]
    asked += [value for packet in packets for value in packet.values.values()]
    asked += [text for name, text in texts.items() if name not in UNDERSTOOD]
    for text in asked:
        if text and (told := _is_settings(text)):
            return told
    return None


def _is_settings(text: str) -> Settings | None:
    """Return the settings in a text that may as well be a person's: only what is certain."""
    from studio.media.origin.a1111 import is_a1111
    from studio.media.origin.json import is_object

    if not (is_object(text) or is_a1111(text)):
        return None
    return read_any(text)


def _iptc(packets: list[Xmp]) -> Settings | None:
    """Return what IPTC's properties on AI say (Photo Metadata Standard 2025.1)."""
    system, prompt = _first(packets, "AISystemUsed"), _first(packets, "AIPromptInformation")
    if system is None and prompt is None:
        return None
    version = _first(packets, "AISystemVersionUsed")
    tool = f"{system} {version}" if system and version else system
    return Settings(tool=words(tool), prompt=capped(prompt))


def _source_type(packets: list[Xmp]) -> str | None:
    found = [packet.source_type for packet in packets if packet.source_type]
    return next((each for each in found if is_generated(each)), found[0] if found else None)


def _first(packets: list[Xmp], name: str) -> str | None:
    return next((packet.values[name] for packet in packets if name in packet.values), None)


def _camera(exif: Exif, packets: list[Xmp], texts: Mapping[str, str]) -> str | None:
    """Return make and model, the make once."""
    make = exif.make or _first(packets, "Make") or _ending(texts, "make")
    model = exif.model or _first(packets, "Model") or _ending(texts, "model")
    if make and model and not model.lower().startswith(make.lower()):
        return words(f"{make} {model}")
    return words(model or make)


def _ending(texts: Mapping[str, str], word: str) -> str | None:
    """Return a clip's text by the end of its name: "com.apple.quicktime.make"."""
    return next((text for name, text in texts.items() if name.lower().split(".")[-1] == word), None)


def _is_comfy(tag: str) -> bool:
    return tag.lower().startswith(("prompt:", "workflow:"))


def _software(exif: Exif, packets: list[Xmp], texts: Mapping[str, str]) -> str | None:
    named = _ending(texts, "software") or exif.software or _first(packets, "CreatorTool")
    return named or _ending(texts, "encoder")


def _has_place(texts: Mapping[str, str]) -> bool:
    return any("location" in name.lower() and text for name, text in texts.items())


def _others(
    texts: Mapping[str, str], exif: Exif, packets: list[Xmp], settings: Settings | None
) -> tuple[tuple[str, str], ...]:
    """Return the texts that were not understood, each once."""
    named = [(name, text) for name, text in texts.items() if name not in UNDERSTOOD or not settings]
    named += [(name, text) for name, text in exif.texts if not _is_comfy(text)]
    if exif.comment:
        named.append(("UserComment", exif.comment))
    for packet in packets:
        named += [(name, text) for name, text in packet.values.items() if name in _SHOWN]
    kept: dict[str, str] = {}
    for name, text in named:
        short = capped(text, _MOST_OTHER)
        if short is None or name.lower() in _NOT_SHOWN or short in kept.values():
            continue
        if settings is not None and _is_settings(text) is not None:
            continue
        kept.setdefault(words(name) or "text", short)
        if len(kept) >= MOST_OTHERS:
            break
    return tuple(kept.items())


_SHOWN = {"description", "Description", "title", "Headline", "Caption", "UserComment"}
_NOT_SHOWN = {"major_brand", "minor_version", "compatible_brands", "handler_name", "vendor_id"}
