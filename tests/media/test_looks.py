"""What a picture is like is told from the file, its sidecar and its colours, and never guessed."""

from __future__ import annotations

import json
import os
import shutil
import time
from pathlib import Path

import pytest
from PIL import Image

from studio.media.colours import LIGHTS, PALETTES, colours
from studio.media.looks import looks, looks_of_all, together
from studio.media.verdict import Verdict
from studio.problem import Problem

SAMPLE = Path(__file__).parents[2] / "sample_projects" / "rewind-89" / "media"

XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:lr="http://ns.adobe.com/lightroom/1.0/"
    xmlns:ext="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" {attributes}>
   {elements}
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
"""


def bag(name, *words):
    items = "\n".join(f"<rdf:li>{word}</rdf:li>" for word in words)
    return f"<{name}><rdf:Bag>\n{items}\n</rdf:Bag></{name}>"


def sidecar(elements="", attributes=""):
    return XMP.format(elements=elements, attributes=attributes).encode()


def plain(path, colour, size=(90, 120), **options):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, colour).save(path, **options)
    return path


@pytest.mark.parametrize(
    ("colour", "expected"),
    [
        ((150, 90, 40), ("warm", "middle")),
        ((40, 90, 150), ("cool", "middle")),
        ((20, 30, 60), ("cool", "dark")),
        ((120, 125, 120), ("black and white", "middle")),
        ((250, 250, 250), ("black and white", "bright")),
        ((255, 230, 200), ("warm", "bright")),
        ((60, 110, 60), ("neutral", "middle")),
        ((110, 120, 100), ("neutral", "middle")),
    ],
)
def test_a_colour_is_called_what_people_call_it(tmp_path, colour, expected):
    assert colours(plain(tmp_path / "x.png", colour)) == expected


@pytest.mark.parametrize("mode", ["L", "LA", "RGBA", "CMYK", "1", "I;16"])
def test_pictures_of_every_mode_have_colours(tmp_path, mode):
    made = Image.new("RGB", (64, 64), (120, 120, 120))
    deep = Image.new("I;16", (64, 64), 30_000)
    made = deep if mode == "I;16" else made.convert("L").convert(mode)
    made.save(tmp_path / ("x.jpg" if mode == "CMYK" else "x.png"))
    palette, light = colours(next(tmp_path.glob("x.*")))
    assert palette == "black and white"
    assert light in LIGHTS


def test_the_sample_pictures_are_called_what_they_look_like():
    told = {path.name: colours(path) for path in SAMPLE.glob("*.jpg")}
    assert told["arcade-carpet-01.jpg"] == ("cool", "dark")
    assert told["xmas-89-01.jpg"] == ("warm", "middle")
    assert told["xmas-89-05.jpg"] == ("warm", "bright")
    assert told["pick-and-mix-01.jpg"] == ("warm", "middle")
    assert told["saturday-cartoons-02.jpg"][1] == "dark"
    assert {palette for palette, _ in told.values()} <= set(PALETTES)


def test_a_damaged_picture_is_a_problem_with_colours_and_silence_in_the_looks(desk):
    whole = (SAMPLE / "xmas-89-01.jpg").read_bytes()
    desk.put("media/cut.jpg", whole[:3000])
    desk.put("media/no.jpg", b"not a picture")
    for name in ("cut.jpg", "no.jpg", "gone.jpg"):
        with pytest.raises(Problem):
            colours(desk.root / "media" / name)
        assert looks(desk.store, f"media/{name}", cache=None) == {}


def test_what_a_file_says_of_its_origin_is_made(desk):
    marked = (
        b'<rdf:Description Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/'
        b'digitalsourcetype/trainedAlgorithmicMedia"/>'
    )
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Canon", "Canon PowerShot"
    plain(desk.root / "media/camera.jpg", "grey", exif=exif)
    plain(desk.root / "media/silent.jpg", "grey")
    generated = plain(desk.root / "media/generated.jpg", "grey")
    generated.write_bytes(generated.read_bytes() + marked)
    shutil.copy(SAMPLE / "xmas-89-07.mp4", desk.root / "media/clip.mp4")
    told = looks_of_all(
        desk.store, [f"media/{name}.jpg" for name in ("camera", "silent", "generated")], cache=None
    )
    assert told["media/camera.jpg"]["made"] == "camera"
    assert told["media/generated.jpg"]["made"] == "generated"
    assert "made" not in told["media/silent.jpg"]
    assert looks(desk.store, "media/clip.mp4", cache=None).get("made") != "camera"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (sidecar(bag("dc:subject", "christmas", "front room")), None),
        (sidecar(bag("dc:subject", "christmas", "Two children")), "yes"),
        (sidecar(bag("dc:subject", "no people", "street")), "no"),
        (sidecar(bag("dc:subject", "still life")), "no"),
        (sidecar(bag("lr:hierarchicalSubject", "People|Family")), "yes"),
        (sidecar(bag("ext:PersonInImage", "Anna")), "yes"),
        (sidecar(attributes='xmp:Label="Portrait"'), "yes"),
        (sidecar(attributes='xmp:Label="Red"'), None),
        (sidecar(bag("dc:subject", "doll's face paint", "man-made", "personal")), None),
        (b"<broken", None),
        (None, None),
    ],
)
def test_whether_there_is_a_person_is_what_keywords_say(desk, data, expected):
    plain(desk.root / "media/x.jpg", "grey")
    if data is not None:
        desk.put("media/x.jpg.xmp", data)
    assert looks(desk.store, "media/x.jpg", cache=None).get("person") == expected


@pytest.mark.parametrize(
    ("check", "answer", "expected"),
    [
        ("ban:people", "pass", "no"),
        ("ban:people", "fail", "yes"),
        ("ban:people", "unsure", None),
        ("ban:people-looking-into-the-camera", "pass", None),
        ("real:faces", "pass", None),
    ],
)
def test_an_answered_ban_on_people_tells_whether_there_are_any(desk, check, answer, expected):
    plain(desk.root / "media/x.jpg", "grey")
    desk.decide(**{"media/x.jpg": Verdict().ticked(check, answer)})
    assert looks(desk.store, "media/x.jpg", cache=None).get("person") == expected


def test_a_clip_has_the_colours_of_its_poster_once_there_is_one(desk, tmp_path):
    from studio.media.clips import key_of

    shutil.copy(SAMPLE / "xmas-89-07.mp4", desk.put("media/clip.mp4") and desk.root / "media")
    clip = desk.root / "media" / "xmas-89-07.mp4"
    cache = tmp_path / "cache"
    assert "palette" not in looks(desk.store, "media/xmas-89-07.mp4", cache=cache)
    plain(cache / "posters" / "{}-{}.jpg".format(*key_of(clip)), (40, 90, 150))
    assert looks(desk.store, "media/xmas-89-07.mp4", cache=cache)["palette"] == "cool"


def test_pictures_seen_before_are_not_opened_again(desk, tmp_path, monkeypatch):
    cache = tmp_path / "cache"
    paths = []
    for number in range(20):
        plain(desk.root / f"media/{number}.jpg", (150, 90, 40))
        paths.append(f"media/{number}.jpg")
    first = looks_of_all(desk.store, paths, cache=cache)
    assert first["media/0.jpg"] == {"palette": "warm", "light": "middle"}
    monkeypatch.setattr("studio.media.looks.colours", lambda path: pytest.fail("opened again"))
    assert looks_of_all(desk.store, paths, cache=cache) == first


def test_a_picture_that_changed_is_looked_at_again(desk, tmp_path):
    cache = tmp_path / "cache"
    path = plain(desk.root / "media/x.jpg", (150, 90, 40))
    assert looks(desk.store, "media/x.jpg", cache=cache)["palette"] == "warm"
    plain(path, (40, 90, 150))
    os.utime(path, ns=(time.time_ns() + 10**9, time.time_ns() + 10**9))
    assert looks(desk.store, "media/x.jpg", cache=cache)["palette"] == "cool"


@pytest.mark.parametrize(
    "data",
    [b"", b"[", b"{}", b"[1]", b'[1,[["media/x.jpg",1,2,{"palette":"tartan"}]]]', b"\xff" * 50],
)
def test_a_spoilt_cache_costs_nothing_but_time(desk, tmp_path, data):
    cache = tmp_path / "cache"
    cache.mkdir()
    (cache / "looks.json").write_bytes(data)
    plain(desk.root / "media/x.jpg", (150, 90, 40))
    assert looks(desk.store, "media/x.jpg", cache=cache)["palette"] == "warm"
    assert json.loads((cache / "looks.json").read_bytes())


def test_a_cache_that_cannot_be_written_is_no_matter(desk, tmp_path):
    (tmp_path / "cache").write_bytes(b"a file where the folder should be")
    plain(desk.root / "media/x.jpg", (150, 90, 40))
    assert looks(desk.store, "media/x.jpg", cache=tmp_path / "cache")["palette"] == "warm"


def test_a_carousel_is_its_cover_with_the_people_of_all_its_pictures():
    cover = {"palette": "warm", "light": "dark", "made": "camera", "person": "no"}
    assert together([cover, {"palette": "cool", "person": "yes", "made": "generated"}]) == {
        "palette": "warm",
        "light": "dark",
        "made": "generated",
        "person": "yes",
    }
    assert "person" not in together([cover, {"made": "camera"}])
    assert "made" not in together([cover, {}])
    assert together([]) == {}
