"""What a creator reads about a file: the answer, the figures, and the mend for this very file."""

from __future__ import annotations

import subprocess
import sys

import pytest

from studio.media.checks import Answer, Check, checks
from studio.media.checks.check import worst
from studio.media.checks.ruled import crop, shape_name, span
from studio.media.checks.twins import Twin
from studio.media.facts import Facts
from studio.media.measure import Measures

PASS, FAIL, UNSURE = Answer


def picture(width=1080, height=1350, *, format="JPEG", size=400_000, **more):
    return Facts("media/x.jpg", "picture", size, width, height, None, format, **more)


def clip(width=1080, height=1920, *, seconds=12.0, fps=30.0, size=9_000_000, **more):
    more = {"path": "media/x.mp4", "format": "MP4", **more}
    path, format = more.pop("path"), more.pop("format")
    return Facts(path, "clip", size, width, height, seconds, format, fps=fps, **more)


def figures(**changed):
    given = {
        "sharpness": 900.0,
        "mean": 110.0,
        "clipped_dark": 0.01,
        "clipped_light": 0.01,
        "border": None,
        "dhash": 1,
        "phash": 1,
        "crispness": 0.3,
        "darkest": 8,
        "lightest": 245,
    }
    return Measures(**given | changed)


def ask(facts, id, measures=None, platform="instagram", **more):
    """Return the one check of an id; fail when it was not asked."""
    found = checks(facts, measures, platforms=[platform], **more)
    return next(each for each in found if each.id in {id, f"{platform}.{id}"})


def ids(facts, measures=None, platforms=("instagram",), **more):
    return {each.id for each in checks(facts, measures, platforms=platforms, **more)}


# What platforms take


@pytest.mark.parametrize("platform", ["instagram", "tiktok", "threads"])
def test_the_usual_picture_passes_everywhere(platform):
    made = checks(picture(), figures(), platforms=[platform], twins=())
    assert {each.answer for each in made if each.id != "ai-label"} == {PASS}
    assert all(each.mend is None for each in made if each.answer is PASS)


@pytest.mark.parametrize("platform", ["instagram", "tiktok", "threads", "youtube", "facebook"])
def test_the_usual_clip_passes_everywhere(platform):
    made = checks(clip(), None, platforms=[platform], codec="h264")
    assert {each.answer for each in made if each.platform} == {PASS}


@pytest.mark.parametrize(
    ("size", "answer", "mend"),
    [
        ((1080, 1350), PASS, None),
        ((1080, 1352), PASS, None),  # made even by an encoder
        ((1080, 566), PASS, None),
        ((4000, 3000), PASS, None),
        ((1536, 2048), UNSURE, "Crop to 1536×1920 (4:5) to post it either way"),
        ((1024, 1536), FAIL, "Crop to 1024×1280 (4:5); by hand 1024×1365 (3:4) does too"),
        ((1080, 1920), FAIL, "Crop to 1080×1350 (4:5); by hand 1080×1440 (3:4) does too"),
        ((3000, 1000), FAIL, "Crop to 1910×1000 (1.91:1)"),
    ],
)
def test_a_shape_instagram_does_not_take_is_cropped_to_one_it_does(size, answer, mend):
    check = ask(picture(*size), "aspect")
    assert (check.answer, check.mend) == (answer, mend)
    assert f"{size[0]}×{size[1]}" in check.evidence


def test_a_crop_that_is_advised_is_then_taken():
    for size in [(1024, 1536), (999, 3001), (3001, 999), (77, 901), (1081, 1923)]:
        check = ask(picture(*size), "aspect")
        across, down = check.mend.split(" ")[2].split("×")
        assert ask(picture(int(across), int(down)), "aspect").answer is PASS
        assert int(across) <= size[0]
        assert int(down) <= size[1]


@pytest.mark.parametrize(
    ("platform", "format", "answer"),
    [
        ("instagram", "JPEG", PASS),
        ("instagram", "PNG", UNSURE),
        ("instagram", "WebP", FAIL),
        ("tiktok", "WebP", PASS),
        ("tiktok", "PNG", FAIL),
        ("threads", "PNG", PASS),
        ("threads", "AVIF", UNSURE),  # nobody official says so
    ],
)
def test_a_kind_of_picture_that_is_refused_is_exported_as_jpeg(platform, format, answer):
    check = ask(picture(format=format), "format", platform=platform)
    assert check.answer is answer
    assert (check.mend or "").startswith("" if answer is PASS else "Export it as JPEG")


