"""The model of posting times: hour, weekday and single slot beside level, growth and format."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from studio.stats.model.additive import Grid, Mixture, Model, Part, Posterior, grid
from studio.stats.model.kernel import hour_kernel, slot_kernel, weekday_kernel
from studio.stats.model.prepare import COMMON, common_parts, log_figure, steady
from studio.stats.model.public import WAKING, public

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.stats.model.additive import Floats, Ints

HOUR_SCALES = (0.05, 0.1, 0.2, 0.4, 0.8)
DAY_SCALES = (0.05, 0.12, 0.3)
NOISES = (0.85, 1.0, 1.2)
"""Standard deviations of log effects thought possible; of the noise, against the one seen."""
HOUR_TYPICAL, DAY_TYPICAL, NOISE_TYPICAL = 0.45, 0.18, 0.15
"""Up to these all are about as likely; beyond, the less so the larger. Wider than the reference's
0.35 and 0.2 with a normal tail: a tail that thin is why its intervals cover strong effects at .74
only. What the model knows of one page of 160 posts is too little to find the scale by itself."""
HOUR_MIDDLE, DAY_MIDDLE = 0.2, 0.1
HOUR_SCEPTIC, DAY_SCEPTIC = 0.25, 0.12
"""The sceptic's belief falls exponentially with the scales (penalised complexity, Simpson and
others 2017), by a factor e at these."""
SLOT_SHARES = ((0.35, 0.8), (1.0, 0.2))
"""Scale of single slots as a share of the hours', and belief in it: the reference's, and, where a
page's slots have little to do with each other, as much as the hours."""
PUBLIC_MEAN, PUBLIC_SPREAD = 0.35, 0.35
PUBLIC_DAY_MEAN, PUBLIC_DAY_SPREAD = 0.27, 0.27
"""How much of a page's own pattern, in its standard deviations, is the published one: expected,
and spread. So a page on which timing matters more has more to gain from public averages too."""
HABIT_POSTS = 20.0


@dataclass(frozen=True)
class Sample:
    """The posts of one page on one platform that count.

    Attributes:
        figures: (n,) reach or views.
        ages: (n,) days from posting to the figure.
        days: (n,) when posted, in days.
        weekdays: (n,) 0 = Monday, in the audience's zone.
        hours: (n,) 0 to 23, in the audience's zone.
        formats: of each; None where not known.
        platform: for the published averages; "" for those of all platforms.
    """

    figures: Floats
    ages: Floats
    days: Floats
    weekdays: Ints
    hours: Ints
    formats: Sequence[str | None]
    platform: str = ""

    def __len__(self) -> int:
        """Return the number of posts."""
        return len(self.figures)


