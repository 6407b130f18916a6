"""An XMP packet as a file: single properties read and changed, every other byte left alone.

A sidecar belongs to several programs at once, so nothing is parsed into a tree and written back:
expat says where a property stands, and only those bytes are replaced. Namespaces, comments,
processing instructions, padding and line ends that we know nothing of cannot be lost that way.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.media.foreign import COLOURS, DIGIKAM
from studio.media.xmp_places import (
    ATTRIBUTE,
    RDF,
    Item,
    Name,
    Place,
    Places,
    Tag,
    damaged,
    find_places,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

XMP = "http://ns.adobe.com/xap/1.0/"
META = "adobe:ns:meta/"

LARGEST = 8 * 1024 * 1024  # bytes; darktable's longest histories stay below 1 MiB

IPTC = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
ALT_TEXT = Name(IPTC, "AltTextAccessibility")
"""What a picture shows, for those who cannot see it (IPTC Photo Metadata 2021.1): a text in
several languages (rdf:Alt), of which "x-default" is read and written."""

_DEFAULT = "x-default"  # XMP specification, part 1, 8.2.2.4
_PREFIXES = {XMP: "xmp", RDF: "rdf", META: "x", DIGIKAM: "digiKam", IPTC: "Iptc4xmpCore"}
_LISTS = {COLOURS}  # may be removed whole
_ROOTS = {Name(META, "xmpmeta"), Name(META, "xapmeta"), Name(RDF, "RDF")}
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_ENCODINGS = {"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "latin-1", "windows-1252"}
_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}

# Adobe's XMP specification, part 1, 7.3: the packet wrapper with its fixed id.
NEW_PACKET = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    f'<x:xmpmeta xmlns:x="{META}">\n'
    f' <rdf:RDF xmlns:rdf="{RDF}">\n'
    '  <rdf:Description rdf:about=""/>\n'
    " </rdf:RDF>\n"
    "</x:xmpmeta>\n"
    '<?xpacket end="w"?>\n'
).encode()


def clean(text: str) -> str:
    """Return `text` without the characters XML cannot hold, lines ended by line feeds."""
    return _NOT_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


class Packet:
    """One XMP packet, immutable.

    Args:
        data: the file's bytes.
        where: what to call the file in a problem.

    Raises:
        Problem: the file is too large, no XML, no XMP, or brings a document type.
    """

    def __init__(self, data: bytes, where: str) -> None:
        self.where = where
        self.data = data
        self._mark, self._utf8, self._encoding = _decode(data, where)
        self._found = find_places(self._utf8, where)
        if self._found.root not in _ROOTS:
            raise damaged(where, "is not XMP")
        # Of a property that stands there twice the first counts.
        simple = [one for one in self._found.properties if one.simple]
        self._simple = {one.name: one.value for one in reversed(simple)}

    def get(self, name: Name) -> str | None:
        """Return a simple property's text, None when it is absent."""
        return self._simple.get(name)

    def text(self, name: Name) -> str | None:
        """Return all the text in a property of any form, None when it is absent."""
        return next((one.value for one in self._found.properties if one.name == name), None)

    def in_languages(self, name: Name) -> str | None:
        """Return the text for any language of a property that has one for each, None without.

        That is the one marked x-default, else the first; a program may also have written a plain
        text.
        """
        place = next((one for one in self._found.properties if one.name == name), None)
        if place is None:
            return None
        if place.simple:
            return place.value or None
        item = _default_of(place)
        return (item.value or None) if item is not None else None

    def with_text(self, name: Name, value: str | None) -> Packet:
        """Return the packet with the text for any language of a property set; None removes it.

        Texts in certain languages are kept, unless the property is removed.

        Raises:
            Problem: the property is written in a form Studio does not know.
        """
        value = clean(value or "") or None
        place = next((one for one in self._found.properties if one.name == name), None)
        if place is None:
            return self if value is None else self._with_list(name, value)
        if place.simple:
            return self.with_values({name: value})
        item = _default_of(place)
        container = place.container
        if container is None or (item is not None and not item.simple):
            raise damaged(self.where, f"holds {name.local} in a form Studio cannot change")
        if value is None:
            edit = self._removal(place)
        elif item is not None and item.language == _DEFAULT:
            edit = _item_text(item, value)
        else:
            edit = self._new_item(container, value)
        start, end, new = edit
        made = self._like(self._utf8[:start] + new + self._utf8[end:])
        if made.others(name) != self.others(name) or made.in_languages(name) != value:
            raise damaged(self.where, "cannot be changed without touching more than it should")
        return made

    def others(self, name: Name) -> dict[Name, list[str]]:
        """Return the different values of every property but one."""
        return {key: each for key, each in _values(self._found).items() if key != name}

    def _with_list(self, name: Name, value: str) -> Packet:
        """Return the packet with a new property that has one text for any language."""
        tag = self._found.description
        if tag is None:
            return self._with_description().with_text(name, value)
        added: list[str] = []
        prefix = _prefix_for(tag.scope, name, added)
        rdf = _prefix_for(tag.scope, Name(RDF, "Alt"), added)
        declared = "".join(f" {one}" for one in added).encode()
        line = self._utf8.rfind(b"\n", 0, tag.start) + 1
        lead = self._utf8[line : tag.start]
        lead = b"" if lead.strip() else lead
        ending = b"\r\n" if self._utf8[:line].endswith(b"\r\n") else b"\n"
        gap = ending + lead
        element = f"{prefix}:{name.local}".encode()
        alt, item = f"{rdf}:Alt".encode(), f"{rdf}:li".encode()
        made = b"".join(
            (
                gap + b" <" + element + declared + b">",
                gap + b"  <" + alt + b">",
                gap + b"   <" + item + b' xml:lang="x-default">',
                _text(value).encode() + b"</" + item + b">",
                gap + b"  </" + alt + b">",
                gap + b" </" + element + b">",
            )
        )
        if tag.empty:
            text = self._utf8[: tag.attributes] + b">" + made + gap
            text += b"</" + tag.name + b">" + self._utf8[tag.end :]
        else:
            text = self._utf8[: tag.end] + made + self._utf8[tag.end :]
        packet = self._like(text)
        if packet.in_languages(name) != value or packet.others(name) != self.others(name):
            raise damaged(self.where, "cannot be changed without touching more than it should")
        return packet

    def _new_item(self, container: Tag, value: str) -> tuple[int, int, bytes]:
        """Return the edit that puts the text for any language before the others."""
        rdf, colon, _ = container.name.decode().rpartition(":")
        li = f"{rdf}{colon}li"
        made = f'<{li} xml:lang="{_DEFAULT}">{_text(value)}</{li}>'.encode()
        if container.empty:
            made = b">" + made + b"</" + container.name + b">"
            return container.attributes, container.end, made
        return container.end, container.end, made

    def with_values(self, changes: Mapping[Name, str | None]) -> Packet:
        """Return the packet with properties set, or removed where the value is None.

        A property that exists keeps its place and form (attribute or element); a new one becomes
        an attribute of the first description.

        Raises:
            Problem: a property is written in a form that holds more than a text, or the result
                would not say what it should.
        """
        description = self._found.description
        if description is None:
            return self._with_description().with_values(changes)
        edits: list[tuple[int, int, bytes]] = []
        added: list[str] = []
        for name, value in changes.items():
            places = [place for place in self._found.properties if place.name == name]
            if any(not place.simple for place in places) and not (value is None and name in _LISTS):
                raise damaged(self.where, f"holds {name.local} in a form Studio cannot change")
            if value is None:
                edits += [self._removal(place) for place in places]
            elif places:
                edits += [_replacement(place, value) for place in places]
            else:
                added += _new_attribute(description.scope, name, value, added)
        if added:
            edits.append(self._addition(description, added))
        text = self._utf8
        for start, end, new in sorted(edits, key=lambda edit: edit[:2], reverse=True):
            text = text[:start] + new + text[end:]
        wanted = {
            name: value for name, value in _values(self._found).items() if name not in changes
        }
        wanted |= {name: [clean(value)] for name, value in changes.items() if value is not None}
        if _values(find_places(text, self.where)) != wanted:
            raise damaged(self.where, "cannot be changed without touching more than it should")
        return self._like(text)

    def _like(self, utf8: bytes) -> Packet:
        text = utf8.decode().encode(self._encoding, "xmlcharrefreplace")
        return Packet(self._mark + text, self.where)

    def _removal(self, place: Place) -> tuple[int, int, bytes]:
        start, end = place.whole
        if place.element:  # with the line it stands on
            before = self._utf8[:start].rstrip(b" \t")
            if before.endswith(b"\n"):
                start = len(before) - (2 if before.endswith(b"\r\n") else 1)
        return start, end, b""

    def _addition(self, tag: Tag, added: list[str]) -> tuple[int, int, bytes]:
        """Return the edit that adds attributes in the manner of those already there."""
        attributes = list(ATTRIBUTE.finditer(self._utf8, tag.start, tag.attributes))
        gap = attributes[-1][1] if attributes else b" "
        if b"\n" not in gap and len(added) > 1:
            line = self._utf8.rfind(b"\n", 0, tag.start) + 1
            lead = self._utf8[line : tag.start]
            ending = b"\r\n" if self._utf8[:line].endswith(b"\r\n") else b"\n"
            gap = ending + (lead if not lead.strip() else b"") + b"  "
        text = b"".join(gap + item.encode() for item in added)
        return tag.attributes, tag.attributes, text

    def _with_description(self) -> Packet:
        """Return a packet that has a description to put properties into."""
        new = f'<rdf:Description xmlns:rdf="{RDF}" rdf:about=""/>'
        outer = self._found.rdf_tag
        if outer is None:
            outer = self._found.root_tag
            new = f'<rdf:RDF xmlns:rdf="{RDF}"><rdf:Description rdf:about=""/></rdf:RDF>'
        assert outer is not None
        made = self._utf8[outer.start : outer.attributes] + b">" + new.encode()
        if outer.empty:
            made += b"</" + outer.name + b">"
        return self._like(self._utf8[: outer.start] + made + self._utf8[outer.end :])


