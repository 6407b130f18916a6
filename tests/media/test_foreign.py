"""What other programs wrote is understood, and what they read is told to them."""

from __future__ import annotations

import itertools
import random
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET

import pytest

from studio.media.sidecar import merge_verdict, read_verdict, read_with_brief, with_brief
from studio.media.verdict import Pin, Verdict

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SPACES = {
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "digiKam": "http://www.digikam.org/ns/1.0/",
    "darktable": "http://darktable.sf.net/",
    "xmpDM": "http://ns.adobe.com/xmp/1.0/DynamicMedia/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "studio": "urn:studio:review:1",
}


def packet(attributes="", inside="", **properties):
    spaces = "".join(f" xmlns:{prefix}='{uri}'" for prefix, uri in SPACES.items())
    texts = "".join(f" {name.replace('_', ':')}='{value}'" for name, value in properties.items())
    return (
        f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='{RDF}'>"
        f"<rdf:Description rdf:about=''{spaces}{texts}{attributes}>{inside}</rdf:Description>"
        "</rdf:RDF></x:xmpmeta>"
    ).encode()


def colours(*numbers):
    items = "".join(f"<rdf:li>{number}</rdf:li>" for number in numbers)
    return f"<darktable:colorlabels><rdf:Seq>{items}</rdf:Seq></darktable:colorlabels>"


def told(data, name):
    """Return what another program would read, by a parser of the standard library."""
    prefix, local = name.split(":")
    key = f"{{{SPACES[prefix]}}}{local}"
    for description in ET.fromstring(data).iter(f"{{{RDF}}}Description"):
        if key in description.attrib:
            return description.attrib[key]
        found = description.find(key)
        if found is not None:
            return found.text
    return None


def elsewhere(data, name, value):
    """Set a property as another program would: an attribute of the description, new or not."""
    prefix = name.partition(":")[0]
    if told(data, name) is not None:
        new = f'{name}="{value}"' if value is not None else ""
        return re.sub(rf'{name}=["\'][^"\']*["\']', new, data.decode()).encode()
    space = "" if f"xmlns:{prefix}=" in data.decode() else f' xmlns:{prefix}="{SPACES[prefix]}"'
    return re.sub(
        rb"<rdf:Description ", f'<rdf:Description{space} {name}="{value}" '.encode(), data, count=1
    )


# digiKam


@pytest.mark.parametrize(
    ("written", "keep"), [("0", None), ("1", False), ("2", None), ("3", True), ("9", None)]
)
def test_a_pick_made_in_digikam_is_understood(written, keep):
    assert read_verdict(packet(digiKam_PickLabel=written)).keep is keep


@pytest.mark.parametrize(("keep", "written"), [(True, "3"), (False, "1")])
def test_a_decision_made_here_shows_in_digikam(keep, written):
    assert told(merge_verdict(None, Verdict(keep=keep)), "digiKam:PickLabel") == written


def test_a_decision_taken_back_here_is_taken_back_in_digikam():
    data = merge_verdict(merge_verdict(None, Verdict(keep=True)), Verdict(stars=1))
    assert told(data, "digiKam:PickLabel") == "0"


@pytest.mark.parametrize("ours", [True, False])
@pytest.mark.parametrize(("written", "keep"), [("0", None), ("1", False), ("3", True)])
def test_a_decision_changed_in_digikam_counts(ours, written, keep):
    data = merge_verdict(None, Verdict(keep=ours, stars=4))
    assert read_verdict(elsewhere(data, "digiKam:PickLabel", written)) == Verdict(keep, 4)


def test_what_digikam_writes_for_a_file_it_knows_nothing_of_changes_no_decision():
    old = packet(studio_kept="true", xmp_Rating="3")  # as Studio wrote it before it knew digiKam
    for written in ("0", "2"):
        assert read_verdict(elsewhere(old, "digiKam:PickLabel", written)) == Verdict(True, 3)


def test_a_pending_pick_stays_pending_when_stars_are_given():
    data = merge_verdict(packet(digiKam_PickLabel="2"), Verdict(stars=4))
    assert told(data, "digiKam:PickLabel") == "2"


def test_a_note_changes_nothing_of_digikams():
    base = packet(digiKam_PickLabel="3", digiKam_ColorLabel="7", xmp_Rating="2")
    data = merge_verdict(base, Verdict(True, 2, "Gray", "dust"))
    for name in ("digiKam:PickLabel", "digiKam:ColorLabel", "xmp:Rating", "xmp:Label"):
        assert told(data, name) == told(base, name)
    assert read_verdict(data).note == "dust"


