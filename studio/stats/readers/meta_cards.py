"""Meta's insights cards (Reach, Views, Follows, …) and Audience: blocks under a title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.stats.post import DayFigure, Followers, Note, Share
from studio.stats.readers.dates import day_of
from studio.stats.readers.numbers import count, share
from studio.stats.readers.reading import Reading
from studio.stats.readers.sheet import Sheet, plain

if TYPE_CHECKING:
    from datetime import date

# Title words → metric; other languages as in the content export.
_TITLES = (
    ("follows", ("follows", "seguim", "フォロー", "abonnements", "neue follower")),
    ("reach", ("reach", "alcance", "リーチ", "reichweite", "couverture", "copertura")),
    ("views", ("views", "visualiza", "visualizz", "ビュー", "aufrufe", "vues", "impressions")),
    ("visits", ("visits", "visitas", "アクセス", "besuche", "visites", "visite")),
    ("interactions", ("interactions", "interações", "interacc", "interaktionen", "interazioni")),
    ("link_clicks", ("link clicks", "cliques no link", "link-klicks", "clics sur", "clics en")),
)
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T[\d:.]+Z?)?")
_TOTAL = re.compile(r"(IG_ACCOUNT|FB_PAGE|PAGE|\w+),FOLLOW,\w+")
_GENDERS = {
    "women": "women",
    "men": "men",
    "mulheres": "women",
    "homens": "men",
    "女性": "women",
    "男性": "men",
    "frauen": "women",
    "männer": "men",
    "femmes": "women",
    "hommes": "men",
    "donne": "women",
    "uomini": "men",
    "mujeres": "women",
    "hombres": "men",
}
# Words in the title or above the names: which places the rows are.
_PLACES = (
    ("city", ("cit", "cidade", "ciudad", "市区町村", "都市", "stadt", "städte", "vill")),
    ("country", ("countr", "país", "paises", "paes", "pays", "land", "länder", "国")),
)
Block = list[tuple[int, list[str]]]


def _blocks(sheet: Sheet) -> list[Block]:
    blocks: list[Block] = [[]]
    for line, cells in sheet.rows:
        if any(cells):
            blocks[-1].append((line, cells))
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def matches(sheet: Sheet) -> bool:
    """Tell whether the rows are blocks that begin with a title of one cell."""
    return any(
        len(block) >= 2
        and len(block[0][1]) == 1
        and (len(block[1][1]) >= 2 or _TOTAL.fullmatch(block[1][1][0]) is not None)
        for block in _blocks(sheet)[:8]
    ) and (sheet.separated or any(_day(c) for _, cells in sheet.rows[:40] for c in cells[:1]))


def _day(text: str) -> date | None:
    found = _DAY.fullmatch(text.strip())
    return day_of(int(found[1]), int(found[2]), int(found[3])) if found else None


def read(name: str, sheet: Sheet, today: date, zone: str | None) -> Reading:  # noqa: ARG001
    """Read every block; the days of a card are most likely Pacific days (unverified)."""
    notes = list(sheet.notes)
    days: list[DayFigure] = []
    followers: list[Followers] = []
    shares: list[Share] = []
    platform = "instagram"
    for block in _blocks(sheet):
        if len(block) < 2 or len(block[0][1]) != 1:
            notes.append(Note(block[0][0], "these rows have no title, left out", kind="odd"))
            continue
        line, (title, *_) = block[0]
        if "facebook" in title.casefold():
            platform = "facebook"
        header, rows = block[1][1], block[2:]
        if _TOTAL.fullmatch(header[0]):
            total, wrong = count(rows[0][1][0]) if rows else (None, "is missing")
            if total is None:
                notes.append(
                    Note(line, f"the number of followers {wrong or 'is missing'}", kind="odd")
                )
            else:
                followers.append(Followers(platform, today, total))
        elif rows and _day(rows[0][1][0]):
            days += _card(platform, title, line, rows, notes)
        else:
            shares += _shares(platform, title, line, header, rows, notes)
    if not (days or followers or shares):
        notes.append(Note(None, "there are no figures in it", kind="empty"))
    last = max((figure.day for figure in days), default=None)
    return Reading(
        name,
        "Meta audience" if followers or shares else "Meta card",
        platform,
        followers=tuple(followers),
        days=tuple(days),
        shares=tuple(shares),
        notes=tuple(notes),
        exported=last or today,
    )


def _card(platform: str, title: str, line: int, rows: Block, notes: list[Note]) -> list[DayFigure]:
    lower = plain(title)
    metric = next((name for name, words in _TITLES if any(word in lower for word in words)), None)
    if metric is None:
        notes.append(
            Note(line, f"a card “{title[:40]}” that is not known; kept under its title", kind="odd")
        )
        metric = lower[:40]
    found: list[DayFigure] = []
    for at, cells in rows:
        day = _day(cells[0])
        value, wrong = count(cells[1]) if len(cells) > 1 else (None, "is missing")
        if day is None or wrong:
            notes.append(Note(at, f"{metric} {wrong or 'has no day'}, left out", kind="odd"))
        elif value is not None:
            found.append(DayFigure(platform, day, metric, value))
    return found


def _shares(
    platform: str, title: str, line: int, header: list[str], rows: Block, notes: list[Note]
) -> list[Share]:
    columns = [(index, _GENDERS.get(plain(cell))) for index, cell in enumerate(header)][1:]
    genders = any(gender for _, gender in columns)
    lower = f"{plain(title)} {plain(header[0])}"
    place = next((name for name, words in _PLACES if any(word in lower for word in words)), None)
    strange = [header[index] for index, gender in columns if not (gender if genders else place)]
    if strange:
        shown = ", ".join(strange)[:60]
        text = f"“{title[:40]}”: what {shown} are parts of is not known, left out"
        notes.append(Note(line, text, kind="odd"))
    found: list[Share] = []
    for at, cells in rows:
        for index, gender in columns:
            table = gender if genders else place
            if table is None:
                continue
            value = share(cells[index]) if index < len(cells) else None
            if value is None:
                notes.append(Note(at, "a share cannot be read, left out", kind="odd"))
            else:
                found.append(Share(platform, table, cells[0], value))
    return found
