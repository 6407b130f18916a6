"""Review at full speed: random keys, faster than the screen follows, against a small model.

The model knows what each key means to a reviewer and nothing of how Studio does it. Every fifty
keys or so the desk comes to rest and both must agree, on the screen and on the disk; at the end
the sidecars are read back by a store that has seen nothing of it.

The long form tries new seeds for as long as it is told:

    STUDIO_LONG_REVIEW_MINUTES=30 python -m pytest tests/app/test_review_keys.py -q
"""

from __future__ import annotations

import os
import random
import time
from dataclasses import dataclass, field, replace

import pytest

from studio.media.review import load_verdict
from studio.media.verdict import LABELS, NO_VERDICT, Verdict
from studio.project.project import Project
from tests.app.desk import SIZES
from tests.app.page import clip, picture
from tests.app.test_preview_pane import with_media

LONG_MINUTES = float(os.environ.get("STUDIO_LONG_REVIEW_MINUTES", "0"))

TAKES = [f"media/take-{letter}-{number}.png" for letter in "ab" for number in (1, 2, 3, 4)]
ALONE = [f"media/{name}.png" for name in ("attic", "bench", "candle", "door")]
CLIP = "media/tape.mp4"
PATHS = [*TAKES[:4], *ALONE[:2], CLIP, *TAKES[4:], *ALONE[2:]]
GROUPS = [TAKES[:4], TAKES[4:]]

# How often each key is struck. Those of the last line change nothing that lasts.
OFTEN = {"p": 12, "x": 12, "u": 4, "0": 2, "1": 2, "3": 5, "5": 4, "6": 3, "7": 2, "8": 1, "9": 2}
OFTEN |= {"s": 8, "S": 1, "P": 3, "f8": 1, "ctrl+z": 10, "ctrl+y": 5}
OFTEN |= {"space": 10, "l": 4, "h": 6, "backspace": 5, "home": 2, "end": 1}
OFTEN |= {"g": 2, "o": 1, "O": 1, "v": 1, "enter": 2, ".": 1, "\\": 1}


@dataclass
class Model:
    """A reviewer's memory: what is looked at, what is marked, what was decided on each."""

    index: int = 0
    auto: bool = True
    marked: list[str] = field(default_factory=list)
    verdicts: dict[str, Verdict] = field(default_factory=lambda: dict.fromkeys(PATHS, NO_VERDICT))
    done: list[dict[str, Verdict]] = field(default_factory=list)  # how it was before each step
    undone: list[dict[str, Verdict]] = field(default_factory=list)

    @property
    def path(self) -> str:
        return PATHS[self.index]

    def go(self, index: int) -> None:
        self.index = max(0, min(len(PATHS) - 1, index))

    def press(self, key: str) -> None:
        """Do what a key does."""
        if key in {"space", "l"}:
            self.go(self.index + 1)
        elif key in {"backspace", "h"}:
            self.go(self.index - 1)
        elif key in {"home", "end"}:
            self.go(0 if key == "home" else len(PATHS) - 1)
        elif key == "f8":
            self.auto = not self.auto
        elif key == "s":
            self.mark([self.path])
            if self.auto and self.path in self.marked:
                self.go(self.index + 1)
        elif key == "S":
            self.mark(PATHS)
        elif key == "ctrl+z":
            self.step_back(self.done, self.undone)
        elif key == "ctrl+y":
            self.step_back(self.undone, self.done)
        elif key == "P":
            self.keep_alone()
        elif key in "pxu":
            self.judge(advance=key != "u", keep={"p": True, "x": False, "u": None}[key])
        elif key in "012345":
            self.judge(advance=key != "0", stars=int(key) or None)
        elif key in "6789":
            word = LABELS[int(key) - 6]
            chosen = [self.verdicts[path] for path in self.marked or [self.path]]
            given = None if all(verdict.label == word for verdict in chosen) else word
            self.judge(advance=False, label=given)

    def mark(self, paths: list[str]) -> None:
        if all(path in self.marked for path in paths):
            self.marked = [path for path in self.marked if path not in paths]
        else:
            self.marked += [path for path in paths if path not in self.marked]

    def judge(self, *, advance: bool, **change: object) -> None:
        paths = self.marked or [self.path]
        if advance and self.auto and not self.marked:
            self.go(self.index + 1)
        self.marked = []
        self.change({path: replace(self.verdicts[path], **change) for path in paths})

    def keep_alone(self) -> None:
        path = self.path
        group = next((group for group in GROUPS if path in group), [path])
        self.change({one: replace(self.verdicts[one], keep=one == path) for one in group})
        following = [at for at in range(self.index + 1, len(PATHS)) if PATHS[at] not in group]
        if self.auto and following:
            self.go(following[0])

    def change(self, verdicts: dict[str, Verdict]) -> None:
        before = {path: self.verdicts[path] for path in verdicts}
        before = {path: was for path, was in before.items() if was != verdicts[path]}
        if before:
            self.done.append(before)
            self.undone.clear()
            self.verdicts |= verdicts

    def step_back(self, source: list[dict[str, Verdict]], target: list[dict[str, Verdict]]) -> None:
        if source:
            step = source.pop()
            target.append({path: self.verdicts[path] for path in step})
            self.verdicts |= step