class Times:
    """What is known of the slots of one page's week."""

    def __init__(self, sample: Sample, hours: Sequence[int] = ()) -> None:
        """Fit the model.

        Args:
            sample: the posts.
            hours: hours that are asked about even when nobody is awake.
        """
        asked = {hour for hour in hours if 0 <= hour < 24}
        wanted = set(WAKING) | {int(hour) for hour in sample.hours} | asked
        self.hours = tuple(sorted(wanted)) if wanted <= set(WAKING) else tuple(range(24))
        self.slots = [(day, hour) for day in range(7) for hour in self.hours]
        width = len(self.hours)
        self.places = sample.weekdays * width + np.searchsorted(self.hours, sample.hours)
        self.counts = np.bincount(self.places, minlength=7 * width)
        self._curve = public(sample.platform)
        self._vectors = self._slot_vectors()
        self.model = Model([*common_parts(sample.days, sample.formats), *self._slot_parts()])
        logs = log_figure(sample.figures, sample.ages)
        ready = steady(logs, self.model, _middle)
        self.spread = ready.spread
        settings = _grid(ready.spread)
        self.posterior: Posterior = self.model.fit(ready.y, settings)
        self._sceptic: Posterior = self.model.fit(ready.y, _sceptical(settings))

    def _slot_vectors(self) -> dict[str, Floats]:
        width = len(self.hours)
        hourly = self._curve.hours[list(self.hours)] / self._curve.hours[list(WAKING)].std()
        daily = self._curve.weekdays / self._curve.weekdays.std()
        return {
            "public hour": np.tile(hourly, 7)[None, :],
            "public weekday": np.repeat(daily, width)[None, :],
            "hour": np.tile(np.eye(width), 7),
            "weekday": np.repeat(np.eye(7), width, axis=1),
            "slot": np.eye(7 * width),
        }

    def _slot_parts(self) -> list[Part]:
        rows = {name: vector[:, self.places].T for name, vector in self._vectors.items()}
        shapes = {
            "public hour": np.full((1, 1), PUBLIC_SPREAD**2),
            "public weekday": np.full((1, 1), PUBLIC_DAY_SPREAD**2),
            "hour": hour_kernel(self.hours),
            "weekday": weekday_kernel(),
            "slot": slot_kernel(self.hours),
        }
        means = {
            "public hour": np.full(1, PUBLIC_MEAN),
            "public weekday": np.full(1, PUBLIC_DAY_MEAN),
        }
        return [Part(name, rows[name], shapes[name], means.get(name)) for name in shapes]

    def habit(self) -> Floats:
        """Return the share of the page's posts in each slot, (m,), summing to 1.

        The posts themselves, and `HABIT_POSTS` more at the same hours on any weekday.
        """
        if not self.counts.any():
            return np.full(len(self.counts), 1 / len(self.counts))
        hourly = self.counts.reshape(7, -1).sum(axis=0)
        smooth = np.tile(hourly / hourly.sum() / 7, 7)
        share: Floats = (self.counts + HABIT_POSTS * smooth) / (self.counts.sum() + HABIT_POSTS)
        return share

    @cached_property
    def against_habit(self) -> dict[str, Floats]:
        """The contrasts of each slot with the page's habit, by part."""
        habit = self.habit()
        return {name: vector - (vector @ habit)[:, None] for name, vector in self._vectors.items()}

    @cached_property
    def gains(self) -> Mixture:
        """What is known of the log gain of each slot over the page's habit."""
        return self.posterior.contrast(self.against_habit)

    @cached_property
    def typical_gains(self) -> Floats:
        """The medians of `gains`, (m,): as likely more as less."""
        return self.gains.quantile(0.5)

    @cached_property
    def sceptical_gains(self) -> Mixture:
        """The same for somebody who trusts no published averages and expects little of timing.

        What is claimed of a page must stand without them, and not on a large effect being likely.
        """
        return self._sceptic.contrast(self.against_habit)

    def public_gains(self) -> Floats:
        """Return what published averages alone say of each slot, as log gains over the habit."""
        told = [self._curve.hours[hour] + self._curve.weekdays[day] for day, hour in self.slots]
        gains: Floats = np.array(told) - np.array(told) @ self.habit()
        return gains


def _middle(spread: float) -> Grid:
    return _tied(
        grid(
            {
                **COMMON,
                "hour": [(HOUR_MIDDLE, 0.0)],
                "weekday": [(DAY_MIDDLE, 0.0)],
                "slot": [(SLOT_SHARES[0][0], 0.0)],
            },
            [(spread, 0.0)],
        )
    )


def _grid(spread: float) -> Grid:
    return _tied(
        grid(
            {
                **COMMON,
                "hour": [(scale, _belief(scale, HOUR_TYPICAL)) for scale in HOUR_SCALES],
                "weekday": [(scale, _belief(scale, DAY_TYPICAL)) for scale in DAY_SCALES],
                "slot": [(share, float(np.log(belief))) for share, belief in SLOT_SHARES],
            },
            [(c * spread, -0.5 * (np.log(c) / NOISE_TYPICAL) ** 2) for c in NOISES],
        )
    )


def _tied(free: Grid) -> Grid:
    """Let single slots and the published curve be as large as hours and weekdays are."""
    hours, weekdays = free.scales["hour"], free.scales["weekday"]
    tied = {"slot": free.scales["slot"] * hours, "public hour": hours, "public weekday": weekdays}
    return Grid({**free.scales, **tied}, free.noise, free.log_prior)


def _sceptical(settings: Grid) -> Grid:
    """Return the grid of somebody who knows no published averages and expects little of timing."""
    none = np.zeros_like(settings.noise)
    hours, weekdays = settings.scales["hour"], settings.scales["weekday"]
    doubt = hours / HOUR_SCEPTIC + weekdays / DAY_SCEPTIC
    return Grid(
        {**settings.scales, "public hour": none, "public weekday": none},
        settings.noise,
        settings.log_prior - doubt,
    )


def _belief(scale: float, typical: float) -> float:
    """Return the log prior weight of a scale: half normal up to the typical, heavier beyond."""
    return -0.5 * (scale / typical) ** 2 if scale < typical else -0.5 - np.log(scale / typical)