def test_png_for_instagram_says_which_way_it_goes():
    check = ask(picture(format="PNG"), "format")
    assert "by hand" in check.evidence
    assert "interface only JPEG" in check.evidence


def test_a_rule_is_told_with_its_source_and_day():
    assert "TikTok Media Transfer" in ask(picture(), "format", platform="tiktok").source
    assert "2026-09-11, official" in ask(picture(), "format", platform="tiktok").source


@pytest.mark.parametrize(
    ("platform", "size", "answer", "told", "mend"),
    [
        ("instagram", (300, 375), FAIL, "at least 320", "1080 px wide"),
        ("instagram", (640, 800), UNSURE, "1.7 times", "upscale it, if it looks soft"),
        ("instagram", (1024, 1280), PASS, "enough", ""),
        ("instagram", (4000, 3000), PASS, "down to 1440", ""),
        ("tiktok", (4000, 3000), FAIL, "1080 px on the short side", "Export it at 1440×1080"),
        ("tiktok", (1080, 1920), PASS, "enough", ""),
    ],
)
def test_a_picture_of_the_wrong_size_says_which_would_do(platform, size, answer, told, mend):
    check = ask(picture(*size), "size", platform=platform)
    assert check.answer is answer
    assert told in check.evidence
    assert mend in (check.mend or "")


def test_a_file_that_is_too_large_says_how_to_make_it_smaller():
    check = ask(picture(4000, 3000, size=12_300_000), "bytes")
    assert (check.answer, check.evidence) == (FAIL, "12.3 MB; Instagram takes 8 MB")
    assert check.mend == "Export it as JPEG, quality 85, at 1440×1080"
    check = ask(clip(seconds=600.0, size=400_000_000), "bytes")
    assert (check.answer, check.mend) == (FAIL, "Export it with at most 3.8 Mbit/s")


@pytest.mark.parametrize(
    ("platform", "seconds", "answer", "mend"),
    [
        ("instagram", 2.0, FAIL, "Make it at least 3 s long"),
        ("instagram", 3.0, PASS, None),
        ("instagram", 200.0, UNSURE, "Cut 20 s off to post it by hand"),
        ("instagram", 1000.0, FAIL, "Cut 1:40 off, or 13:40 to post it by hand (3:00)"),
        ("tiktok", 601.0, FAIL, "Cut 1 s off"),
        ("youtube", 200.0, UNSURE, "Cut 20 s off"),
        ("facebook", 95.0, FAIL, "Cut 5 s off"),
    ],
)
def test_a_clip_of_the_wrong_length_says_how_much_to_cut(platform, seconds, answer, mend):
    check = ask(clip(seconds=seconds), "length", platform=platform)
    assert (check.answer, check.mend) == (answer, mend)


@pytest.mark.parametrize(
    ("fps", "answer"), [(23.976, PASS), (59.94, PASS), (60.0, PASS), (15.0, FAIL), (120.0, FAIL)]
)
def test_a_frame_rate_out_of_range_is_exported_anew(fps, answer):
    check = ask(clip(fps=fps), "fps", platform="tiktok")
    assert check.answer is answer
    assert (check.mend is None) == (answer is PASS)


def test_a_codec_is_only_asked_about_when_it_is_known():
    assert "tiktok.codec" not in ids(clip(), platforms=["tiktok"])
    assert ask(clip(), "codec", codec="hevc").answer is PASS
    check = ask(clip(), "codec", codec="av1")
    assert (check.answer, check.mend) == (FAIL, "Export it with H.264")


def test_the_name_tells_mov_from_mp4_and_mkv_from_webm():
    assert ask(clip(path="media/x.MOV"), "format").evidence.startswith("MOV;")
    assert ask(clip(path="x.webm", format="WebM"), "format", platform="tiktok").answer is PASS
    check = ask(clip(path="x.mkv", format="WebM"), "format", platform="tiktok")
    assert (check.answer, check.mend) == (FAIL, "Export it as MP4")


@pytest.mark.parametrize(
    ("platform", "size", "answer", "mend"),
    [
        ("instagram", (1920, 1080), UNSURE, "Crop to 606×1080 (9:16), unless the bars are meant"),
        ("youtube", (1080, 1080), UNSURE, "Crop to 606×1080 (9:16), unless the bars are meant"),
        ("youtube", (1920, 1080), UNSURE, "Crop to 1080×1080 (1:1)"),
        ("facebook", (1080, 1350), FAIL, "Crop to 758×1350 (9:16)"),
    ],
)
def test_a_clip_that_does_not_fill_a_phone_says_the_crop(platform, size, answer, mend):
    check = ask(clip(*size), "aspect", platform=platform)
    assert (check.answer, check.mend) == (answer, mend)