def on_disk(page):
    """What the sidecars say to a store that has seen nothing so far."""
    store = Project.open(page).store
    return {path: load_verdict(store, path) for path in PATHS}


async def review(desk, page, seed, count):
    """Strike so many keys, and compare on the way and in the end."""
    chance = random.Random(seed)  # so that it can be done again
    model, struck = Model(), []
    async with desk(chance.choice(SIZES)) as d:
        await d.press("f3")
        assert list(d.preview.bench.table.paths) == PATHS
        while len(struck) < count:
            burst = chance.choices(list(OFTEN), list(OFTEN.values()), k=chance.randint(30, 70))
            for key in burst:
                model.press(key)
            struck += burst
            await d.burst(*burst)
            said = f"seed {seed}, after {' '.join(struck)}"
            assert on_disk(page) == model.verdicts, said
            shown = {path: d.session.media.verdict(path) for path in PATHS}
            assert shown == model.verdicts, said
            table = d.preview.bench.table
            assert (d.preview.path, list(table.marked)) == (model.path, model.marked), said
            counts = [sum(one.keep is keep for one in shown.values()) for keep in (None, True)]
            words = f"unjudged {counts[0]}   kept {counts[1]}   "
            assert str(d.preview.border_subtitle).startswith(words), said
            d.assert_safe()
            d.app.clear_notifications()
    assert on_disk(page) == model.verdicts, f"seed {seed}, closed"
    return struck


@pytest.fixture
def takes(page):
    """Two groups of takes, four pictures that belong to none, and a clip, in one idea."""
    for number, path in enumerate([*TAKES, *ALONE]):
        picture(page / path, (20 * number, 200 - 10 * number, 60))
    clip(page / CLIP, (200, 30, 20), seconds=1)
    with_media(page, *PATHS)
    return page


@pytest.mark.parametrize("seed", [1, 2])
async def test_what_was_struck_at_full_speed_is_what_is_on_disk(desk, takes, seed):
    struck = await review(desk, takes, seed, 300)
    assert {"p", "x", "P", "S", "ctrl+z", "ctrl+y", "."} <= set(struck)


@pytest.mark.skipif(not LONG_MINUTES, reason="STUDIO_LONG_REVIEW_MINUTES is not set")
async def test_it_is_so_for_as_long_as_one_likes(desk, takes):
    end = time.monotonic() + 60 * LONG_MINUTES
    seed = int(os.environ.get("STUDIO_LONG_REVIEW_SEED", "1000"))
    while time.monotonic() < end:
        for path in PATHS:
            (takes / f"{path}.xmp").unlink(missing_ok=True)
        try:
            await review(desk, takes, seed, 1000)
        except BaseException as error:
            error.add_note(f"seed {seed}: STUDIO_LONG_REVIEW_SEED={seed} begins with it")
            raise
        seed += 1
