"""Is what is said of features true: coverage of intervals, and claims on pages without effects.

Run:  PYTHONPATH=. python tests/bench/what.py [--pages 150] [--n 20,60,160] [--seed 1]
Kept: what.txt, with date and command.

Pages are simulated as in posting-times, section 5: log reach = level + growth + hour and weekday
+ format + features + noise (sd 0.6 to 1.2; 3 % viral, + 2), young posts immature, reels preferred
at some hours, three favourite hours. Eight features with two to seven levels, one of them a near
copy of another (a question in the hook and in the caption), one known of 60 % of the posts only,
one of which clips have levels and pictures have none. Worlds:

* null: neither formats nor features do anything
* format: formats do (sd .45), features do not
* few: formats do, and two of the eight features (sd .35)
* many: formats do, and every feature a little (sd .1)

Printed, by world and number of posts, of features other than format / of formats:

* false: pages of the null kind with any "helps" or "hurts", %; in few, of the six null features
* cover: levels with 3 posts or more whose true effect lies in the 90 % interval, %
* active: the same of levels of features that do something
* told: told levels, of those whose true effect is above ×1.2 or below ×1/1.2, %
* right: told levels whose sign is right, %
* rmse: of the log effect / that of the plain difference of mean logs
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np

from studio.stats.post import Post
from studio.stats.what import key_of, what_all, what_works

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
WORLDS = {"null": (0.0, 0.0, 0), "format": (0.45, 0.0, 0), "few": (0.45, 0.35, 2)}
WORLDS["many"] = (0.45, 0.1, 8)
SIZES = {"hook": 7, "pillar": 4, "caption length": 4, "hashtags": 3, "question": 2}
SIZES |= {"asks for": 5, "palette": 3, "length": 4}
FORMATS = ("reel", "image", "carousel")


class Page:
    """A page whose true effects are known."""

    def __init__(self, world: str, n: int, seed: int) -> None:
        rng = np.random.default_rng([seed, n, sum(map(ord, world))])
        format_sd, feature_sd, active = WORLDS[world]
        sigma = rng.uniform(0.6, 1.2)
        favourites = rng.choice(np.arange(6, 24), 3, replace=False)
        wave = rng.normal(0, 0.15, 4)
        weekday = rng.normal(0, 0.08, 7)
        growth = rng.uniform(0, 1)
        level = rng.normal(6.2, 0.8)
        on = {str(name) for name in rng.choice(list(SIZES), active, replace=False)}
        self.active = on
        self.effects = {"format": dict(zip(FORMATS, rng.normal(0, format_sd, 3), strict=True))}
        shares = {}
        for name, size in SIZES.items():
            sd = feature_sd if name in on else 0.0
            self.effects[name] = {f"{name} {at}": rng.normal(0, sd) for at in range(size)}
            shares[name] = rng.dirichlet(np.full(size, 1.5))
        self.posts, self.features = [], {}
        span = max(30.0, 2.0 * n)
        for place in range(n):
            age = rng.uniform(0.4, span)
            hour = int(rng.choice(favourites) if rng.random() < 0.7 else rng.integers(6, 24))
            day = (NOW - timedelta(days=age)).replace(hour=hour, minute=int(rng.integers(60)))
            age = max((NOW - day) / timedelta(days=1), 0.3)
            day = NOW - timedelta(days=age)
            reels = np.clip(0.4 + 0.3 * np.sin(hour / 18 * 2 * np.pi), 0.1, 0.8)
            kind = "reel" if rng.random() < reels else str(rng.choice(FORMATS[1:]))
            told = {
                name: f"{name} {rng.choice(len(share), p=share)}" for name, share in shares.items()
            }
            if rng.random() < 0.8:  # the question feature nearly repeats one kind of hook
                told["question"] = f"question {int(told['hook'] == 'hook 0')}"
            if kind != "reel":
                del told["length"]
            if rng.random() < 0.4:
                del told["palette"]
            told["format"] = kind
            waves = [f(k * hour / 24 * 2 * np.pi) for k in (1, 2) for f in (np.sin, np.cos)]
            log = level + growth * (1 - age / span) + np.dot(wave, waves) + weekday[day.weekday()]
            log += sum(self.effects[name][one] for name, one in told.items())
            log += rng.normal(0, sigma) + (rng.normal(2, 0.5) if rng.random() < 0.03 else 0)
            log += np.log1p(-np.exp(-age / 1.5))
            reach = max(1, round(float(np.exp(log))))
            post = Post(
                *("instagram", str(place), day, True, kind, "", None, None),
                *(None, reach, None, None, None, None, None, "bench", place, NOW, None),
            )
            self.posts.append(post)
            del told["format"]
            self.features[key_of(post)] = told

    def truth(self, counts: dict[str, int], name: str) -> dict[str, float]:
        """Return the true effect of each level against the average of the levels posts have."""
        total = sum(counts.values())
        does = {one: self.effects[name][one] for one in counts}
        if name == "format":  # to be a reel is to have the length reels have, on average
            lengths = [one["length"] for one in self.features.values() if "length" in one]
            does["reel"] = does.get("reel", 0.0)
            if lengths:
                does["reel"] += float(np.mean([self.effects["length"][one] for one in lengths]))
        mean = sum(does[one] * n for one, n in counts.items()) / total
        return {one: does[one] - mean for one in counts}


def plain(page: Page, effects: list) -> dict[str, float]:
    """Return plain differences of mean logs, as tables of averages have them."""
    logs = {id(post): np.log(post.reach) for post in page.posts}
    everything = np.mean([logs[id(p)] for one in effects for p in one.posts])
    return {
        one.level: float(np.mean([logs[id(p)] for p in one.posts]) - everything) for one in effects
    }


def score(world: str, n: int, pages: int, seed: int) -> dict[str, dict[str, float]]:
    """Return the figures of one world and number of posts, of features and of formats."""
    sums: dict[str, dict[str, list[float]]] = {
        "features": defaultdict(list),
        "format": defaultdict(list),
    }
    cpu = []
    for number in range(pages):
        page = Page(world, n, seed * 100_003 + number)
        begun = time.process_time()
        what = what_works(page.posts, page.features, metric="reach", zone="UTC", now=NOW)
        cpu.append(1000 * (time.process_time() - begun))
        by = defaultdict(list)
        for one in what.effects:
            by[one.feature].append(one)
        false = {"features": 0.0, "format": 0.0}
        for name, effects in by.items():
            kind = sums["format" if name == "format" else "features"]
            truth = page.truth({one.level: one.n for one in effects}, name)
            naive = plain(page, effects)
            for one in effects:
                true, told = truth[one.level], one.verdict != "can't tell"
                if told and not any(page.effects[name].values()):
                    false["format" if name == "format" else "features"] = 1.0
                if told:
                    kind["right"].append(float((one.verdict == "helps") == (true > 0)))
                if one.n < 3:
                    continue
                kind["cover"].append(float(np.log(one.low) <= true <= np.log(one.high)))
                kind["width"].append(float(np.log(one.high / one.low)))
                if any(page.effects[name].values()):
                    kind["active"].append(kind["cover"][-1])
                if abs(true) > np.log(1.2):
                    kind["told"].append(float(told))
                kind["square"].append((np.log(one.ratio) - true) ** 2)
                kind["naive"].append((naive[one.level] - true) ** 2)
        for name, value in false.items():
            sums[name]["false"].append(value)
    made: dict[str, dict[str, float]] = {"cpu": {"ms": float(np.median(cpu))}}
    for name, some in sums.items():
        made[name] = {key: float(np.mean(values)) for key, values in some.items() if values}
        made[name]["tolds"] = float(len(some["right"]))
    return made


def rates(n: int, pages: int, seed: int) -> tuple[float, float]:
    """Return how many null pages are told anything of any of the five rates, and ms for all.

    Rates differ from post to post by a log-normal of sd .5, counts around them by chance.
    """
    told, cpu = [], []
    usual = {"likes": 0.05, "saves": 0.01, "shares": 0.008, "comments": 0.004, "follows": 0.002}
    for number in range(pages):
        page = Page("null", n, seed * 100_003 + number)
        rng = np.random.default_rng([seed, number])
        posts = [
            replace(
                post,
                **{
                    name: int(rng.poisson(post.reach * rate * np.exp(rng.normal(0, 0.5))))
                    for name, rate in usual.items()
                },
            )
            for post in page.posts
        ]
        begun = time.process_time()
        several = what_all(posts, page.features, zone="UTC", now=NOW)
        cpu.append(1000 * (time.process_time() - begun))
        told.append(float(any(one.of("helps") or one.of("hurts") for one in several[1:])))
    return float(np.mean(told)), float(np.median(cpu))


def share(figures: dict[str, float], name: str) -> str:
    """Return a share in %, or a dash."""
    return f"{100 * figures[name]:5.1f}" if name in figures else "    –"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=150)
    parser.add_argument("--n", default="20,60,160")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--worlds", default=",".join(WORLDS))
    options = parser.parse_args()
    widths = {"false": 6, "cover": 7, "active": 7, "width": 7, "told": 7, "right": 12, "rmse": 13}
    print(" " * 16 + "".join(name.rjust(width) for name, width in widths.items()) + "  cpu")
    for world in options.worlds.split(","):
        for n in map(int, options.n.split(",")):
            figures = score(world, n, options.pages, options.seed)
            for name in ("features", "format"):
                one = figures[name]
                rmse = f"{one['square'] ** 0.5:.2f}/{one['naive'] ** 0.5:.2f}"
                told = share(one, "told")
                right = f"{share(one, 'right')} ({one['tolds']:.0f})"
                print(
                    f"{world:7}{n:4} {name[:4]:4}{share(one, 'false'):>6}{share(one, 'cover'):>7}"
                    f"{share(one, 'active'):>7}{one['width']:7.2f}{told:>7}{right:>12}{rmse:>13}"
                    f"{figures['cpu']['ms']:5.0f}",
                    flush=True,
                )

    for n in map(int, options.n.split(",")):
        false, took = rates(n, options.pages, options.seed)
        print(
            f"null   {n:4} five rates: any told on {100 * false:.1f} % of pages; all {took:.0f} ms"
        )


if __name__ == "__main__":
    main()
