from __future__ import annotations

import re
import time
from dataclasses import replace

import pytest

from studio.media.sidecar import (
    merge_verdict,
    read_verdict,
    read_with_brief,
    recorded_brief,
    recorded_identity,
    sidecar_path,
    with_brief,
)
from studio.media.verdict import Pin, Verdict
from studio.problem import Problem

# As darktable writes it: XML declaration, properties as attributes and as elements.
DARKTABLE = b"""<?xml version="1.0" encoding="UTF-8"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="XMP Core 4.4.0-Exiv2">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:darktable="http://darktable.sf.net/"
   xmp:Rating="3"
   darktable:history_end="2">
   <!-- do not touch -->
   <darktable:history>
    <rdf:Seq>
     <rdf:li darktable:num="0" darktable:params="gz04eJxjYGBg&#x41;"/>
    </rdf:Seq>
   </darktable:history>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
"""

# As digiKam writes it: packet wrapper, several descriptions, CRLF, padding.
DIGIKAM = (
    b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>\r\n'
    b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>\r\n"
    b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\r\n"
    b"<rdf:Description rdf:about='' xmlns:dc='http://purl.org/dc/elements/1.1/'>\r\n"
    b"  <dc:subject><rdf:Bag><rdf:li>caf\xc3\xa9</rdf:li></rdf:Bag></dc:subject>\r\n"
    b"</rdf:Description>\r\n"
    b"<rdf:Description rdf:about='' xmlns:xap='http://ns.adobe.com/xap/1.0/'>\r\n"
    b"  <xap:Rating>2</xap:Rating>\r\n"
    b"  <xap:Label>Green</xap:Label>\r\n"
    b"</rdf:Description>\r\n"
    b"</rdf:RDF>\r\n</x:xmpmeta>\r\n" + b" " * 200 + b"\r\n<?xpacket end='w'?>"
)

ALL = [
    Verdict(),
    Verdict(keep=True),
    Verdict(stars=0),
    Verdict(keep=True, stars=5, label="Red"),
    Verdict(keep=False),
    Verdict(keep=False, stars=4, note="too clean, no dust"),
    Verdict(
        keep=True, pins=(Pin('six "fingers"\n<here>', 0.1, 0.2), Pin("blur", None, None, 1.5, 2))
    ),
    Verdict(stars=2, ticks=(("hands", "fail"), ("tv & aerial", "unsure"))),
    Verdict(label="Blue", span=(1.25, None), poster=0.1),
    Verdict(span=(None, 3.0)),
    Verdict(keep=False, span=(0.1, 12.04), poster=0.0),
    Verdict(label="Grün & <gelb>", note='two\nlines\tand "quotes" ]]> 👨‍👩‍👧'),
]


def changed_lines(old: bytes, new: bytes) -> tuple[list[bytes], list[bytes]]:
    old_lines, new_lines = old.splitlines(True), new.splitlines(True)
    gone = [line for line in old_lines if line not in new_lines]
    return gone, [line for line in new_lines if line not in old_lines]


@pytest.mark.parametrize("base", [None, DARKTABLE, DIGIKAM], ids=["new", "darktable", "digikam"])
@pytest.mark.parametrize("verdict", ALL, ids=repr)
def test_a_verdict_written_is_the_verdict_read(base, verdict):
    data = merge_verdict(base, verdict)
    assert read_verdict(data) == verdict
    assert merge_verdict(data, verdict) == data, "the same verdict again changes no byte"


@pytest.mark.parametrize("base", [DARKTABLE, DIGIKAM], ids=["darktable", "digikam"])
def test_reading_and_saving_the_verdict_of_another_program_changes_no_byte(base):
    assert merge_verdict(base, read_verdict(base)) == base


def test_every_verdict_after_every_other_leaves_nothing_behind():
    data = None
    for first in ALL:
        for second in ALL:
            data = merge_verdict(merge_verdict(data, first), second)
            assert read_verdict(data) == second
    assert len(data) < 1900, "properties pile up"


def test_one_star_more_changes_one_line_of_darktables_file():
    gone, new = changed_lines(DARKTABLE, merge_verdict(DARKTABLE, Verdict(stars=4)))
    assert (gone, new) == ([b'   xmp:Rating="3"\n'], [b'   xmp:Rating="4"\n'])


def test_one_star_more_changes_one_line_of_digikams_file_and_keeps_its_form():
    new = merge_verdict(DIGIKAM, Verdict(stars=3, label="Green"))
    assert new == DIGIKAM.replace(b"<xap:Rating>2<", b"<xap:Rating>3<")


