"""Where the properties of an XMP packet stand, in bytes.

A document type is refused, and with it every entity but XML's own five; so the usual attacks by
XML (expanding or external entities) have nothing to work with.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from studio.problem import Problem

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
OWN = "urn:studio:review:1"

# The XMP toolkit in exiv2 (and so in darktable and digiKam) ends every namespace it writes with a
# slash when it ends with neither slash nor hash: seen with exiv2 0.27.6, which wrote ours so.
_ALIASES = {OWN + "/": OWN}

_DEEPEST = 200  # nested elements
_ALWAYS = {  # "Namespaces in XML", 3: bound without being declared
    "xml": "http://www.w3.org/XML/1998/namespace",
    "xmlns": "http://www.w3.org/2000/xmlns/",
}

ATTRIBUTE = re.compile(rb"(\s+)([^\s=/>]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_START_TAG = re.compile(
    rb"<(?P<name>[^\s/>]+)(?P<attributes>(?:\s+[^\s=/>]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)"
    rb"\s*(?P<empty>/?)>"
)


class Name(NamedTuple):
    """A property's name: namespace and local part."""

    space: str
    local: str


_RDF_ROOT = Name(RDF, "RDF")
_DESCRIPTION = Name(RDF, "Description")
_LISTS = {Name(RDF, "Alt"), Name(RDF, "Bag"), Name(RDF, "Seq")}
_ITEM = Name(RDF, "li")
_LANGUAGE = Name(_ALWAYS["xml"], "lang")


@dataclass(frozen=True)
class Tag:
    """A start tag: byte offsets of the whole, and the prefixes that may be used in it."""

    name: bytes
    start: int
    end: int
    attributes: int  # where an attribute can be added
    empty: bool  # <tag/>
    scope: dict[str, str]


@dataclass
class Item:
    """One text of several in a property: an `rdf:li` of its list."""

    language: str | None  # as written in xml:lang
    value: str
    content: tuple[int, int]
    tag: Tag
    simple: bool = True  # text only


@dataclass
class Place:
    """Where one property's value stands, as an attribute or as an element."""

    name: Name
    value: str
    whole: tuple[int, int]
    content: tuple[int, int]
    element: bool
    tag: Tag
    simple: bool = True  # text only: no elements inside, no reference to elsewhere
    container: Tag | None = None  # the list in it, such as rdf:Alt
    items: list[Item] = field(default_factory=list)


@dataclass
class Places:
    """What one reading of a packet found."""

    root: Name | None = None
    root_tag: Tag | None = None
    rdf_tag: Tag | None = None
    description: Tag | None = None
    properties: list[Place] = field(default_factory=list)


def damaged(where: str, what: str) -> Problem:
    """Return the problem of a sidecar that cannot be read."""
    mend = "Mend it with the program that wrote it, or move it away and Studio starts a new one"
    return Problem(where, what, mend)


def find_places(utf8: bytes, where: str) -> Places:
    """Find the descriptions of a packet and the properties directly in them.

    Raises:
        Problem: no well-formed XML, a document type, or elements nested without reason.
    """
    return _Reader(utf8, where).read()


