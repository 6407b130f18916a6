"""Answers made up for the tests: a page with some posts, in every state a figure can have."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from studio.report.answers import Answers, PlatformAnswers
from studio.stats.post import Followers, Note, Post
from studio.stats.summary import Summary
from studio.stats.table import Posts, Source
from studio.stats.what import Effect, What
from studio.stats.when import BestTimes, Slot, Try
from studio.stats.who import Brought, Locked, Table, Who

NOW = datetime(2026, 11, 16, 18, 20, tzinfo=UTC)
ZONE = "America/New_York"


def post(number: int, reach: int | None, **values: object) -> Post:
    plain = Post(
        platform="instagram",
        post_id=str(1000 + number),
        posted_at=datetime(2026, 10, 1, 22, 0, tzinfo=UTC) + timedelta(days=number),
        hour_known=True,
        format=("reel", "carousel", "image")[number % 3],
        caption=f"Post {number}",
        permalink=None,
        seconds=None,
        views=None if reach is None else reach * 2,
        reach=reach,
        likes=None,
        comments=None,
        shares=None,
        saves=None if reach is None else reach // 50,
        follows=None,
        source="stats/exports/meta.csv",
        line=number + 2,
        exported=date(2026, 11, 15),
        account="someone",
    )
    return replace(plain, **values)


def week(*, sure: bool) -> dict[tuple[int, int], Slot]:
    made = {}
    for day in range(7):
        for hour in range(6, 24):
            bump = math.exp(-0.5 * ((hour - 19) / 2) ** 2) * (1.2 if day == 3 else 1)
            gain = 0.25 * bump - 0.05
            certain = 0.95 if sure and (day, hour) == (3, 19) else 0.3 + 0.4 * bump
            made[day, hour] = Slot(
                day, hour, gain, gain - 0.3, gain + 0.5, 3 if bump > 0.9 else 0, certain, bump / 10
            )
    return made


def platform(*, sure: bool = False, hours: range = range(6, 24)) -> PlatformAnswers:
    posts = tuple(post(n, 200 * (n + 1)) for n in range(30))
    hourly = week(sure=sure)
    slots = tuple(
        sorted(
            (slot for slot in hourly.values() if slot.hour in hours), key=lambda slot: -slot.uplift
        )
    )
    zone = ZoneInfo(ZONE)
    counts = tuple(
        Followers("instagram", date(2026, 10, 1) + timedelta(days=day), 800 + 4 * day)
        for day in range(40)
        if day not in {10, 11, 12}
    )
    return PlatformAnswers(
        "instagram",
        Summary(
            "instagram", 32, 30, 2, "reach", date(2026, 10, 1), date(2026, 10, 30), 956,
            date(2026, 11, 9), 2345.6, posts[-3:], 0,
        ),
        BestTimes(
            slots, slots[0] if sure else None, 30, 0 if sure else 40, hourly, "reach", ZONE,
            (("with an unknown hour", 4),), ((3, 19),),
        ),
        (
            Try(datetime(2026, 11, 19, 19, tzinfo=zone), 3, 19, "best", 3),
            Try(datetime(2026, 11, 21, 12, tzinfo=zone), 5, 12, "test", 0),
        ),
        (
            What(
                "reach", 30,
                (
                    Effect("format", "reel", 10, 20, 1.6, 1.2, 2.1, "helps", None, posts[:10]),
                    Effect("format", "image", 10, 20, 0.6, 0.4, 0.9, "hurts", None, posts[10:20]),
                    Effect("hook", "question", 6, 24, 1.1, 0.8, 1.6, "can't tell", 40, posts[:6]),
                ),
                ("Reels reach more: +60% (+20…+110%, n 10)",),
            ),
            What("saves per reach", 28, (), ("Nothing can be told of saves per reach yet",)),
        ),
        Who(
            "instagram", counts, 28.0, "people who were children in 1989",
            (Table("country", (("US", 0.61), ("GB", 0.2)), "stats/exports/Audience.csv", None),),
            {(3, 20): 120.0, (4, 21): 110.0}, "America/New_York", (300, 100),
            (Brought("reel", 10, 20, 9000, 2.2, 1.4, 3.3, True, posts[:2]),), 1.1,
            (Locked("age and gender of followers", 100, "Instagram help, 2026"),), "reach", 7,
        ),
    )  # fmt: skip


def answers(*platforms: PlatformAnswers, name: str = "Rewind '89") -> Answers:
    posts = tuple(post(n, 200 * (n + 1)) for n in range(30))
    followers = {"instagram": platforms[0].who.followers} if platforms else {}
    table = Posts(
        posts,
        followers,
        (Note(7, "a date was not understood", "meta.csv", "odd"),),
        (Source("stats/exports/meta.csv", "content", "instagram", 30, date(2026, 11, 15)),),
    )
    return Answers(name, NOW, ZONE, platforms, table if platforms else Posts())