def test_what_other_programs_wrote_survives_a_reject_and_its_undo():
    old = read_verdict(DARKTABLE)
    rejected = merge_verdict(DARKTABLE, Verdict(keep=False, stars=3, note="no"))
    assert b'xmp:Rating="-1"' in rejected
    assert b"<!-- do not touch -->" in rejected
    assert b"gz04eJxjYGBg&#x41;" in rejected, "not even a character reference is rewritten"
    back = merge_verdict(rejected, old)
    assert b'digiKam:PickLabel="0"' in back, "digiKam is told that it is no reject any more"
    ours = rb'\s+(xmlns:studio|xmlns:digiKam|studio:pick|digiKam:PickLabel)="[^"]*"'
    assert re.sub(ours, b"", back) == DARKTABLE


def test_removing_a_label_removes_its_line_and_no_other():
    new = merge_verdict(DIGIKAM, Verdict(stars=2))
    assert new == DIGIKAM.replace(b"  <xap:Label>Green</xap:Label>\r\n", b"")


def test_a_rejected_file_gets_its_stars_back():
    data = merge_verdict(None, Verdict(stars=4))
    data = merge_verdict(data, Verdict(keep=False, stars=4))
    assert read_verdict(data) == Verdict(keep=False, stars=4)
    assert b'xmp:Rating="-1"' in data


def test_a_rejection_taken_back_in_another_program_is_taken_back():
    data = merge_verdict(None, Verdict(keep=False, stars=4))
    elsewhere = data.replace(b'xmp:Rating="-1"', b'xmp:Rating="2"')
    assert read_verdict(elsewhere) == Verdict(keep=None, stars=2)


def test_a_kept_file_rejected_in_another_program_is_rejected():
    data = merge_verdict(None, Verdict(keep=True, stars=3))
    elsewhere = data.replace(b'xmp:Rating="3"', b'xmp:Rating="-1"')
    assert read_verdict(elsewhere).keep is False


@pytest.mark.parametrize(
    ("written", "verdict"),
    [
        (b"5", Verdict(stars=5)),
        (b"0", Verdict(stars=0)),
        (b" 3 ", Verdict(stars=3)),
        (b"3.0", Verdict(stars=3)),
        (b"-1", Verdict(keep=False)),
        (b"-1.000000", Verdict(keep=False)),
        (b"99", Verdict()),
        (b"nan", Verdict()),
        (b"inf", Verdict()),
        (b"1e400", Verdict()),
        (b"", Verdict()),
        (b"five", Verdict()),
    ],
)
def test_ratings_of_other_programs_are_read(written, verdict):
    as_attribute = DARKTABLE.replace(b'xmp:Rating="3"', b'xmp:Rating="' + written + b'"')
    as_element = DIGIKAM.replace(b"Rating>2<", b"Rating>" + written + b"<")
    assert read_verdict(as_attribute) == verdict
    assert read_verdict(as_element) == Verdict(verdict.keep, verdict.stars, "Green")


def test_a_prefix_someone_else_has_taken_is_not_taken_again():
    base = DARKTABLE.replace(b"xmlns:darktable", b'xmlns:studio="urn:else" xmlns:darktable')
    data = merge_verdict(base, Verdict(stars=3, note="mine"))
    assert read_verdict(data).note == "mine"
    assert b'xmlns:studio="urn:else"' in data
    assert b'xmlns:studio2="urn:studio:review:1"' in data


@pytest.mark.parametrize(
    "base",
    [
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"/>',
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"></x:xmpmeta>',
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" />',
        b'<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n</r:RDF>',
        b'<RDF xmlns="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><Description/></RDF>',
    ],
)
def test_a_bare_packet_takes_a_verdict(base):
    data = merge_verdict(base, Verdict(keep=True, stars=2, note="x"))
    assert read_verdict(data) == Verdict(keep=True, stars=2, note="x")


def test_an_empty_element_takes_a_value():
    base = DIGIKAM.replace(b"<xap:Rating>2</xap:Rating>", b"<xap:Rating />")
    data = merge_verdict(base, Verdict(stars=1, label="Green"))
    assert b"<xap:Rating>1</xap:Rating>" in data


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-8"])
def test_a_sidecar_keeps_its_encoding_and_byte_order_mark(encoding):
    text = DARKTABLE.decode().replace('encoding="UTF-8"', f'encoding="{encoding[:6]}"')
    base = ("\ufeff" + text).encode(encoding)
    data = merge_verdict(base, Verdict(stars=4, note="café"))
    assert data.decode(encoding).startswith("\ufeff<?xml")
    assert read_verdict(data) == Verdict(stars=4, note="café")


def test_a_sidecar_in_latin_1_holds_an_emoji_as_a_reference():
    base = DARKTABLE.replace(b'"UTF-8"', b'"ISO-8859-1"')
    data = merge_verdict(base, Verdict(stars=3, note="é 🎄"))
    assert b"\xe9 &#127876;" in data
    assert read_verdict(data).note == "é 🎄"