class _Reader:
    """One pass of expat over a packet; no tree is built."""

    def __init__(self, utf8: bytes, where: str) -> None:
        from xml.parsers import expat

        self.utf8 = utf8
        self.where = where
        self.found = Places()
        self.scopes: list[dict[str, str]] = [_ALWAYS]
        self.names: list[Name] = []
        self.rdf_depth = 0  # how deep rdf:RDF stands, counted from 1; 0 outside it
        self.here: Place | None = None
        self.text: list[str] = []
        self.item: Item | None = None
        self.item_text: list[str] = []
        self.error = expat.ExpatError
        self.parser = expat.ParserCreate("UTF-8")
        self.parser.buffer_text = True
        self.parser.ordered_attributes = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.StartDoctypeDeclHandler = self.refuse

    def read(self) -> Places:
        try:
            self.parser.Parse(self.utf8, True)
        except self.error as error:
            what = f"is not well-formed XML (line {getattr(error, 'lineno', '?')})"
            raise damaged(self.where, what) from None
        return self.found

    def start(self, qname: str, attributes: list[str]) -> None:
        if len(self.names) >= _DEEPEST:
            raise damaged(self.where, f"nests deeper than {_DEEPEST} elements")
        pairs = list(zip(attributes[::2], attributes[1::2], strict=True))
        scope = _inner_scope(self.scopes[-1], pairs)
        for each in (qname, *attributes[::2]):
            prefix, colon, _ = each.partition(":")
            if colon and prefix not in scope:
                raise damaged(self.where, f"uses the prefix {prefix} without saying what it means")
        name = _named(qname, scope)
        self.scopes.append(scope)
        self.names.append(name)
        depth = len(self.names)
        if depth == 1:
            self.found.root, self.found.root_tag = name, self.tag(scope)
        if not self.rdf_depth:
            if name == _RDF_ROOT and self.found.rdf_tag is None:
                self.rdf_depth, self.found.rdf_tag = depth, self.tag(scope)
        elif depth == self.rdf_depth + 1 and name == _DESCRIPTION:
            self.describe(self.tag(scope), pairs)
        elif depth == self.rdf_depth + 2 and self.names[self.rdf_depth] == _DESCRIPTION:
            tag = self.tag(scope)
            simple = not any(_named(key, scope, attribute=True).space == RDF for key, _ in pairs)
            self.here = Place(name, "", (tag.start, tag.end), (tag.end,) * 2, True, tag, simple)
            self.text.clear()
        elif self.here is not None:
            self.here.simple = False
            self.inside(self.here, depth - self.rdf_depth - 2, name, scope, pairs)

    def inside(
        self,
        place: Place,
        deep: int,
        name: Name,
        scope: dict[str, str],
        pairs: list[tuple[str, str]],
    ) -> None:
        """Note the texts of a list in a property."""
        if deep == 1 and name in _LISTS and place.container is None:
            place.container = self.tag(scope)
        elif deep == 2 and name == _ITEM and place.container is not None:
            tag = self.tag(scope)
            known = {_named(key, scope, attribute=True): value for key, value in pairs}
            plain = not any(each.space == RDF for each in known)
            self.item = Item(known.get(_LANGUAGE), "", (tag.end, tag.end), tag, plain)
            self.item_text.clear()
        elif self.item is not None:
            self.item.simple = False

    def end(self, _: str) -> None:
        depth = len(self.names)
        self.names.pop()
        self.scopes.pop()
        if self.here is not None and depth == self.rdf_depth + 2:
            place, self.here = self.here, None
            if not place.tag.empty:
                closing = self.parser.CurrentByteIndex
                place.content = (place.tag.end, closing)
                place.whole = (place.tag.start, self.utf8.index(b">", closing) + 1)
            place.value = "".join(self.text)
            self.found.properties.append(place)
        elif self.item is not None and self.here is not None and depth == self.rdf_depth + 4:
            item, self.item = self.item, None
            if not item.tag.empty:
                item.content = (item.tag.end, self.parser.CurrentByteIndex)
            item.value = "".join(self.item_text)
            self.here.items.append(item)
        elif depth == self.rdf_depth:
            self.rdf_depth = 0

    def characters(self, data: str) -> None:
        if self.here is not None:
            self.text.append(data)
        if self.item is not None:
            self.item_text.append(data)

    def refuse(self, *_: object) -> None:
        raise damaged(self.where, "brings a document type, which a sidecar never needs")

    def describe(self, tag: Tag, pairs: list[tuple[str, str]]) -> None:
        """Note the properties that a description holds as attributes."""
        self.found.description = self.found.description or tag
        values = {key: value for key, value in pairs if not _declares(key)}
        for match in ATTRIBUTE.finditer(self.utf8, tag.start, tag.attributes):
            key = match[2].decode()
            if key in values:
                content = match.span(3) if match[3] is not None else match.span(4)
                name = _named(key, tag.scope, attribute=True)
                place = Place(name, values[key], match.span(), content, False, tag)
                self.found.properties.append(place)

    def tag(self, scope: dict[str, str]) -> Tag:
        """Return the start tag that expat has just read."""
        match = _START_TAG.match(self.utf8, self.parser.CurrentByteIndex)
        assert match is not None  # expat has just accepted it
        empty = bool(match["empty"])
        return Tag(match["name"], match.start(), match.end(), match.end("attributes"), empty, scope)


def _inner_scope(scope: dict[str, str], pairs: list[tuple[str, str]]) -> dict[str, str]:
    declared = {key[6:]: _ALIASES.get(value, value) for key, value in pairs if _declares(key)}
    return scope | declared if declared else scope


def _declares(key: str) -> bool:
    return key == "xmlns" or key.startswith("xmlns:")


def _named(qname: str, scope: dict[str, str], *, attribute: bool = False) -> Name:
    prefix, colon, local = qname.partition(":")
    if not colon:  # the default namespace is not for attributes
        return Name("" if attribute else scope.get("", ""), prefix)
    return Name(scope[prefix], local)