@pytest.mark.parametrize(
    ("number", "label"),
    [("0", None), ("1", "Red"), ("3", "Yellow"), ("4", "Green"), ("5", "Blue"), ("6", "Purple")],
)
def test_a_colour_given_in_digikam_is_understood(number, label):
    assert read_verdict(packet(digiKam_ColorLabel=number)).label == label
    ours = merge_verdict(packet(digiKam_ColorLabel="2"), Verdict(label="Blue"))
    assert told(ours, "digiKam:ColorLabel") == "5", "it reads its own before xmp:Label"
    theirs = elsewhere(ours, "digiKam:ColorLabel", number)
    assert read_verdict(elsewhere(theirs, "xmp:Label", label)).label == label


def test_a_label_digikam_has_no_word_for_survives_its_writing():
    ours = merge_verdict(None, Verdict(label="spare take"))
    theirs = elsewhere(elsewhere(ours, "digiKam:ColorLabel", "0"), "xmp:Label", None)
    assert told(theirs, "xmp:Label") is None
    assert read_verdict(theirs).label == "spare take"


# darktable


def test_a_reject_and_its_taking_back_pass_between_darktable_and_here():
    ours = merge_verdict(None, Verdict(keep=False, stars=4))
    assert told(ours, "xmp:Rating") == "-1"
    theirs = elsewhere(ours, "xmp:Rating", "2")
    assert read_verdict(theirs) == Verdict(keep=None, stars=2)
    assert read_verdict(elsewhere(theirs, "xmp:Rating", "-1")).keep is False


@pytest.mark.parametrize(
    ("number", "label"),
    list(enumerate(["Red", "Yellow", "Green", "Blue", "Purple"])),
)
def test_a_colour_given_in_darktable_counts_over_our_own_older_one(number, label):
    """It writes only its own list and leaves our label as it was, which it would read first."""
    assert read_verdict(packet(inside=colours(number))).label == label
    ours = merge_verdict(packet(), Verdict(label="Blue"))
    theirs = ours.replace(b"</rdf:Description>", f"{colours(number)}</rdf:Description>".encode())
    assert read_verdict(theirs).label == label
    again = merge_verdict(theirs, Verdict(label="Red" if label != "Red" else None))
    assert read_verdict(again).label == ("Red" if label != "Red" else None)
    assert told(again, "xmp:Label") == ("Red" if label != "Red" else None)
    assert b"colorlabels" not in again, "it would show the old colour too"


def test_several_colours_of_darktable_stay_when_the_label_does():
    base = packet(inside=colours(0, 2))
    assert read_verdict(base).label == "Red"
    data = merge_verdict(base, Verdict(stars=3, label="Red"))
    assert colours(0, 2).encode() in data


# Lightroom, Bridge


@pytest.mark.parametrize(("flag", "keep"), [("1", True), ("-1", False), ("0", None)])
def test_a_flag_of_lightroom_is_understood_and_kept_in_step(flag, keep):
    base = packet(xmpDM_pick=flag, xmp_Rating="3")
    assert read_verdict(base) == Verdict(keep, 3)
    for ours, written in ((True, "1"), (False, "-1"), (None, "0")):
        data = merge_verdict(base, Verdict(ours, 3))
        assert told(data, "xmpDM:pick") == written
        assert read_verdict(data).keep is ours


def test_no_flag_is_added_where_lightroom_has_none():
    assert told(merge_verdict(packet(), Verdict(keep=True)), "xmpDM:pick") is None


def test_labels_in_any_language_stay_as_they_are():
    for word in ("red", "Rouge", "Zweite Wahl", "赤"):
        base = packet(xmp_Label=word)
        assert read_verdict(base).label == word
        assert told(merge_verdict(base, Verdict(stars=1, label=word)), "xmp:Label") == word


# All together

KEEPS = [None, True, False]
VERDICTS = [
    Verdict(keep, stars, label)
    for keep in KEEPS
    for stars in (None, 0, 4)
    for label in (None, "Red", "spare")
]