def _default_of(place: Place) -> Item | None:
    """Return the text for any language: the one that says so, else the first."""
    marked = (item for item in place.items if item.language == _DEFAULT)
    return next(marked, place.items[0] if place.items else None)


def _item_text(item: Item, value: str) -> tuple[int, int, bytes]:
    inner = _text(value).encode()
    if item.tag.empty:
        return item.tag.attributes, item.tag.end, b">" + inner + b"</" + item.tag.name + b">"
    return (*item.content, inner)


def _prefix_for(scope: dict[str, str], name: Name, added: list[str]) -> str:
    """Return a prefix for a name; what has to be declared for it is put into `added`."""
    prefix = next((key for key, uri in scope.items() if uri == name.space and key), None)
    if prefix is None:
        prefix = base = _PREFIXES.get(name.space, "studio")
        count = 1
        while prefix in scope:
            count += 1
            prefix = f"{base}{count}"
        added.append(f'xmlns:{prefix}="{name.space}"')
    return prefix


def _values(found: Places) -> dict[Name, list[str]]:
    """Return the different values of every property."""
    values: dict[Name, set[str]] = {}
    for place in found.properties:
        values.setdefault(place.name, set()).add(place.value)
    return {name: sorted(each) for name, each in values.items()}


def _replacement(place: Place, value: str) -> tuple[int, int, bytes]:
    start, end = place.content
    if not place.element:
        return start, end, _attribute_text(value).encode()
    inner = _text(value).encode()
    if place.tag.empty:
        return place.tag.attributes, place.tag.end, b">" + inner + b"</" + place.tag.name + b">"
    return start, end, inner


