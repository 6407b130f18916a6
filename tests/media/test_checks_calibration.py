"""What the thresholds rest on: real photographs, and what was done to copies of them.

Each case that was measured and must not change: what is found, and what is left in peace.
"""

from __future__ import annotations

import functools

import numpy as np
import pytest
from PIL import Image, ImageFilter, ImageOps

from studio.media.checks import Answer, looks
from studio.media.checks.twins import near
from studio.media.facts import facts
from studio.media.measure import measure

PASS, FAIL, UNSURE = Answer
PHOTOS = (
    "coffee_4000x3000.jpg",
    "cat_1080x1350.jpg",
    "rocket_1440x1080.avif",
    "astronaut_1024x1536_parameters.png",
    "hubble_1600x1200.webp",
)


@functools.cache
def opened(path):
    """Return a photograph, at most 810 wide to keep the tests short."""
    with Image.open(path) as image:
        image.draft("RGB", (810, 810))
        made = image.convert("RGB")
    made.thumbnail((810, 1080), Image.Resampling.LANCZOS)
    return made


def grained(image, sigma=6):
    noise = np.random.default_rng(1).normal(0, sigma, (image.height, image.width, 1))
    return Image.fromarray(np.clip(np.asarray(image) + noise, 0, 255).astype(np.uint8))


def exposed(image, stops):
    """Return a picture as exposed by some stops more, through the curve of sRGB."""
    levels = np.arange(256) / 255
    linear = np.where(levels <= 0.04045, levels / 12.92, ((levels + 0.055) / 1.055) ** 2.4)
    linear = np.clip(linear * 2.0**stops, 0, 1)
    shown = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    return image.point([round(each * 255) for each in shown] * 3)


def cropped(image, share):
    x, y = round(image.width * share / 2), round(image.height * share / 2)
    return image.crop((x, y, image.width - x, image.height - y))


def blurred(image, sigma):
    """Return a picture blurred by some pixels of 1080."""
    return image.filter(ImageFilter.GaussianBlur(sigma * image.width / 1080))


@pytest.fixture
def told(tmp_path):
    def measured(image, quality=88, name="x.jpg"):
        image.save(tmp_path / name, quality=quality)
        return measure(tmp_path / name)

    return measured


@pytest.fixture(params=PHOTOS)
def photo(request, photos):
    return opened(photos / request.param)


@pytest.fixture(scope="module")
def groups(photos, tmp_path_factory):
    """Return the measures of good copies of each photograph, by name."""
    place = tmp_path_factory.mktemp("groups") / "x.jpg"
    made = {}
    for name in PHOTOS:
        photo = opened(photos / name)
        half = photo.resize((photo.width * 3 // 4, photo.height * 3 // 4))
        made[name] = []
        for copy, quality in ((photo, 88), (photo, 60), (half, 88), (cropped(photo, 0.05), 88)):
            copy.save(place, quality=quality)
            made[name].append(measure(place))
    return made


@pytest.fixture
def group(request, groups):
    return groups[request.node.callspec.params["photo"]]


def test_a_good_photograph_has_no_fault(photos, photo, group, told):
    for figures in (*group, told(grained(photo))):
        assert looks.sharpness(figures, ()) is None
        assert looks.sharpness(figures, group).answer is PASS
        assert looks.exposure(figures).answer is PASS
        assert looks.exposure(figures, group).answer is PASS
        assert figures.border is None


def test_blur_is_found_beside_the_group(photo, group, told):
    assert looks.sharpness(told(blurred(photo, 3)), group).answer is FAIL
    assert looks.sharpness(told(blurred(photo, 1.5)), group).answer is not PASS


def test_two_stops_are_found_beside_the_group_and_are_no_blur(photo, group, told):
    dark, bright = told(exposed(photo, -2)), told(exposed(photo, 2))
    assert looks.exposure(dark, group).answer is FAIL
    assert looks.exposure(dark).answer is UNSURE
    assert looks.exposure(bright, group).answer is not PASS
    assert looks.sharpness(dark, group).answer is PASS


def test_copies_are_twins_whatever_was_done_to_them(photo, group, told):
    toned = Image.blend(photo, Image.new("RGB", photo.size, (255, 190, 120)), 0.12)
    made = [*group, told(grained(photo)), told(toned), told(photo.convert("L")), told(photo, 60)]
    made.append(told(photo, 80, "x.webp"))
    made.append(told(ImageOps.expand(photo, 40, "white")))
    for figures in made:
        assert near(figures, {"photo": group[0]})


def test_a_mirrored_or_another_picture_is_no_twin(photo, groups, group, told):
    others = {name: made[0] for name, made in groups.items()}
    assert len(near(group[1], others)) == 1
    assert near(told(ImageOps.mirror(photo)), others) == ()
    right = photo.crop((photo.width // 2, photo.height // 2, photo.width, photo.height))
    assert near(told(right), others) == ()


@pytest.mark.parametrize("colour", ["white", "black", (238, 228, 205)])
def test_a_frame_around_a_photograph_is_found(photo, told, colour):
    wide = photo.width // 25
    figures = told(ImageOps.expand(photo, wide, colour))
    assert figures.border_sure
    assert all(wide <= side <= wide + 5 for side in figures.border)
    assert looks.exposure(figures).answer is PASS  # of the picture, not of its frame


@pytest.mark.parametrize("fill", ["black", "white", "blurred"])
def test_bars_in_a_reel_are_found(photos, told, fill):
    photo = opened(photos / PHOTOS[0])
    picture = photo.resize((1080, 810))
    made = Image.new("RGB", (1080, 1920), fill if fill != "blurred" else None)
    if fill == "blurred":
        back = photo.resize((2560, 1920)).crop((740, 0, 1820, 1920))
        made = back.filter(ImageFilter.GaussianBlur(30))
    made.paste(picture, (0, 555))
    figures = told(made)
    check = looks.border(facts(photos, PHOTOS[1]), figures)
    assert (check.answer, figures.border_kind) == (FAIL, fill)
    assert figures.border == pytest.approx((0, 557, 0, 557), abs=4)


def test_a_dark_sky_full_of_stars_is_neither_framed_nor_too_dark(photos):
    figures = measure(photos / "hubble_1600x1200.webp")
    assert figures.border is None
    check = looks.exposure(figures)
    assert (check.answer, check.evidence.split(":")[0]) == (PASS, "Dark, with lights in it")


def test_a_dark_scene_alone_never_fails(photos, told):
    rocket = opened(photos / "rocket_1440x1080.avif")
    for scene in (rocket, opened(photos / "hubble_1600x1200.webp")):
        for stops in (-1, -2, -3):
            assert looks.exposure(told(exposed(scene, stops))).answer is not FAIL
    corner = rocket.crop((0, 0, rocket.width // 2, rocket.height // 2))
    assert told(corner).border is None