def test_whatever_stood_there_the_verdict_given_here_is_the_one_read_back():
    """Every state of every voice, then every decision; nothing contradicts it afterwards."""
    ours = {"": {}, "old": {"studio_kept": "true"}}
    ours["new"] = {"studio_kept": "false", "studio_pick": "1", "studio_label": "Red"}
    rng = random.Random(7)
    states = list(
        itertools.product(
            ours.values(), (None, "-1", "3"), (None, "0", "1", "3"), (None, "-1", "0", "1")
        )
    )
    for own, rating, pick, flag in states:
        properties = dict(own) | {
            name: value
            for name, value in (
                ("xmp_Rating", rating),
                ("digiKam_PickLabel", pick),
                ("xmpDM_pick", flag),
                ("xmpDM_good", rng.choice([None, "True", "false"])),
                ("xmp_Label", rng.choice([None, "Red", "Blue", "x"])),
                ("digiKam_ColorLabel", rng.choice([None, "0", "1", "8"])),
            )
            if value is not None
        }
        base = packet(inside=rng.choice(["", colours(0), colours(3, 1)]), **properties)
        first = read_verdict(base)
        assert merge_verdict(base, first) == base
        for verdict in rng.sample(VERDICTS, 6):
            data = merge_verdict(base, verdict)
            assert read_verdict(data) == verdict, (properties, verdict)
            assert merge_verdict(data, verdict) == data


MANAGED = {
    f"{{{SPACES['xmp']}}}Rating",
    f"{{{SPACES['xmp']}}}Label",
    f"{{{SPACES['digiKam']}}}PickLabel",
    f"{{{SPACES['digiKam']}}}ColorLabel",
    f"{{{SPACES['darktable']}}}colorlabels",
    f"{{{SPACES['xmpDM']}}}pick",
    f"{{{SPACES['xmpDM']}}}good",
}
NASTY = ["plain", "a & b < c", "é 🎄", "x" * 300, "  spaces ", "two\nlines", "", "'\"", "]]>"]


def foreign(data):
    """Return all that is not ours, by a parser of the standard library."""
    found = []
    for description in ET.fromstring(data).iter(f"{{{RDF}}}Description"):
        found += [
            (name, value)
            for name, value in description.attrib.items()
            if name not in MANAGED and not name.startswith("{urn:studio:review:1}")
        ]
        found += [
            (child.tag, ET.tostring(child).strip())
            for child in description
            if child.tag not in MANAGED and not child.tag.startswith("{urn:studio:review:1}")
        ]
    return sorted(found, key=repr)


def random_packet(rng):
    from xml.sax.saxutils import escape, quoteattr

    gap = rng.choice([" ", "\n   ", "\r\n\t"])
    inside, spaces = [], set()
    attributes = []
    for number in range(rng.randrange(8)):
        prefix = rng.choice(["dc", "xmp", "darktable", "digiKam", "odd", "studio2"])
        spaces.add(prefix)
        name, value = f"{prefix}:P{number}", rng.choice(NASTY)
        form = rng.randrange(5)
        if form == 0:
            attributes.append(f"{name}={quoteattr(value)}")
        elif form == 1:
            inside.append(f"<{name}>{escape(value)}</{name}>")
        elif form == 2:
            items = "".join(f"<rdf:li>{escape(each)}</rdf:li>" for each in rng.sample(NASTY, 2))
            inside.append(f"<{name}><rdf:Bag>{items}</rdf:Bag></{name}>")
        elif form == 3:
            inner = "<xmp:Rating>5</xmp:Rating><xmp:Label>Red</xmp:Label>"
            inside.append(f"<{name} rdf:parseType='Resource'>{inner}</{name}>")
            spaces.add("xmp")
        else:
            inside.append(f"<!-- {number} xmp:Rating='1' --><{name} rdf:resource='urn:x'/>")
    for name in ("xmp:Rating", "xmp:Label", "digiKam:PickLabel", "digiKam:ColorLabel"):
        if rng.random() < 0.4:
            spaces.add(name.split(":")[0])
            value = rng.choice(["-1", "0", "1", "3", "Red", "Blue"])
            if rng.random() < 0.5:
                attributes.append(f'{name}="{value}"')
            else:
                inside.append(f"<{name}>{value}</{name}>")
    if rng.random() < 0.3:
        spaces.add("darktable")
        inside.append(colours(*rng.sample(range(5), 2)))
    known = SPACES | {"odd": "urn:odd#", "studio2": "http://studio.example/"}
    declared = "".join(f"{gap}xmlns:{each}='{known[each]}'" for each in sorted(spaces))
    texts = "".join(gap + each for each in attributes)
    rng.shuffle(inside)
    half = len(inside) // 2 if rng.random() < 0.5 else len(inside)
    more = (
        f"<rdf:Description rdf:about=''{declared}>{''.join(inside[half:])}</rdf:Description>"
        if half < len(inside)
        else ""
    )
    return (
        f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{gap}<rdf:RDF xmlns:rdf='{RDF}'>"
        f"<rdf:Description rdf:about=''{declared}{texts}>{gap.join(inside[:half])}"
        f"</rdf:Description>{more}</rdf:RDF></x:xmpmeta>"
    ).encode()


