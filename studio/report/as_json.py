"""The three answers ready for `json.dumps`; missing figures are null.

Text in it is raw, as the platforms wrote it: `json.dumps` with its default `ensure_ascii` keeps a
terminal safe.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.stats.post import FIGURES

if TYPE_CHECKING:
    from datetime import date, datetime

    from studio.report.answers import Answers, PlatformAnswers
    from studio.stats.post import Post
    from studio.stats.what import What
    from studio.stats.when import BestTimes, Slot
    from studio.stats.who import Who


def answers_json(answers: Answers) -> dict[str, Any]:
    """Return everything the numbers say."""
    return {
        "project": answers.name,
        "now": answers.now.isoformat(),
        "zone": answers.zone,
        "platforms": [_platform(one) for one in answers.platforms],
        "posts": [_post(post) for post in answers.posts.posts],
        "files": [
            {
                "file": source.path,
                "kind": source.kind,
                "platform": source.platform,
                "posts": source.posts,
                "exported": _iso(source.exported),
            }
            for source in answers.posts.files
        ],
        "notes": [
            {"file": note.file, "line": note.line, "kind": note.kind, "text": note.text}
            for note in answers.posts.notes
        ],
    }


def _iso(day: date | datetime | None) -> str | None:
    return day.isoformat() if day else None


def _figure(value: float | None) -> float | None:
    """Return a computed figure without the noise of its last binary digits."""
    return None if value is None else round(value, 4)


def _platform(one: PlatformAnswers) -> dict[str, Any]:
    summary = one.summary
    return {
        "platform": summary.platform,
        "posts": summary.posts,
        "counted": summary.counted,
        "too_young": summary.too_young,
        "left_out": summary.left_out,
        "metric": summary.metric,
        "first": _iso(summary.first),
        "last": _iso(summary.last),
        "followers": summary.followers,
        "followers_at": _iso(summary.followers_at),
        "usual": _figure(summary.usual),
        "caveat": summary.caveat or None,
        "best": [post.post_id or None for post in summary.best],
        "when": None if one.when is None else _when(one.when),
        "next": [
            {
                "at": each.at.isoformat(),
                "weekday": each.weekday,
                "hour": each.hour,
                "reason": each.reason,
                "n": each.n,
            }
            for each in one.tries
        ],
        "what": [_what(each) for each in one.what],
        "who": _who(one.who),
    }


def _when(when: BestTimes) -> dict[str, Any]:
    return {
        "n": when.n,
        "metric": when.metric,
        "zone": when.zone,
        "claim": None if when.claim is None else _slot(when.claim),
        "needed": when.needed,
        "usual": [{"weekday": weekday, "hour": hour} for weekday, hour in when.usual],
        "left_out": [{"reason": reason, "posts": count} for reason, count in when.left_out],
        "slots": [_slot(slot) for slot in when.slots],
    }


def _slot(slot: Slot) -> dict[str, Any]:
    return {
        "weekday": slot.weekday,
        "hour": slot.hour,
        "uplift": _figure(slot.uplift),
        "low": _figure(slot.low),
        "high": _figure(slot.high),
        "n": slot.n,
        "sure": _figure(slot.sure),
        "public": _figure(slot.public),
    }


def _what(what: What) -> dict[str, Any]:
    return {
        "metric": what.metric,
        "n": what.n,
        "told": list(what.told),
        "left_out": [{"reason": reason, "posts": count} for reason, count in what.left_out],
        "effects": [
            {
                "feature": one.feature,
                "level": one.level,
                "n": one.n,
                "others": one.others,
                "ratio": _figure(one.ratio),
                "low": _figure(one.low),
                "high": _figure(one.high),
                "verdict": one.verdict,
                "needed": one.needed,
                "posts": [post.post_id or None for post in one.posts],
            }
            for one in what.effects
        ],
    }


def _who(who: Who) -> dict[str, Any]:
    return {
        "declared": who.declared or None,
        "growth_a_week": _figure(who.growth),
        "page_rate": _figure(who.page_rate),
        "tables": [
            {
                "table": table.name,
                "rows": [{"name": name, "share": _figure(share)} for name, share in table.rows],
                "source": table.source,
                "exported": _iso(table.exported),
            }
            for table in who.tables
        ],
        "active": [
            {"weekday": weekday, "hour": hour, "followers": _figure(value)}
            for (weekday, hour), value in sorted(who.active.items())
        ],
        "active_zone": who.active_zone or None,
        "returning": None
        if who.returning is None
        else {"new": who.returning[0], "returning": who.returning[1]},
        "brought": [
            {
                "name": one.name,
                "n": one.n,
                "follows": one.follows,
                "reach": one.reach,
                "rate": _figure(one.rate),
                "low": _figure(one.low),
                "high": _figure(one.high),
                "telling": one.telling,
                "posts": [post.post_id or None for post in one.posts],
            }
            for one in who.brought
        ],
        "locked": [
            {"figure": one.figure, "needs": one.needs, "why": one.why} for one in who.locked
        ],
        "followers": [{"day": one.day.isoformat(), "count": one.count} for one in who.followers],
    }


def _post(post: Post) -> dict[str, Any]:
    return {
        "platform": post.platform,
        "post_id": post.post_id or None,
        "posted_at": _iso(post.posted_at),
        "hour_known": post.hour_known,
        "format": post.format,
        "caption": post.caption,
        "permalink": post.permalink,
        "seconds": post.seconds,
        **{name: post.figure(name) for name in FIGURES},
        "source": post.source,
        "line": post.line,
        "exported": _iso(post.exported),
    }