@pytest.mark.parametrize(
    ("platform", "size", "answer"),
    [
        ("tiktok", (320, 568), FAIL),
        ("tiktok", (2400, 4266), FAIL),
        ("tiktok", (720, 1280), UNSURE),
        ("instagram", (2160, 3840), UNSURE),
        ("tiktok", (2160, 3840), PASS),
    ],
)
def test_a_clip_of_the_wrong_size_says_which_would_do(platform, size, answer):
    check = ask(clip(*size), "size", platform=platform)
    assert check.answer is answer
    assert (check.mend is None) == (answer is PASS)
    if answer is not PASS:
        assert "1080×19" in check.mend


def test_a_picture_for_a_reel_is_asked_whether_it_fills_it():
    assert ask(picture(1080, 1920), "aspect", format="reel").answer is PASS
    check = ask(picture(4000, 3000), "aspect", format="Reel")
    assert check.answer is UNSURE
    assert "42% of it fits 9:16" in check.evidence
    assert check.mend.startswith("Crop to 1686×3000 (9:16)")
    assert "instagram.format" not in ids(picture(format="PNG"), format="reel")
    small = ask(picture(1024, 1024), "aspect", format="reel")
    assert "enlarged 1.9 times" in small.evidence


def test_a_platform_nobody_knows_asks_nothing_and_one_named_twice_asks_once():
    assert ids(picture(), platforms=["bluesky"]) == {"gps", "ai-label"}
    made = checks(picture(), None, platforms=["tiktok", "tiktok"])
    assert len(made) == len({each.id for each in made})


def test_what_is_not_known_is_not_asked():
    unknown = Facts("x.mp4", "clip", 1000, format="MP4")
    assert ids(unknown, platforms=["tiktok"]) == {
        *("tiktok.format", "tiktok.bytes", "gps", "ai-label")
    }
    assert "twin" not in ids(picture(), figures())
    assert "sharpness" not in ids(picture(), figures())


def test_a_file_that_cannot_be_used_answers_only_that():
    broken = Facts("x.jpg", "picture", 0, problem="is empty. Copy it again; it may be on its way.")
    assert checks(broken, None, platforms=["instagram"]) == (
        Check(
            *("usable", "Can it be used?", FAIL),
            *("It is empty", "Copy it again; it may be on its way"),
        ),
    )
    assert checks(Facts("x.mp3", "music", 9), None, platforms=["tiktok"]) == ()


# What the file says of itself


def test_a_place_in_the_metadata_fails_and_says_where_it_is_left_out():
    check = ask(picture(gps=True), "gps")
    assert check.answer is FAIL
    assert "Take the place out" in check.mend
    assert ask(picture(), "gps").answer is PASS


@pytest.mark.parametrize(
    ("generated", "answer", "mend"),
    [
        (True, PASS, "Turn the AI label on when posting on Instagram"),
        (False, PASS, None),
        (None, UNSURE, "If a model made it, turn the AI label on when posting on Instagram"),
    ],
)
def test_generated_media_is_to_be_labelled(generated, answer, mend):
    check = ask(picture(generated=generated), "ai-label")
    assert (check.answer, check.mend) == (answer, mend)


# What its figures say


def group(*figures_of, **changed):
    return [figures(sharpness=each, **changed) for each in figures_of]


def test_a_blurred_picture_fails_beside_its_group_with_both_figures():
    others = group(1200, 1256, 1300)
    check = ask(picture(), "sharpness", figures(sharpness=101, crispness=0.11), group=others)
    assert check.answer is FAIL
    assert check.evidence == "Laplacian 101, the group's middle is 1,256"
    assert ask(picture(), "sharpness", figures(sharpness=900), group=others).answer is PASS


def test_a_plain_scene_or_a_small_group_only_makes_unsure():
    others = group(1200, 1256, 1300)
    plain = figures(sharpness=101, crispness=0.3)
    assert ask(picture(), "sharpness", plain, group=others).answer is UNSURE
    soft = figures(sharpness=101, crispness=0.11)
    assert ask(picture(), "sharpness", soft, group=others[:2]).answer is UNSURE


