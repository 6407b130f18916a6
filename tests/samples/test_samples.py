"""The two sample projects: what a user who opens them finds, and that they can be made again."""

from __future__ import annotations

import csv
import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from sample_projects.make import captions_past, film, pictures, posts, shapes, trace

ROOT = Path(__file__).resolve().parents[2] / "sample_projects"
PROJECTS = ("rewind-89", "new-page")
STAGES = {"idea", "making", "ready", "scheduled", "posted"}


def front_matter(path: Path) -> dict[str, str | list[str]]:
    """Flat properties of an idea or brief; fails on anything nested."""
    head, marker, _ = path.read_text("utf-8").removeprefix("---\n").partition("\n---\n")
    assert marker, f"{path.name}: no front matter"
    out: dict[str, str | list[str]] = {}
    key = ""
    for line in head.splitlines():
        if line.startswith("  - "):
            value = out[key]
            assert isinstance(value, list)
            value.append(line[4:])
            continue
        assert line[0] not in " \t", f"{path.name}: {line!r} is nested"
        key, _, text = line.partition(":")
        text = text.strip()
        if text.startswith("["):
            out[key] = [v.strip() for v in text.strip("[]").split(",") if v.strip()]
        else:
            out[key] = text if text else []
    return out


def ideas(project: str) -> dict[str, dict[str, str | list[str]]]:
    return {p.stem: front_matter(p) for p in sorted((ROOT / project / "ideas").glob("*.md"))}


def content_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def all_links(project: str) -> set[str]:
    exports = ROOT / project / "stats" / "exports"
    rows = [r for p in exports.rglob("*.csv") if "_" in p.stem for r in content_rows(p)]
    rows += [r for p in exports.rglob("Content.csv") for r in content_rows(p)]
    return {r.get("Permalink") or r["Video link"] for r in rows}


def tracked() -> list[Path]:
    return [p for p in ROOT.rglob("*") if p.is_file() and "__pycache__" not in p.parts]


def test_both_projects_together_are_a_small_download() -> None:
    assert sum(p.stat().st_size for p in tracked()) < 8_000_000


def test_no_file_name_needs_quoting_on_any_system() -> None:
    for path in tracked():
        for part in path.relative_to(ROOT).parts:
            assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*|__\w+__\.py", part), part


@pytest.mark.parametrize("project", PROJECTS)
def test_a_sample_says_that_it_is_a_template(project: str) -> None:
    config = tomllib.loads((ROOT / project / "studio.toml").read_text("utf-8"))
    assert config["template"] is True
    assert re.fullmatch(r"[0-9a-f]{32}", config["id"])
    assert config["zone"] == "Europe/London"
    assert all("followers" not in account for account in config["accounts"])


def test_the_board_opens_with_fourteen_ideas_in_five_stages() -> None:
    stages = [idea["stage"] for idea in ideas("rewind-89").values()]
    assert {s: stages.count(s) for s in STAGES} == {
        "idea": 6,
        "making": 3,
        "ready": 2,
        "scheduled": 1,
        "posted": 2,
    }
    making = [(i["rank"], s) for s, i in ideas("rewind-89").items() if i["stage"] == "making"]
    assert min(making)[1] == "xmas-morning-1989"


@pytest.mark.parametrize("project", PROJECTS)
def test_every_picture_an_idea_or_brief_names_is_there(project: str) -> None:
    found = 0
    for path in [*(ROOT / project).glob("ideas/*.md"), *(ROOT / project).glob("briefs/*.md")]:
        properties = front_matter(path)
        for key in ("media", "takes"):
            for name in properties.get(key, []):
                assert (ROOT / project / name).is_file(), f"{path.name} names {name}"
                found += 1
    assert found >= 5


