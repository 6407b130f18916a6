"""Is what is said of posting times true: gain, claims, and coverage on simulated pages.

Run:  PYTHONPATH=. OMP_NUM_THREADS=1 python tests/bench/times.py [--pages 150] [--n 10,40,160]
          [--worlds all] [--seed 1] [--plan]
Kept: times.txt, with date and command.

Pages are simulated as in posting-times, section 5: log reach = level + hour and weekday + format
+ growth + age ramp + noise (sd .8 to 1.2, 3 % viral), three favourite hours with 70 % of the
posts, formats that go with hours. The public curve of a world is a bump at noon and one at seven
in the evening (posting-times, section 3), of which the model knows nothing but the published
tables in studio/stats/model/public.toml. Worlds, as sd of log reach by hour / weekday / slot and
correlation with that curve:

* null 0 / 0 / 0; realistic .15 / .08 / .05, .4; wrong: the same, 0; strong .35 / .15 / .10, .4
* tails: realistic, but the noise is Student's t with 3 degrees of freedom
* rough: hours go up and down within one and a half hours (length 1, not 2.5)
* night: realistic over 24 hours, by people who post at night
* kinds: realistic, with four formats whose effects are large (sd .6)
* steady: realistic without growth; days: only weekdays differ (sd .2)
* opposed: correlation -.4, the public curve is the wrong way round

Printed for the slot that is proposed, in %:

* gain: its true gain over the page's usual hours, and its standard error; `best` is what the
  truly best slot would give; `raw` the gain of the cell with the highest mean; `public` that of
  the hour published averages name
* said: mean of the gain announced
* cover: pages whose true gain lies within the 90 % interval
* width: median width of it, in log
* claims: pages for which a slot is claimed; right: claims whose true gain is above 5 %
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd

from studio.stats import best_times, plan_next

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
WORTH = 0.05


@dataclass(frozen=True)
class World:
    """Spreads of the true effects, and what else is odd about its pages."""

    hour: float = 0.15
    day: float = 0.08
    slot: float = 0.05
    public: float = 0.4
    length: float = 2.5
    heavy: bool = False
    first: int = 6
    formats: tuple[int, float] = (2, 0.3)
    growth: float = 1.0


WORLDS = {
    "null": World(0, 0, 0),
    "realistic": World(),
    "wrong": World(public=0.0),
    "strong": World(0.35, 0.15, 0.10),
    "tails": World(heavy=True),
    "rough": World(length=1.0),
    "night": World(first=0),
    "kinds": World(formats=(4, 0.6)),
    "steady": World(growth=0.0),
    "days": World(0.0, 0.2, 0.0),
    "opposed": World(public=-0.4),
}


def standard(values: np.ndarray) -> np.ndarray:
    """Return values with mean 0 and standard deviation 1."""
    return (values - values.mean()) / values.std()


class Page:
    """A page whose true effects are known."""

    def __init__(self, world: World, seed: list[int]) -> None:
        self.rng = rng = np.random.default_rng(seed)
        self.world = world
        self.hours = np.arange(world.first, 24)
        width = len(self.hours)
        apart = np.pi * (self.hours[:, None] - self.hours[None, :]) / 24
        kernel = np.exp(-2 * np.sin(apart) ** 2 / (2 * np.pi * world.length / 24) ** 2)
        own = np.linalg.cholesky(kernel + 1e-6 * np.eye(width)) @ rng.standard_normal(width)
        self.public = standard(
            0.8 * np.exp(-0.5 * ((self.hours - 12) / 2) ** 2)
            + np.exp(-0.5 * ((self.hours - 19) / 2.2) ** 2)
        )
        share = world.public
        curve = share * self.public + np.sqrt(1 - share**2) * standard(own)
        days = standard(rng.standard_normal(7))
        self.slot = (
            world.hour * curve[None, :]
            + world.day * days[:, None]
            + world.slot * rng.standard_normal((7, width))
        )
        favourites = rng.choice(width, 3, replace=False)
        self.habit = np.full(width, 0.3 / width)
        self.habit[favourites] += 0.7 / 3
        self.usual = float((self.slot @ self.habit).mean())
        self.sigma = rng.uniform(0.8, 1.2)
        self.growth = world.growth * rng.uniform(0, 1)
        self.level = rng.normal(6, 1)
        kinds, spread = world.formats
        self.kinds = rng.normal(0, spread, kinds)
        self.times: list[datetime] = []
        self.final: list[float] = []
        self.formats: list[str] = []

    def gain(self, weekday: int, hour: int) -> float:
        """Return the true gain of a slot over the usual ones; outside the day, of the worst."""
        inside = hour >= self.world.first
        effect = self.slot[weekday, hour - self.world.first] if inside else self.slot.min()
        return float(np.exp(effect - self.usual) - 1)

    def post(self, at: datetime, grown: float) -> None:
        """Publish at a time; `grown` goes from 0 to 1 over the page's life."""
        rng = self.rng
        hour = at.hour - self.world.first
        lean = 0.5 + 0.3 * np.sin(hour / 17 * 2 * np.pi)
        kinds = len(self.kinds)
        kind = 0 if rng.random() < lean else int(rng.integers(1, kinds))
        noise = rng.standard_t(3) / np.sqrt(3) if self.world.heavy else rng.standard_normal()
        log = self.level + self.slot[at.weekday(), hour] + self.kinds[kind] + self.growth * grown
        log += self.sigma * noise + (rng.random() < 0.03) * rng.normal(2, 0.5)
        self.times.append(at)
        self.final.append(float(log))
        self.formats.append(f"kind {kind}")

    def begin(self, count: int, now: datetime) -> None:
        """Publish at the page's own hours in the weeks before `now`."""
        rng = self.rng
        span = max(14.0, 1.5 * count)
        while len(self.times) < count:
            day = now - timedelta(days=float(rng.uniform(0, span)))
            hour = int(rng.choice(self.hours, p=self.habit))
            at = day.replace(hour=hour, minute=int(rng.integers(60)), second=0)
            if now - at >= timedelta(hours=8):
                self.post(at, 1 - (now - at) / timedelta(days=span))

    def frame(self, now: datetime) -> pd.DataFrame:
        """Return the posts as they are known at a time."""
        order = np.argsort([at.timestamp() for at in self.times])
        age = np.array([(now - self.times[i]) / timedelta(days=1) for i in order])
        reach = np.exp(np.array(self.final)[order]) * -np.expm1(-age / 1.5)
        return pd.DataFrame(
            {
                "posted_at": pd.DatetimeIndex([self.times[i] for i in order]),
                "reach": reach,
                "format": [self.formats[i] for i in order],
            }
        )


