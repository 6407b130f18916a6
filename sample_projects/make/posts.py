"""Exports of the two invented pages, in the forms Meta and TikTok write them.

log(reach) = base + trend + format + pillar + hour + N(0, 0.7). What a page's numbers can honestly
say about format, pillar and hour is therefore known, and small beside the noise, as in life.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sample_projects.make import captions_past

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

LONDON = ZoneInfo("Europe/London")
PACIFIC = ZoneInfo("America/Los_Angeles")
EXPORTED = datetime(2026, 11, 20, 18, 5, tzinfo=UTC)
EARLIER = datetime(2026, 8, 14, 9, 30, tzinfo=UTC)  # the first of the two TikTok content exports
OPENED = date(2026, 2, 20)
SIGMA = 0.7
FORMATS = {"reel": 0.90, "carousel": 0.42, "image": 0.0}
PILLARS = {"home": 0.10, "tv": 0.05, "food": 0.0, "places": -0.05, "school": -0.02}
HALF_LIFE = 1.6  # days in which a post gathers 1 - 1/e of its numbers
HOURS = ((7, 2), (8, 4), (12, 4), (17, 4), (18, 5), (19, 6), (20, 6), (21, 4))

# Shortcodes count milliseconds from this Unix time, in base 64, above 23 bits of the machine.
_EPOCH_MS = 1314220021721
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_META = (
    "Post ID",
    "Account ID",
    "Account username",
    "Account name",
    "Description",
    "Duration (sec)",
    "Publish time",
    "Permalink",
    "Post type",
    "Data comment",
    "Date",
    "Views",
    "Reach",
    "Likes",
    "Shares",
    "Follows",
    "Comments",
    "Saves",
)
_CONTENT = (
    "Time",
    "Video title",
    "Video link",
    "Post time",
    "Total likes",
    "Total comments",
    "Total shares",
    "Total views",
)


@dataclass
class Post:
    """One invented post; `final` holds what its numbers will be in the end."""

    at: datetime
    kind: str
    caption: str
    ident: str
    code: str = ""
    seconds: int = 0
    final: dict[str, float] = field(default_factory=dict)

    def count(self, name: str, when: datetime) -> int:
        """A number as an export made at `when` shows it."""
        age = (when - self.at).total_seconds() / 86400
        return int(self.final[name] * (1 - math.exp(-max(age, 0) / HALF_LIFE)))


def shortcode(when: datetime, r: random.Random) -> str:
    """The eleven characters of an Instagram link made at `when`."""
    n = (round(when.timestamp() * 1000) - _EPOCH_MS) << 23 | r.getrandbits(23)
    out = ""
    while n:
        n, low = divmod(n, 64)
        out = _DIGITS[low] + out
    return out


def _hour_effect(hour: float) -> float:
    return 0.18 * math.exp(-((hour - 19.5) ** 2) / 8) + 0.05 * math.exp(-((hour - 8) ** 2) / 4)


def _moments(r: random.Random, first: date, last: date, n: int) -> list[datetime]:
    """Returns n London wall-clock moments from first to last, about evenly spread."""
    span = (last - first).days
    hours, weights = zip(*HOURS, strict=True)
    out = []
    for i in range(n):
        wobble = 0 if i in (0, n - 1) else r.randint(-1, 1)
        day = first + timedelta(days=round(i * span / (n - 1)) + wobble)
        hour = r.choices(hours, weights)[0]
        wall = datetime(
            day.year, day.month, day.day, hour, r.randint(0, 44), r.randint(0, 59), tzinfo=LONDON
        )
        out.append(wall.astimezone(UTC))
    return sorted(out)


def _reach(r: random.Random, base: float, at: datetime, kind: str, pillar: str) -> float:
    wall = at.astimezone(LONDON)
    months = (at.date() - OPENED).days / 30.4
    y = base + 0.06 * months + FORMATS.get(kind, 0.0) + PILLARS.get(pillar, 0.0)
    return math.exp(y + _hour_effect(wall.hour + wall.minute / 60) + r.gauss(0, SIGMA))


def instagram(
    name: str,
    rows: Sequence[tuple[str, str, str]],
    first: date,
    last: date,
    *,
    base: float,
    start_id: int,
) -> list[Post]:
    """Posts of an Instagram page, oldest first."""
    r = random.Random(f"{name} instagram 89")  # noqa: S311 - a fixed seed, nothing secret
    out = []
    for at, (pillar, kind, caption) in zip(_moments(r, first, last, len(rows)), rows, strict=True):
        reach = _reach(r, base, at, kind, pillar)
        made = at - timedelta(milliseconds=r.randrange(1500, 80000))
        final = {
            "Views": reach * r.uniform(1.25, 1.9),
            "Reach": reach,
            "Likes": reach * r.uniform(0.03, 0.10),
            "Shares": reach * r.uniform(0.002, 0.03),
            "Follows": reach * r.uniform(0.001, 0.007),
            "Comments": reach * r.uniform(0.002, 0.014),
            "Saves": reach * r.uniform(0.003, 0.03),
        }
        ident = str(start_id + r.randrange(10**12))
        seconds = r.randint(7, 32) if kind == "reel" else 0
        out.append(Post(at, kind, caption, ident, shortcode(made, r), seconds, final))
    return out


def tiktok(rows: Sequence[tuple[str, str]], first: date, last: date, base: float) -> list[Post]:
    """Videos of a TikTok page, oldest first."""
    r = random.Random("rewind tiktok 89")  # noqa: S311
    out = []
    for at, (pillar, caption) in zip(_moments(r, first, last, len(rows)), rows, strict=True):
        views = _reach(r, base, at, "video", pillar)
        likes = views * r.uniform(0.05, 0.13)
        final = {
            "views": views,
            "likes": likes,
            "comments": likes * r.uniform(0.01, 0.07),
            "shares": likes * r.uniform(0.01, 0.12),
        }
        made = int(at.timestamp()) - r.randint(3, 70)
        out.append(Post(at, "video", caption, str(made << 32 | r.getrandbits(32)), "", 0, final))
    return out


def permalink(post: Post, handle: str) -> str:
    """The post's address."""
    if not post.code:
        return f"https://www.tiktok.com/@{handle}/video/{post.ident}"
    return f"https://www.instagram.com/{'reel' if post.kind == 'reel' else 'p'}/{post.code}/"