def test_a_lone_picture_is_only_called_soft_when_nothing_in_it_is_fine():
    check = ask(picture(), "sharpness", figures(sharpness=10, crispness=0.11))
    assert check.answer is UNSURE
    assert "sharpness" not in ids(picture(), figures(sharpness=10, crispness=0.2))
    assert "sharpness" not in ids(picture(), figures(sharpness=0, crispness=0))


@pytest.mark.parametrize(
    ("changed", "answer", "told"),
    [
        ({}, PASS, "Lit well: mean 110 of 255, from 8 to 245"),
        ({"mean": 20, "lightest": 213}, PASS, "Dark, with lights in it"),
        ({"mean": 50, "lightest": 130}, UNSURE, "Dark: mean 50 of 255, the lightest 130"),
        ({"mean": 6, "clipped_dark": 0.9}, UNSURE, "90% of it is black"),
        ({"mean": 4, "lightest": 12}, FAIL, "Next to nothing to see"),
        ({"mean": 200, "clipped_light": 0.2}, UNSURE, "20% of it is white"),
        ({"mean": 252, "darkest": 240, "clipped_light": 0.9}, FAIL, "Next to nothing to see"),
    ],
)
def test_a_dark_scene_is_not_called_a_fault(changed, answer, told):
    check = ask(picture(), "exposure", figures(**changed))
    assert check.answer is answer
    assert told in check.evidence


def test_a_dark_picture_fails_only_when_its_group_is_light():
    dark = figures(mean=50.0, lightest=130)
    light, night = group(1, 2, 3, mean=110.0), group(1, 2, 3, mean=52.0)
    check = ask(picture(), "exposure", dark, group=light)
    assert check.answer is FAIL
    assert "2.5 stops from its group's middle" in check.evidence
    assert check.mend == "Brighten it by 2.5 stops"
    assert ask(picture(), "exposure", dark, group=night).answer is UNSURE


def test_a_border_says_the_crop_that_takes_it_off():
    framed = figures(border=(40, 0, 40, 100), border_kind="white")
    check = ask(picture(), "border", framed)
    assert (check.answer, check.mend) == (FAIL, "Crop to 1000×1250, from 40 px left and 0 px down")
    assert check.evidence == "A white border, about left 40, right 40, bottom 100 px"
    maybe = figures(border=(0, 90, 0, 90), border_kind="blurred", border_sure=False)
    assert ask(picture(), "border", maybe).answer is UNSURE


def test_a_twin_that_another_idea_uses_fails_and_names_it():
    unused, used = Twin("media/a.jpg", 0), Twin("media/b.jpg", 4, ("Corner shop",))
    check = ask(picture(), "twin", twins=(unused, used))
    assert check.answer is FAIL
    assert check.evidence.startswith("Looks nearly the same as media/b.jpg (4 of 64 bits differ)")
    assert "“Corner shop”" in check.evidence
    assert ask(picture(), "twin", twins=(unused,)).answer is UNSURE
    assert ask(picture(), "twin", twins=()).answer is PASS


# All together


def test_whatever_does_not_pass_says_what_to_do_or_look_at():
    bad = figures(
        sharpness=1, mean=5, lightest=130, border=(9, 9, 9, 9), border_kind="black", crispness=0.1
    )
    made = checks(
        picture(300, 900, format="AVIF", size=90_000_000, gps=True),
        bad,
        group=group(900, 900, 900),
        twins=(Twin("y", 3),),
        platforms=["instagram", "tiktok", "threads"],
    )
    assert worst(made) is FAIL
    assert all(each.mend for each in made if each.answer is not PASS)
    assert all(each.question.endswith("?") and each.evidence for each in made)
    assert worst(()) is None


def test_importing_the_records_imports_nothing_heavy():
    program = (
        "import sys, studio.media.checks, studio.media.measure, studio.media.checks.twins; "
        "assert not {'numpy', 'PIL', 'av', 'sqlite3', 'tomllib'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_shapes_and_lengths_are_told_as_people_say_them():
    assert [shape_name(each) for each in (0.8, 0.75, 0.5625, 1.91, 1.0)] == [
        *("4:5", "3:4", "9:16", "1.91:1", "1:1")
    ]
    assert crop(4000, 3000, 0.8) == (2400, 3000)
    assert [span(each) for each in (4.0, 3.25, 60, 200, 900)] == [
        *("4 s", "3.25 s", "1:00", "3:20", "15:00")
    ]