@pytest.mark.parametrize("project", PROJECTS)
def test_ideas_use_only_stages_pillars_and_platforms_the_project_has(project: str) -> None:
    config = tomllib.loads((ROOT / project / "studio.toml").read_text("utf-8"))
    pillars = {p["name"] for p in config["pillars"]}
    for slug, idea in ideas(project).items():
        assert idea["stage"] in config["stages"], slug
        assert idea["pillar"] in pillars, slug
        assert idea["format"] in {"reel", "carousel", "image"}, slug
        assert set(idea["platforms"]) <= {"instagram", "tiktok"}, slug
        assert idea["source"] in {"me", "claude"}, slug
        assert datetime.fromisoformat(str(idea["created"])).year == 2026, slug
    ranks = [(i["stage"], i["rank"]) for i in ideas(project).values()]
    assert len(set(ranks)) == len(ranks)


@pytest.mark.parametrize("project", PROJECTS)
def test_every_caption_belongs_to_an_idea(project: str) -> None:
    slugs = set(ideas(project))
    names = [p.name for p in (ROOT / project / "captions").glob("*.md")]
    assert {n.removesuffix(".md").removesuffix(".tiktok") for n in names} <= slugs
    assert len(names) >= 4


@pytest.mark.parametrize("project", PROJECTS)
def test_posted_ideas_link_to_posts_in_the_exports(project: str) -> None:
    links = all_links(project)
    posted = [i for i in ideas(project).values() if i["stage"] == "posted"]
    assert len(posted) == 2
    for idea in posted:
        assert idea["posted"]
        assert set(idea["posted"]) <= links


def test_the_exports_on_disk_are_what_the_script_makes() -> None:
    for path, data in posts.files().items():
        assert (ROOT / path).read_bytes() == data, path


def instagram_exports() -> list[Path]:
    return sorted(ROOT.glob("*/stats/exports/instagram-2026-11-20/*_*_*.csv"))


def test_instagram_links_hold_the_time_the_export_tells() -> None:
    counts = []
    for path in instagram_exports():
        rows = content_rows(path)
        counts.append(len(rows))
        for row in rows:
            code = row["Permalink"].rstrip("/").rsplit("/", 1)[1]
            assert len(code) == 11
            n = 0
            for ch in code:
                n = n * 64 + (
                    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".index(ch)
                )
            made = datetime.fromtimestamp(((n >> 23) + 1314220021721) / 1000, UTC)
            told = datetime.strptime(row["Publish time"], "%m/%d/%Y %H:%M")
            told = told.replace(tzinfo=ZoneInfo("America/Los_Angeles"))
            assert abs((told - made).total_seconds()) < 180, row["Permalink"]
            assert re.fullmatch(r"\d{17,18}", row["Post ID"])
    assert sorted(counts) == [7, 40]


def test_tiktok_links_hold_the_day_the_export_tells() -> None:
    seen = 0
    for path in ROOT.rglob("Content.csv"):
        rows = content_rows(path)
        assert 5 <= len(rows) <= 15
        for row in rows:
            ident = int(row["Video link"].rsplit("/", 1)[1])
            made = datetime.fromtimestamp(ident >> 32, UTC).astimezone(ZoneInfo("Europe/London"))
            assert f"{made:%B} {made.day}" == row["Post time"]
            seen += 1
    assert seen == 22


def test_every_past_post_tells_its_one_pillar_by_its_hashtags() -> None:
    for project, rows in (
        ("rewind-89", [(p, c) for p, _, c in captions_past.INSTAGRAM]),
        ("rewind-89", list(captions_past.TIKTOK)),
        ("new-page", [(p, c) for p, _, c in captions_past.PAPER_ROUND]),
    ):
        config = tomllib.loads((ROOT / project / "studio.toml").read_text("utf-8"))
        tags = {tag: p["name"] for p in config["pillars"] for tag in p["tags"]}
        for pillar, caption in rows:
            found = {tags[t] for t in re.findall(r"#(\w+)", caption) if t in tags}
            assert found == {pillar}, caption