def _meta_cell(value: object) -> str:
    text = str(value)
    if any(c in text for c in ' ,"\n\t\\'):
        return '"' + text.replace('"', '""') + '"'
    return text


def meta_content(posts: Sequence[Post], account: str, handle: str, name: str) -> bytes:
    """Meta Business Suite's content export: UTF-8 with a mark, times in US Pacific."""
    lines = [",".join(_meta_cell(h) for h in _META)]
    for p in sorted(posts, key=lambda p: p.at, reverse=True):
        when = p.at.astimezone(PACIFIC).strftime("%m/%d/%Y %H:%M")
        row: list[object] = [
            p.ident,
            account,
            handle,
            name,
            p.caption,
            p.seconds,
            when,
            permalink(p, handle),
            f"IG {p.kind}",
            "",
            "Lifetime",
        ]
        row += [p.count(m, EXPORTED) for m in _META[11:]]
        lines.append(",".join(_meta_cell(v) for v in row))
    return ("\ufeff" + "\n".join(lines) + "\n").encode()


def meta_audience(
    followers: int, blocks: Sequence[tuple[str, str, Sequence[tuple[object, ...]]]]
) -> bytes:
    """Meta's audience card: UTF-16, a block for each question, blank lines between."""
    parts = [f'sep=,\n"Instagram followers"\n"IG_ACCOUNT,FOLLOW,UNIQUE_USERS"\n"{followers}"\n']
    for title, head, rows in blocks:
        body = "".join(",".join(f'"{v}"' for v in row) + "\n" for row in rows)
        parts.append(f'"{title}"\n{head}\n{body}')
    return b"\xff\xfe" + "\n".join(parts).encode("utf-16-le")


def _card(title: str, series: Sequence[tuple[date, int]]) -> bytes:
    body = "".join(f'"{d.isoformat()}T00:00:00","{v}"\n' for d, v in series)
    return b"\xff\xfe" + f'sep=,\n"{title}"\n"Date","Primary"\n{body}'.encode("utf-16-le")


def _quoted(rows: Sequence[Sequence[object]]) -> bytes:
    """TikTok Studio's CSV: every cell in quotes, no line break at the end."""
    lines = [",".join('"' + str(v).replace('"', '""') + '"' for v in row) for row in rows]
    return ("\ufeff" + "\n".join(lines)).encode()