def test_characters_xml_cannot_hold_are_left_out_of_a_note():
    verdict = Verdict(note="\x1b]0;x\x07a\x00b\r\nc")
    data = merge_verdict(None, verdict)
    assert read_verdict(data).note == "]0;xab\nc"
    assert merge_verdict(data, verdict) == data


DAMAGED = {
    "empty": b"",
    "torn": DARKTABLE[:400],
    "other": b"<html></html>",
    "binary": b"\x00\x01\x02",
    "latin": DARKTABLE.replace(b"do not touch", b"caf\xe9"),
    "encoding": DARKTABLE.replace(b"UTF-8", b"EBCDIC"),
    "prefix": DARKTABLE.replace(b'xmlns:xmp="http://ns.adobe.com/xap/1.0/"', b""),
    "deep": b"<a>" * 100_000,
    "huge": b"<" + b" " * 9_000_000,
    "bomb": b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + DARKTABLE[39:],
    "outside": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><a>&a;</a>',
    "entity": DARKTABLE.replace(b"do not touch -->", b"--><xmp:x>&nbsp;</xmp:x><!-- -->"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_sidecar_is_told_by_its_name_and_never_written(name):
    start = time.process_time()
    with pytest.raises(Problem, match=r"x\.jpg\.xmp: .*Mend it"):
        read_verdict(DAMAGED[name], where="x.jpg.xmp")
    with pytest.raises(Problem):
        merge_verdict(DAMAGED[name], Verdict(stars=1))
    assert time.process_time() - start < 1


def test_a_rating_in_a_form_not_known_is_refused_not_rewritten():
    strange = DIGIKAM.replace(
        b"<xap:Rating>2</xap:Rating>",
        b"<xap:Rating rdf:parseType='Resource'><rdf:value>2</rdf:value></xap:Rating>",
    )
    assert read_verdict(strange).stars is None
    with pytest.raises(Problem, match="Rating"):
        merge_verdict(strange, Verdict(stars=3, label="Green"))


def test_a_rating_of_something_inside_is_not_the_files_rating():
    inner = DARKTABLE.replace(b"<rdf:li ", b'<rdf:li xmp:Rating="5" ').replace(
        b'   xmp:Rating="3"\n', b""
    )
    assert read_verdict(inner).stars is None


def test_stars_are_at_most_five():
    with pytest.raises(ValueError, match="0 to 5"):
        merge_verdict(None, Verdict(stars=6))


def test_the_content_is_recorded_with_a_verdict_but_not_for_its_own_sake():
    data = merge_verdict(None, Verdict(stars=1), identity="3:abc")
    assert recorded_identity(data) == "3:abc"
    assert merge_verdict(data, Verdict(stars=1), identity="4:def") == data
    assert recorded_identity(DARKTABLE) is None


def test_a_sidecar_carries_the_whole_name_of_its_file():
    assert sidecar_path("media/notes [WIP].jpg") == "media/notes [WIP].jpg.xmp"


def test_a_pin_left_out_of_a_clip_has_no_time_and_one_on_a_clip_no_place():
    data = merge_verdict(None, Verdict(pins=(Pin("a", 0.5, 0.5), Pin("b", start=2.0))))
    assert read_verdict(data).pins == (Pin("a", 0.5, 0.5), Pin("b", start=2.0))


def test_control_characters_are_left_out_of_a_pin():
    data = merge_verdict(None, Verdict(pins=(Pin("\x1b]0;x\x07a\ud800"),)))
    assert read_verdict(data).pins == (Pin("]0;xa"),)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "nonsense",
        "[" * 100_000,
        "9" * 5000,
        "{}",
        '[1, "a", null, {"text": 5, "x": true, "y": 7, "start": -1, "end": 1e400}]',
        '[{"x": NaN}]',
        '{"hands": "maybe", "": 5, "a": ["pass"]}',
        "[" + '{"text":"a"},' * 100_000 + "0]",
    ],
    ids=lambda text: text[:12],
)
def test_lists_that_are_none_are_no_pins_and_no_answers_and_break_nothing(written):
    spoilt = merge_verdict(None, Verdict(stars=3, pins=(Pin("a"),), ticks=(("b", "pass"),)))
    text = written.replace('"', "&quot;").encode()
    for name in (b"pins", b"ticks"):
        spoilt = re.sub(rb' studio:%s="[^"]*"' % name, b' studio:%s="%s"' % (name, text), spoilt)
    verdict = read_verdict(spoilt)
    assert verdict.stars == 3
    assert verdict.ticks == ()
    assert all(pin.text == "" for pin in verdict.pins)
    assert all((pin.x, pin.y, pin.start, pin.end) == (None,) * 4 for pin in verdict.pins)
    again = merge_verdict(spoilt, Verdict(stars=4, pins=verdict.pins))
    assert read_verdict(again) == Verdict(stars=4, pins=verdict.pins)