def raw(posts: pd.DataFrame) -> tuple[int, int]:
    """Return the cell with the highest mean, as everybody else does."""
    cells = [posts["posted_at"].dt.day_of_week, posts["posted_at"].dt.hour]
    return tuple(map(int, posts["reach"].groupby(cells).mean().idxmax()))  # type: ignore[arg-type]


def measure(name: str, n: int, pages: int, seed: int) -> str:
    """Return one row of the table."""
    world = WORLDS[name]
    gains, others, publics, best, said = [], [], [], [], []
    cover, widths, claims, spent = [], [], [], []
    for number in range(pages):
        page = Page(world, [seed, number, n, sum(map(ord, name))])
        now = NOW + timedelta(hours=37 * number % 168)
        page.begin(n, now)
        posts = page.frame(now)
        begun = time.process_time()
        told = best_times(posts, now=now)
        spent.append(1000 * (time.process_time() - begun))
        slot = told.slots[0]
        gain = page.gain(slot.weekday, slot.hour)
        gains.append(gain)
        others.append(page.gain(*raw(posts)))
        named = int(page.hours[np.argmax(page.public)])
        publics.append(float(np.mean([page.gain(day, named) for day in range(7)])))
        best.append(float(np.exp(page.slot.max() - page.usual) - 1))
        said.append(slot.uplift)
        cover.append(slot.low <= gain <= slot.high)
        widths.append(np.log1p(slot.high) - np.log1p(slot.low))
        if told.claim is not None:
            claims.append(page.gain(told.claim.weekday, told.claim.hour) > WORTH)
    error = np.std(gains) / np.sqrt(pages)
    right = f"{100 * np.mean(claims):.0f}" if claims else "-"
    return (
        f"{name:10}{n:4} {100 * np.mean(gains):6.1f} ±{100 * error:3.1f}"
        f"{100 * np.mean(best):7.0f}{100 * np.mean(others):6.1f}{100 * np.mean(publics):7.1f}"
        f"{100 * np.mean(said):7.1f}{100 * np.mean(cover):7.1f}{np.median(widths):7.2f}"
        f"{100 * len(claims) / pages:8.1f}{right:>7}{np.median(spent):8.0f}"
    )


def measure_plan(name: str, pages: int, seed: int) -> str:
    """Return what 40 planned posts gain after the first 10, four a week."""
    each, final = [], []
    for number in range(pages):
        page = Page(WORLDS[name], [seed, number, 0, sum(map(ord, name))])
        page.begin(10, NOW)
        now = NOW + timedelta(weeks=1)
        available = [(day, int(hour)) for day in range(7) for hour in page.hours]
        for turn in range(10):
            plan = plan_next(page.frame(now), now=now, available=available, k=4, seed=turn)
            for place, (weekday, hour) in enumerate(plan):
                day = now + timedelta(days=(weekday - now.weekday()) % 7)
                at = day.replace(hour=hour, minute=7 * place)
                page.post(at, 1 + turn / 10)
                each.append(page.gain(weekday, hour))
            now += timedelta(weeks=2)
        slot = best_times(page.frame(now), now=now).slots[0]
        final.append(page.gain(slot.weekday, slot.hour))
    errors = [100 * np.std(one) / np.sqrt(pages) for one in (final,)]
    return f"{name:10} {100 * np.mean(each):8.1f} {100 * np.mean(final):8.1f} ±{errors[0]:.1f}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pages", type=int, default=150)
    parser.add_argument("--n", default="10,40,160")
    parser.add_argument("--worlds", default="all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plan", action="store_true", help="plan 40 posts instead")
    options = parser.parse_args()
    names = list(WORLDS) if options.worlds == "all" else options.worlds.split(",")
    if options.plan:
        print(f"{'world':10} {'the 40':>8} {'then':>8}   true gain, %")
        for name in names:
            print(measure_plan(name, options.pages, options.seed), flush=True)
        return
    print(
        f"{'world':10}{'n':>4} {'gain':>6} {'':4}{'best':>7}{'raw':>6}{'public':>7}{'said':>7}"
        f"{'cover':>7}{'width':>7}{'claims':>8}{'right':>7}{'cpu ms':>8}"
    )
    for name in names:
        for n in map(int, options.n.split(",")):
            print(measure(name, n, options.pages, options.seed), flush=True)


if __name__ == "__main__":
    main()