def _day(d: date) -> str:
    return f"{_MONTHS[d.month - 1]} {d.day}"


def tiktok_content(posts: Sequence[Post], handle: str, when: datetime) -> bytes:
    """TikTok Studio's list of videos, newest first, as exported at `when`."""
    rows: list[Sequence[object]] = [_CONTENT]
    for p in sorted(posts, key=lambda p: p.at, reverse=True):
        day = p.at.astimezone(LONDON).date()
        numbers = [p.count(m, when) for m in ("likes", "comments", "shares", "views")]
        title = p.caption + " " if "#" in p.caption.rsplit(" ", 1)[-1] else p.caption
        rows.append(
            [_day(when.astimezone(LONDON).date()), title, permalink(p, handle), _day(day), *numbers]
        )
    return _quoted(rows)


def _days(last: date, n: int) -> list[date]:
    return [last - timedelta(days=n - 1 - i) for i in range(n)]


def _growth(days: Sequence[date], opened: date, total: int, name: str) -> list[int | None]:
    """Followers at the end of each day, None before the page, `total` at the end."""
    r = random.Random(name)  # noqa: S311
    age = [(d - opened).days for d in days]
    gains = [0.0 if a < 0 else (0.5 + a / 200) * (0.5 + 0.5 * r.expovariate(1)) for a in age]
    whole, seen = sum(gains), 0.0
    out: list[int | None] = []
    for a, gain in zip(age, gains, strict=True):
        seen += gain
        out.append(None if a < 0 else round(total * seen / whole))
    return out


def _history(days: Sequence[date], values: Sequence[int | None]) -> bytes:
    rows: list[Sequence[object]] = [
        ("Date", "Followers", "Difference in followers from previous day")
    ]
    before: int | None = None
    for d, v in zip(days, values, strict=True):
        rows.append(
            (
                _day(d),
                "undefined" if v is None else v,
                0 if v is None or before is None else v - before,
            )
        )
        before = v
    return _quoted(rows)


def _overview(posts: Sequence[Post], days: Sequence[date]) -> bytes:
    r = random.Random("overview 89")  # noqa: S311
    rows: list[Sequence[object]] = [
        ("Date", "Video Views", "Profile Views", "Likes", "Comments", "Shares")
    ]
    for d in days:
        a = datetime(d.year, d.month, d.day, tzinfo=LONDON).astimezone(UTC)
        b = min(a + timedelta(days=1), EXPORTED)
        got = [
            sum(p.count(m, b) - p.count(m, a) for p in posts)
            for m in ("views", "likes", "comments", "shares")
        ]
        rows.append((_day(d), got[0], int(got[0] * r.uniform(0.003, 0.02)), *got[1:]))
    return _quoted(rows)


def _activity(followers: int, last: date, known: int) -> bytes:
    """Followers active by hour, seven days; hours not measured yet are 0."""
    r = random.Random("activity 89")  # noqa: S311
    rows: list[Sequence[object]] = [("Date", "Hour", "Active followers")]
    for d in _days(last, 7):
        for h in range(24):
            share = (
                0.09
                + 0.27 * math.exp(-((h - 20.5) ** 2) / 18)
                + 0.11 * math.exp(-((h - 8) ** 2) / 5)
            )
            n = int(followers * share * r.uniform(0.92, 1.08))
            rows.append((_day(d), h, 0 if d == last and h >= known else n))
    return _quoted(rows)


_HEADS = {
    "FollowerActivity.csv": ("Date", "Hour", "Active followers"),
    "FollowerGender.csv": ("Gender", "Distribution"),
    "FollowerTopTerritories.csv": ("Top territories", "Distribution"),
}
_AUDIENCE = (
    (
        "Instagram followers by gender and age",
        '"Age","Women","Men"',
        (
            ("18-24", "2.2%", "1.9%"),
            ("25-34", "7.1%", "6.4%"),
            ("35-44", "24.0%", "18.3%"),
            ("45-54", "19.9%", "14.7%"),
            ("55-64", "3.5%", "1.6%"),
            ("65+", "0.3%", "0.1%"),
        ),
    ),
    (
        "Instagram followers by top cities",
        '"Top cities","Value"',
        (
            ("London, United Kingdom", "11.2%"),
            ("Leeds, United Kingdom", "6.1%"),
            ("Manchester, United Kingdom", "5.8%"),
            ("Glasgow, United Kingdom", "4.2%"),
            ("Cardiff, United Kingdom", "2.9%"),
            ("Dublin, Ireland", "2.2%"),
        ),
    ),
    (
        "Instagram followers by top countries",
        '"Top countries","Value"',
        (
            ("United Kingdom", "76.9%"),
            ("Ireland", "6.4%"),
            ("United States", "5.1%"),
            ("Australia", "3.2%"),
            ("Canada", "1.9%"),
        ),
    ),
)