@pytest.mark.parametrize("written", [b"nan", b"-1", b"1e400", b"soon", b"", b"9" * 50])
def test_marks_that_are_no_time_are_none(written):
    data = merge_verdict(None, Verdict(stars=1, span=(1.5, 2.5), poster=1.5))
    data = data.replace(b'"1.5"', b'"' + written + b'"')
    assert read_verdict(data) == Verdict(stars=1, span=(None, 2.5))


def test_a_mark_that_is_no_time_is_refused():
    for wrong in (float("nan"), float("inf"), -1.0):
        with pytest.raises(ValueError, match="no place and no time"):
            merge_verdict(None, Verdict(poster=wrong))


def test_the_brief_a_file_was_made_for_stays_with_every_verdict():
    data = with_brief(None, "briefs/xmas-1.md")
    data = merge_verdict(data, Verdict(keep=False, note="no"))
    assert recorded_brief(data) == "briefs/xmas-1.md"
    assert read_with_brief(data) == (Verdict(keep=False, note="no"), "briefs/xmas-1.md")
    assert with_brief(data, "briefs/xmas-1.md") == data
    assert read_verdict(with_brief(data, None)) == Verdict(keep=False, note="no")
    assert recorded_brief(DARKTABLE) is None
    assert recorded_brief(None) is None


# alt text

ALT_OTHERS = DARKTABLE.replace(
    b"   <!-- do not touch -->",
    b"""   <Iptc4xmpCore:AltTextAccessibility xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/">
    <rdf:Alt>
     <rdf:li xml:lang="x-default">Wrapping paper</rdf:li>
     <rdf:li xml:lang="de-DE">Geschenkpapier</rdf:li>
    </rdf:Alt>
   </Iptc4xmpCore:AltTextAccessibility>
   <!-- do not touch -->""",
)
ALT_TEXTS = ["A sofa", "two\nlines\tand a tab ", '<b>&amp; "it\'s"]]>', "🎄 漢字 e\u0301", " x"]


@pytest.mark.parametrize("data", [None, DARKTABLE, DIGIKAM, ALT_OTHERS])
@pytest.mark.parametrize("text", ALT_TEXTS)
def test_an_alt_text_is_read_as_it_was_written_and_all_else_stays(data, text):
    before = read_verdict(data)
    made = merge_verdict(data, replace(before, alt=text))
    assert read_verdict(made) == replace(before, alt=text)
    assert merge_verdict(made, replace(before, alt=text)) == made
    assert b"AltTextAccessibility" in made
    assert b'<rdf:li xml:lang="x-default">' in made
    again = merge_verdict(made, replace(before, alt="other", stars=4))
    assert (read_verdict(again).alt, read_verdict(again).stars) == ("other", 4)
    gone = merge_verdict(made, replace(before, alt=None))
    assert read_verdict(gone).alt is None
    assert b"AltText" not in gone
    if data is not None:
        for kept in (b"darktable:history_end", b"caf\xc3\xa9", b"<!-- do not touch -->", b"\r\n"):
            assert (kept in made) is (kept in data)


def test_an_alt_text_keeps_those_in_other_languages():
    assert read_verdict(ALT_OTHERS).alt == "Wrapping paper"
    made = merge_verdict(ALT_OTHERS, replace(read_verdict(ALT_OTHERS), alt="Brown paper"))
    assert made == ALT_OTHERS.replace(b"Wrapping paper", b"Brown paper")


def test_an_alt_text_in_one_language_alone_is_read_and_kept_beside_ours():
    data = ALT_OTHERS.replace(b'     <rdf:li xml:lang="x-default">Wrapping paper</rdf:li>\n', b"")
    assert read_verdict(data).alt == "Geschenkpapier"
    made = merge_verdict(data, replace(read_verdict(data), alt="Paper"))
    assert read_verdict(made).alt == "Paper"
    assert b'<rdf:li xml:lang="de-DE">Geschenkpapier</rdf:li>' in made


def test_an_alt_text_that_a_program_wrote_as_plain_text_keeps_its_form():
    space = b'xmlns:i="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"'
    data = DARKTABLE.replace(b'xmp:Rating="3"', space + b' i:AltTextAccessibility="A sofa"')
    assert read_verdict(data).alt == "A sofa"
    made = merge_verdict(data, replace(read_verdict(data), alt="A chair"))
    assert made == data.replace(b"A sofa", b"A chair")


def test_an_alt_text_in_a_form_nobody_knows_is_left_alone():
    data = ALT_OTHERS.replace(b'<rdf:li xml:lang="x-default">Wrapping paper', b"<rdf:li><b/>x")
    data = data.replace(b"xmlns:xmp=", b'xmlns="urn:x" xmlns:xmp=')
    with pytest.raises(Problem, match="in a form Studio cannot change"):
        merge_verdict(data, replace(read_verdict(data), alt="Paper"))
