"""What an XMP packet inside a picture says of its origin.

Read by expat without building a tree; a document type is refused, and with it every entity but
XML's own five.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field

from studio.media.xmp_places import RDF

MOST_PACKET = 512 * 1024  # bytes
_DEEPEST = 200
_MOST_TEXT = 100_000  # characters of one property
_MOST_TEXTS = 30

# http://iptc.org/std/Iptc4xmpExt/2008-02-29/ (the properties on AI came with version 2025.1), the
# same names under other prefixes, Adobe's and EXIF's. Only the local name is asked: what a file
# claims is believed anyway.
_SOURCE = "digitalsourcetype"
_SYSTEM, _SYSTEM_VERSION, _PROMPT = "AISystemUsed", "AISystemVersionUsed", "AIPromptInformation"
_TEXTS = {"UserComment", "description", "Description", "title", "Headline", "Caption", "parameters"}
_WANTED = _TEXTS | {_SYSTEM, _SYSTEM_VERSION, _PROMPT, "CreatorTool"}
_WANTED |= {"DateTimeOriginal", "GPSLatitude", "Make", "Model"}


@dataclass
class Xmp:
    """What was found.

    Attributes:
        source_type: the last part of DigitalSourceType.
        values: local name → text, the first of each.
        gps: a latitude is given.
    """

    source_type: str | None = None
    values: dict[str, str] = field(default_factory=dict)
    gps: bool = False


def read_xmp(data: bytes) -> Xmp:
    """Return what a packet says; damaged XML says as much as could be read, and raises nothing."""
    from xml.parsers import expat

    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.ordered_attributes = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    parser.StartDoctypeDeclHandler = reader.refuse
    body = data[:MOST_PACKET].strip(b"\x00 \t\r\n")
    # What stood before a fault was read.
    with contextlib.suppress(expat.ExpatError, _RefusedError, ValueError, LookupError):
        parser.Parse(body, True)
    return reader.found


class _RefusedError(Exception):
    """A document type, or elements nested without reason."""


class _Reader:
    def __init__(self) -> None:
        self.found = Xmp()
        self.names: list[str] = []
        self.text: list[str] = []
        self.room = _MOST_TEXT

    def start(self, name: str, attributes: list[str]) -> None:
        if len(self.names) >= _DEEPEST:
            raise _RefusedError
        local = name.rpartition(" ")[2]
        self.names.append(local)
        self.text.clear()
        self.room = _MOST_TEXT
        for key, value in zip(attributes[::2], attributes[1::2], strict=True):
            space, _, inner = key.rpartition(" ")
            if space == RDF and inner == "resource":
                self.note(local, value)
            else:
                self.note(inner, value)

    def end(self, _: str) -> None:
        text = "".join(self.text).strip()
        self.text.clear()
        local = self.names.pop()
        if text:  # rdf:li stands in rdf:Alt, that in the property
            within = [local, *reversed(self.names[-2:])]
            self.note(next((each for each in within if each not in _SHELLS), local), text)

    def characters(self, data: str) -> None:
        if self.room > 0:
            self.text.append(data[: self.room])
            self.room -= len(data)

    def refuse(self, *_: object) -> None:
        raise _RefusedError

    def note(self, local: str, value: str) -> None:
        value = value[:_MOST_TEXT]
        if local.lower() == _SOURCE:
            word = source_type(value)
            if self.found.source_type is None or is_generated(word):
                self.found.source_type = word or self.found.source_type
        elif local in _WANTED and len(self.found.values) < _MOST_TEXTS:
            self.found.values.setdefault(local, value)
            self.found.gps |= local == "GPSLatitude"


_SHELLS = {"li", "Alt", "Bag", "Seq", "value", "Description"}

# IPTC NewsCodes "digitalsourcetype", 2024-10-23: what is made, or made in part, by a model; and
# what a camera or a scanner took. What is said of edits and composites by hand says neither.
_GENERATED = {
    "trainedalgorithmicmedia",
    "compositewithtrainedalgorithmicmedia",
    "compositesynthetic",
}
_TAKEN = {"digitalcapture", "computationalcapture", "negativefilm", "positivefilm", "print"}


def source_type(value: str) -> str | None:
    """Return the last part of a DigitalSourceType, with or without its address."""
    word = value.strip().rstrip("/").replace(":", "/").rpartition("/")[2]
    return word[:100] or None


def is_generated(word: str | None) -> bool | None:
    """Return what a source type means: True a model, False a camera or scanner, None neither."""
    low = (word or "").lower()
    return True if low in _GENERATED else (False if low in _TAKEN else None)