def test_followers_end_where_the_page_says() -> None:
    audience = ROOT / "rewind-89/stats/exports/instagram-2026-11-20/Audience.csv"
    assert '"312"' in audience.read_bytes().decode("utf-16")
    young = ROOT / "new-page/stats/exports/instagram-2026-11-20/Audience.csv"
    assert young.read_bytes().decode("utf-16").count("\n") == 4
    history = ROOT / "rewind-89/stats/exports/tiktok-2026-11-20/FollowerHistory.csv"
    assert content_rows(history)[-1]["Followers"] == "1204"


def test_reels_reach_more_than_single_pictures_in_the_sample() -> None:
    got: dict[str, list[float]] = {}
    (path,) = (p for p in instagram_exports() if "rewind" in str(p))
    for row in content_rows(path):
        got.setdefault(row["Post type"], []).append(np.log(float(row["Reach"])))
    assert np.mean(got["IG reel"]) - np.mean(got["IG image"]) > 0.4


def test_every_listed_picture_lies_in_its_folder_and_opens_at_its_size() -> None:
    from PIL import Image

    sizes = {(1080, 1350), (1080, 1920), (1080, 1080), (896, 1120)}
    for picture in pictures.PICTURES:
        with Image.open(ROOT / picture.path) as image:
            assert image.size in sizes, picture.path
            if picture.prompt:
                assert "Negative prompt: wall-mounted TV" in image.text["parameters"]  # type: ignore[attr-defined]


def test_clips_are_upright_h264_of_three_to_four_seconds() -> None:
    import av

    clips = sorted((ROOT / "rewind-89" / "media").glob("*.mp4"))
    assert len(clips) >= 2
    for path in clips:
        assert path.stat().st_size < 700_000
        with av.open(str(path)) as container:
            stream = container.streams.video[0]
            assert stream.codec_context.name == "h264"
            assert stream.codec_context.pix_fmt == "yuv420p"
            assert (stream.width, stream.height) == (720, 1280)
            assert 3 <= float(container.duration) / 1_000_000 <= 4


def test_sidecars_mix_kept_rejected_starred_and_unjudged() -> None:
    folder = ROOT / "rewind-89" / "media"
    texts = [p.read_text("utf-8") for p in folder.glob("*.xmp")]
    ratings = {m for t in texts for m in re.findall(r'xmp:Rating="(-?\d)"', t)}
    assert ratings >= {"-1", "3", "4", "5"}
    media = [p for p in folder.iterdir() if p.suffix != ".xmp"]
    assert len(texts) < len(media)
    assert all(p.with_suffix("").is_file() for p in folder.glob("*.xmp"))


def test_a_picture_can_be_drawn_again_and_comes_out_the_same() -> None:
    dinner = next(p for p in pictures.PICTURES if "school-dinner" in p.path)
    one = np.asarray(pictures.draw(dinner, 0.06, 1))
    two = np.asarray(pictures.draw(dinner, 0.06, 1))
    assert one.shape == (65, 65, 3)
    assert (one == two).all()
    assert one.std() > 20


def test_a_lit_ball_is_bright_towards_the_lamp_and_throws_a_shadow() -> None:
    white = shapes.Mat((0.8, 0.8, 0.8))
    scene = trace.Scene(
        [shapes.ball((0, 0.5, 3), 0.5, white), shapes.card((0, 0, 3), 4, 4, white, (0, 90, 0))],
        [trace.Light((-3, 3, 2), (12, 12, 12))],
        (0, 1.2, -1),
        (0, 0.5, 3),
        40,
    )
    shot = trace.render(scene, 48, 48, passes=2, samples=1)
    grey = shot.color.mean(2)
    assert grey[20, 19] > 2 * grey[28, 29]
    assert grey[33, 40] < 0.6 * grey[33, 6]
    image = film.develop(shot.color, shot.depth, film.Look(), "ball")
    assert image.size == (48, 48)
