"""Does the model of posting times find good hours, and is it honest about what it knows?

Simulated pages whose true effects are known (posting-times, section 5), in worlds as the model
expects them and in worlds it does not. For each world and number of posts:

    true      mean true gain, %, of the recommended slot over the page's usual hours (± its error)
    hit       the recommended slot is in the true top tenth, %
    said      median of the gain announced, %
    covered   the true gain lies within the 90 % interval, % of pages
    width     median width of that interval, in log units
    claims    pages for which a slot is claimed, %, and how many of these claims are right (> 5 %)
    raw       the usual method, the cell with the highest mean: true gain / announced gain, %
    public    the published averages alone: true gain, %

Then planning: from 10 posts, ten weeks of four posts each, chosen by the model, by raw means, or at
random among the usual hours: mean true gain of the 40, and of the slot recommended after them.

    python -m tests.bench.times [--accounts 100] [--seed 1] [--out tests/bench/times.txt]

Nothing here knows `studio/stats/model/public.toml`: the public curve of the simulation is the
stylised one of the reference.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np

from studio.stats.model.advise import advise
from studio.stats.model.planning import choose
from studio.stats.model.slots import Sample, Times

WAKING = np.arange(6, 24)
DAY = np.arange(24)


@dataclass(frozen=True)
class World:
    """How a simulated page works: standard deviations of log effects, and what is odd about it."""

    hour: float = 0.15
    weekday: float = 0.08
    slot: float = 0.05
    public: float = 0.4
    length: float = 2.5
    noise: str = "normal"
    formats: int = 2
    trend: bool = True
    night: bool = False


WORLDS = {
    "null": World(0, 0, 0),
    "realistic": World(),
    "prior wrong": World(public=0.0),
    "strong": World(0.35, 0.15, 0.10),
}
OTHERS = {
    "between": World(0.25, 0.1, 0.07),
    "prior upside down": World(public=-0.4),
    "prior right": World(public=0.8),
    "rough hours (1 h)": World(length=1.0),
    "smooth hours (5 h)": World(length=5.0),
    "single slots only": World(0.0, 0.0, 0.2, 0.0),
    "weekdays only": World(0.0, 0.2, 0.0),
    "heavy tails (t3)": World(noise="t3"),
    "skewed noise": World(noise="skewed"),
    "strong, heavy tails": World(0.35, 0.15, 0.10, noise="t3"),
    "null, heavy tails": World(0, 0, 0, noise="t3"),
    "null, four formats": World(0, 0, 0, formats=4),
    "four formats": World(formats=4),
    "no growth": World(trend=False),
    "night posters": World(night=True),
    "strong night posters": World(0.35, 0.15, 0.10, night=True),
}


def standard(values: np.ndarray) -> np.ndarray:
    return (values - values.mean()) / values.std()


PUBLIC_HOURS = 0.8 * np.exp(-0.5 * ((DAY - 12) / 2) ** 2) + np.exp(-0.5 * ((DAY - 19) / 2.2) ** 2)
PUBLIC_DAYS = np.array([0.2, 0.7, 1.0, 0.7, 0.2, -0.8, -0.5])


class Page:
    """A page whose truth is known."""

    def __init__(self, world: World, rng: np.random.Generator) -> None:
        self.world, self.rng = world, rng
        self.hours = DAY if world.night else WAKING
        count = len(self.hours)
        angle = np.pi * (self.hours[:, None] - self.hours[None, :]) / 24
        kernel = np.exp(-2 * np.sin(angle) ** 2 / (world.length * 2 * np.pi / 24) ** 2)
        smooth = np.linalg.cholesky(kernel + 1e-6 * np.eye(count)) @ rng.standard_normal(count)
        own = np.sqrt(1 - world.public**2)
        by_hour = world.public * standard(PUBLIC_HOURS[self.hours]) + own * standard(smooth)
        by_day = world.public * standard(PUBLIC_DAYS) + own * standard(rng.standard_normal(7))
        self.effect = (
            world.hour * by_hour[None, :]
            + world.weekday * by_day[:, None]
            + world.slot * rng.standard_normal((7, count))
        )
        favourites = rng.choice(count, 3, replace=False)
        if world.night:
            favourites = rng.choice([22, 23, 0, 1, 2, 3], 3, replace=False)
        self.habit = np.full(count, 0.3 / count)
        self.habit[favourites] += 0.7 / 3
        self.usual = float(self.effect.mean(axis=0) @ self.habit)
        self.sigma = rng.uniform(0.8, 1.2)
        self.growth = rng.uniform(0, 1) if world.trend else 0.0
        self.formats = np.concatenate([[0.0], rng.normal(0.4, 0.3, world.formats - 1)])
        shift = rng.uniform(0, 2 * np.pi, world.formats)
        liking = np.exp(1.2 * np.sin(self.hours[:, None] / 24 * 2 * np.pi + shift))
        self.liking = liking / liking.sum(axis=1, keepdims=True)
        self.level = rng.normal(6, 1)

    def gain(self, weekday: int, hour: int) -> float:
        if hour not in self.hours:
            return float(np.expm1(self.effect.min() - self.usual))
        place = int(np.searchsorted(self.hours, hour))
        return float(np.expm1(self.effect[weekday, place] - self.usual))

    def top(self, weekday: int, hour: int) -> bool:
        bar = float(np.expm1(np.quantile(self.effect, 0.9) - self.usual))
        return self.gain(weekday, hour) >= bar

    def _noise(self, count: int) -> np.ndarray:
        rng = self.rng
        if self.world.noise == "t3":
            return self.sigma * rng.standard_t(3, count) / np.sqrt(3) * 1.2
        if self.world.noise == "skewed":
            return self.sigma * (rng.gamma(1.5, 1.0, count) - 1.5)
        viral = (rng.random(count) < 0.03) * rng.normal(2, 0.5, count)
        return rng.normal(0, self.sigma, count) + viral

    def publish(self, weekdays: np.ndarray, hours: np.ndarray, when: np.ndarray) -> tuple:
        """Final logs and formats of posts; `when` runs from 0 to about 1."""
        places = np.searchsorted(self.hours, hours)
        chosen = np.array([self.rng.choice(len(self.formats), p=self.liking[at]) for at in places])
        logs = self.level + self.effect[weekdays, places] + self.formats[chosen]
        return logs + self.growth * when + self._noise(len(places)), chosen

    def usual_slots(self, count: int) -> tuple[np.ndarray, np.ndarray]:
        return self.rng.integers(0, 7, count), self.rng.choice(self.hours, count, p=self.habit)


class History:
    """What a page has published so far, seen at a moment given in days."""

    def __init__(self, page: Page, count: int, span: float) -> None:
        self.page, self.span = page, span
        self.days = np.zeros(0)
        self.logs = np.zeros(0)
        self.weekdays = self.hours = self.formats = np.zeros(0, np.int64)
        oldest = max(14.0, count * 1.5)
        self.add(*page.usual_slots(count), np.sort(page.rng.uniform(-oldest, -0.3, count)))
        self.begin = -oldest

    def add(self, weekdays: np.ndarray, hours: np.ndarray, days: np.ndarray) -> None:
        begin = getattr(self, "begin", days.min())
        logs, formats = self.page.publish(weekdays, hours, (days - begin) / self.span)
        self.days = np.concatenate([self.days, days])
        self.logs = np.concatenate([self.logs, logs])
        self.weekdays = np.concatenate([self.weekdays, weekdays])
        self.hours = np.concatenate([self.hours, hours])
        self.formats = np.concatenate([self.formats, formats])

    def sample(self, now: float) -> Sample:
        ages = now - self.days
        reach = np.exp(self.logs + np.log1p(-np.exp(-ages / 1.5)))
        names = [f"format {kind}" for kind in self.formats]
        return Sample(reach, ages, self.days, self.weekdays, self.hours, names)


def raw(sample: Sample) -> tuple[tuple[int, int], float]:
    """The cell with the highest mean, and the gain over the mean that it announces."""
    cells: dict[tuple[int, int], list[float]] = {}
    for weekday, hour, figure in zip(sample.weekdays, sample.hours, sample.figures, strict=True):
        cells.setdefault((int(weekday), int(hour)), []).append(float(figure))
    best = max(cells, key=lambda cell: np.mean(cells[cell]))
    return best, float(np.mean(cells[best]) / sample.figures.mean() - 1)


def public_only() -> tuple[int, int]:
    none = np.zeros(0)
    empty = Sample(none, none, none, none.astype(int), none.astype(int), [])
    first = advise(Times(empty)).slots[0]
    return first.weekday, first.hour


def percent(values: list[float] | np.ndarray) -> float:
    return 100 * float(np.mean(values))


def score(name: str, world: World, count: int, accounts: int, seed: int) -> str:
    rows, raws, claims = [], [], []
    public = public_only()
    spent = 0.0
    for number in range(accounts):
        rng = np.random.default_rng([seed, number, count, *name.encode()])
        page = Page(world, rng)
        sample = History(page, count, max(14.0, count * 1.5)).sample(0.0)
        begun = time.process_time()
        best = advise(Times(sample))
        spent += time.process_time() - begun
        first = best.slots[0]
        slot = (first.weekday, first.hour)
        gain = page.gain(*slot)
        rows.append(
            (
                gain,
                page.top(*slot),
                first.uplift,
                first.low <= gain <= first.high,
                np.log1p(first.high) - np.log1p(first.low),
                page.gain(*public),
            )
        )
        cell, announced = raw(sample)
        raws.append((page.gain(*cell), announced))
        if best.claim is not None:
            claims.append(page.gain(best.claim.weekday, best.claim.hour) > 0.05)
    table, others = np.array(rows, dtype=float), np.array(raws)
    error = 100 * table[:, 0].std(ddof=1) / np.sqrt(accounts)
    true, hit = percent(table[:, 0]), percent(table[:, 1])
    right = f"{percent(claims):4.0f}" if claims else "   –"
    return (
        f"{name:21s}{count:4d} {true:6.1f} ±{error:3.1f} {hit:4.0f}"
        f" {100 * np.median(table[:, 2]):5.0f} {percent(table[:, 3]):8.0f}"
        f" {np.median(table[:, 4]):6.2f} {100 * len(claims) / accounts:6.1f} {right}"
        f"  {percent(others[:, 0]):5.0f} /{100 * np.median(others[:, 1]):4.0f}"
        f" {percent(table[:, 5]):7.1f} {1000 * spent / accounts:5.0f}"
    )


def planned(how: str, world: World, accounts: int, seed: int) -> str:
    gains, final, slots = [], [], []
    for number in range(accounts):
        rng = np.random.default_rng([seed, number, 77])
        page = Page(world, rng)
        available = [(day, int(hour)) for day in range(7) for hour in page.hours]
        history = History(page, 10, 90.0)
        now, each, used = 7.0, [], set()
        for week in range(10):
            sample = history.sample(now)
            if how == "model":
                pairs = choose(Times(sample), available, 4, seed * 1000 + week)
            elif how == "raw means":
                pairs = [raw(sample)[0]] * 4
            else:
                pairs = list(zip(*page.usual_slots(4), strict=True))
            days = np.array([int(day) for day, _ in pairs])
            hours = np.array([int(hour) for _, hour in pairs])
            history.add(days, hours, now + np.linspace(0.5, 6.5, 4))
            each += [page.gain(*pair) for pair in zip(days, hours, strict=True)]
            used |= set(zip(days.tolist(), hours.tolist(), strict=True))
            now += 14
        sample = history.sample(now)
        last = raw(sample)[0]
        if how != "raw means":
            first = advise(Times(sample)).slots[0]
            last = (first.weekday, first.hour)
        gains.append(float(np.mean(each)))
        final.append(page.gain(*last))
        slots.append(len(used))
    errors = [100 * np.std(one, ddof=1) / np.sqrt(accounts) for one in (gains, final)]
    return (
        f"  {how:18s} {percent(gains):6.1f} ±{errors[0]:3.1f}"
        f"  {percent(final):6.1f} ±{errors[1]:3.1f}  {np.mean(slots):5.1f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--accounts", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    lines: list[str] = []

    def say(line: str) -> None:
        lines.append(line)
        print(line, flush=True)

    shown = [word for word in sys.argv[1:] if not word.endswith(".txt") and word != "--out"]
    say(f"{date.today().isoformat()}  python -m tests.bench.times {' '.join(shown)}".rstrip())
    say(
        f"{options.accounts} simulated pages a line, seed {options.seed};"
        " the columns are explained in tests/bench/times.py"
    )
    say("")
    head = (
        f"{'world':21s}{'n':>4s} {'true':>6s}      {'hit':>4s} {'said':>5s} {'covered':>8s}"
        f" {'width':>6s} {'claims':>6s}{'right':>6s}  {'raw':>5s} /said {'public':>6s}    ms"
    )
    for title, worlds, counts in (
        ("Worlds of the reference", WORLDS, (5, 10, 40, 160)),
        ("Other worlds", OTHERS, (10, 40, 160)),
    ):
        say(title)
        say(head)
        for name, world in worlds.items():
            for count in counts:
                say(score(name, world, count, options.accounts, options.seed))
        say("")
    say("The next 40 posts after 10, and the slot recommended after them: true gain, %; slots used")
    for name in ("realistic", "prior wrong", "strong"):
        say(name)
        for how in ("usual hours", "raw means", "model"):
            say(planned(how, WORLDS[name], options.accounts, options.seed))
    if options.out:
        options.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