def random_verdict(rng):
    return Verdict(
        rng.choice(KEEPS),
        rng.choice([None, 0, 1, 5]),
        rng.choice([None, "Red", "Green", "spare & <odd>", "Gray"]),
        rng.choice([None, "a note", 'two\nlines "quoted" & more']),
        tuple(Pin(rng.choice(NASTY), rng.random(), 0.5) for _ in range(rng.randrange(3))),
        (("hands", rng.choice(["pass", "fail"])),) if rng.random() < 0.5 else (),
        rng.choice([None, (1.5, None), (0.0, 2.25)]),
        rng.choice([None, 0.5]),
    )


def test_no_foreign_property_is_ever_lost_whatever_is_decided_in_whatever_order():
    rng = random.Random(20261123)
    for _ in range(150):
        data = random_packet(rng)
        before = foreign(data)
        for _ in range(4):
            verdict = random_verdict(rng)
            data = merge_verdict(data, verdict)
            assert read_verdict(data) == verdict
            assert foreign(data) == before
            if rng.random() < 0.3:
                data = with_brief(data, rng.choice([None, "briefs/a-1.md"]))


# Real programs rewriting our sidecars

FULL = Verdict(
    keep=True,
    stars=3,
    label="Red",
    note='two\nlines "quoted" & <more> 🎄',
    pins=(Pin('six "fingers"\nhere', 0.125, 0.5), Pin("blur é", start=1.5, end=2.25)),
    ticks=(("hands", "fail"), ("tv panel", "unsure")),
    span=(0.5, 12.25),
    poster=2.0,
)


def run(*command):
    subprocess.run(command, check=True, capture_output=True, timeout=30)


PROGRAMS = {
    "exiv2": lambda path, rating: run("exiv2", "-M", f"set Xmp.xmp.Rating {rating}", str(path)),
    "exiftool": lambda path, rating: run(
        "exiftool", "-q", "-overwrite_original", f"-XMP-xmp:Rating={rating}", str(path)
    ),
}


@pytest.fixture(params=PROGRAMS)
def rate(request):
    if shutil.which(request.param) is None:
        pytest.skip(f"{request.param} is not installed")
    return PROGRAMS[request.param]


def test_a_sidecar_rewritten_by_another_program_has_lost_nothing(rate, tmp_path):
    sidecar = tmp_path / "x.jpg.xmp"
    sidecar.write_bytes(with_brief(merge_verdict(None, FULL, identity="3:abc"), "briefs/a-1.md"))
    rate(sidecar, 5)
    from dataclasses import replace

    rewritten = sidecar.read_bytes()
    assert read_with_brief(rewritten) == (replace(FULL, stars=5), "briefs/a-1.md")
    changed = replace(FULL, stars=1, keep=False, pins=FULL.pins[1:], note="no", poster=None)
    sidecar.write_bytes(merge_verdict(rewritten, changed))
    assert read_verdict(sidecar.read_bytes()) == changed
    rate(sidecar, 4)
    assert read_verdict(sidecar.read_bytes()) == replace(changed, keep=None, stars=4)


def test_what_another_program_wrote_is_still_there_for_it(rate, tmp_path):
    sidecar = tmp_path / "x.jpg.xmp"
    sidecar.write_bytes(
        packet(
            inside="<dc:subject><rdf:Bag><rdf:li>café</rdf:li><rdf:li>b</rdf:li></rdf:Bag>"
            f"</dc:subject>{colours(2)}",
            digiKam_ColorLabel="4",
        )
    )
    rate(sidecar, 2)
    before = sidecar.read_bytes()
    assert read_verdict(before) == Verdict(stars=2, label="Green")
    sidecar.write_bytes(merge_verdict(before, FULL))
    rate(sidecar, 3)
    after = sidecar.read_bytes()
    assert foreign_texts(after) >= {"café", "b"}
    assert read_verdict(after) == FULL


def foreign_texts(data):
    return {each.text for each in ET.fromstring(data).iter(f"{{{RDF}}}li")}


def test_our_namespace_with_the_slash_that_exiv2_adds_is_still_ours():
    spoilt = merge_verdict(None, FULL).replace(b"urn:studio:review:1", b"urn:studio:review:1/")
    assert read_verdict(spoilt) == FULL
    changed = Verdict(keep=False, note="no")
    data = merge_verdict(spoilt, changed)
    assert read_verdict(data) == changed
    assert data.count(b"urn:studio:review") == 1, "not a second one beside it"