def rewind() -> tuple[list[Post], list[Post]]:
    """All Instagram and TikTok posts of Rewind 89."""
    ig = instagram(
        "rewind",
        captions_past.INSTAGRAM,
        date(2026, 3, 2),
        date(2026, 11, 18),
        base=5.15,
        start_id=18_970_000_000_000_000,
    )
    tt = tiktok(captions_past.TIKTOK, date(2026, 3, 5), date(2026, 11, 17), 6.55)
    return ig, tt


def paper_round() -> list[Post]:
    """The seven posts of Paper Round."""
    return instagram(
        "paper round",
        captions_past.PAPER_ROUND,
        date(2026, 11, 1),
        date(2026, 11, 19),
        base=3.7,
        start_id=18_980_000_000_000_000,
    )


def files() -> dict[str, bytes]:
    """Every export of both projects by its path under `sample_projects`."""
    ig, tt = rewind()
    last = EXPORTED.date() - timedelta(days=1)
    year = _days(last, 365)
    followers = _growth(year, OPENED, 1204, "rewind growth 89")
    meta, tik = (
        "rewind-89/stats/exports/instagram-2026-11-20/",
        "rewind-89/stats/exports/tiktok-2026-11-20/",
    )
    span = list(_days(last, 90))
    daily = []
    for d in span:
        a = datetime(d.year, d.month, d.day, tzinfo=PACIFIC).astimezone(UTC)
        b = min(a + timedelta(days=1), EXPORTED)
        daily.append((d, sum(p.count("Reach", b) - p.count("Reach", a) for p in ig)))
    old = [p for p in tt if p.at < EARLIER][-11:]
    new = [p for p in tt if p not in old]
    out = {
        meta + "Mar-01-2026_Nov-20-2026_2600890000000011.csv": meta_content(
            ig, "17841499999910189", "rewind.89", "Rewind 89"
        ),
        meta + "Audience.csv": meta_audience(312, _AUDIENCE),
        meta + "Reach.csv": _card("Reach", daily),
        "rewind-89/stats/exports/tiktok-2026-08-14/Content.csv": tiktok_content(
            old, "rewind.89", EARLIER
        ),
        tik + "Content.csv": tiktok_content(new, "rewind.89", EXPORTED),
        tik + "Overview.csv": _overview(tt, year),
        tik + "FollowerHistory.csv": _history(year, followers),
        tik + "FollowerActivity.csv": _activity(1204, EXPORTED.date(), 16),
        tik + "FollowerGender.csv": _quoted(
            (_HEADS["FollowerGender.csv"], ("Female", "0.57"), ("Male", "0.42"), ("Other", "0.01"))
        ),
        tik + "FollowerTopTerritories.csv": _quoted(
            (
                _HEADS["FollowerTopTerritories.csv"],
                ("GB", "0.712"),
                ("IE", "0.071"),
                ("US", "0.066"),
                ("AU", "0.041"),
                ("CA", "0.018"),
                ("Others", "0.092"),
            )
        ),
    }
    young, small = (
        "new-page/stats/exports/instagram-2026-11-20/",
        "new-page/stats/exports/tiktok-2026-11-20/",
    )
    month = _days(last, 60)
    out[young + "Oct-30-2026_Nov-20-2026_2600860000000012.csv"] = meta_content(
        paper_round(), "17841499999910086", "paper.round.86", "Paper Round"
    )
    out[young + "Audience.csv"] = meta_audience(41, ())
    out[small + "FollowerHistory.csv"] = _history(
        month, _growth(month, date(2026, 10, 30), 23, "paper growth 86")
    )
    for name, head in _HEADS.items():
        out[small + name] = _quoted((head,))
    return out


def write(root: Path) -> None:
    """Writes the exports into the folder of the sample projects."""
    for path, data in files().items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