def _new_attribute(scope: dict[str, str], name: Name, value: str, added: list[str]) -> list[str]:
    """Return what to add to a tag: a namespace if it needs one, and the property."""
    made: list[str] = []
    declared: list[str] = []
    prefix = _prefix_for(scope, name, declared)
    made += [one for one in declared if one not in added]
    made.append(f'{prefix}:{name.local}="{_attribute_text(value)}"')
    return made


def _text(value: str) -> str:
    return clean(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _attribute_text(value: str) -> str:
    # A line feed or tab written as itself would be read back as a space.
    return _text(value).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def _decode(data: bytes, where: str) -> tuple[bytes, bytes, str]:
    """Return byte order mark, text as UTF-8, and the encoding to write it back in."""
    if len(data) > LARGEST:
        raise damaged(where, f"is larger than {LARGEST // 1024 // 1024} MiB")
    mark = next((mark for mark in _MARKS if data.startswith(mark)), b"")
    encoding = _MARKS.get(mark, "utf-8")
    declared = None if mark else _DECLARED.match(data)
    if declared:
        encoding = declared[1].decode("ascii").lower()
        if encoding not in _ENCODINGS:
            raise damaged(where, f"is written in {encoding}, which Studio does not read")
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError:
        raise damaged(where, f"is not the {encoding} text it claims to be") from None
    return mark, text.encode(), encoding
