"""Which rows of different exports are one post: by id, else by time.

Data downloads and figures typed by hand know no id. When a post was made they do know, and the
ids of the other exports hold the time as well (sources and tolerances: reference,
analytics-exports, sections 8 and 9). A match must be the only one on both sides; where two
captions are known they must agree. What could be one of several posts is kept apart and told of.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from studio.stats.post import Note, Post, link_code

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studio.stats.readers.reading import Reading

_T = TypeVar("_T")

Member = tuple[int, Post]
"""A post as one file has it: the file's number, and the post."""
Group = list[Member]
"""The rows of one post."""

AFTER_UPLOAD = 120.0
"""Seconds: TikTok's download dates a post 0 to 90 after the time in its id [28 of 29]."""
MINUTES = 300.0
"""Seconds between Instagram's shortcode and its download's time when no caption confirms it."""
CONFIRMED = 1500.0
"""Seconds between the two when the captions agree: 204 of 205 lie within 25 minutes."""
SAME = 60.0
"""Seconds within which two posts without an id are one, when their captions agree."""
_DAY = 36 * 3600.0  # a day without an hour is its noon, in a zone that may be half a day off
_PREFIX = 40  # letters of a caption that are compared; some exports cut the rest off
_CUT = 8  # letters at least of a caption that may go on
_CROWD = 64  # posts looked at for one match
_BEGINNING = 12  # letters by which posts with a day alone are looked up
_DOWNLOADED = ("instagram", "tiktok")


def grouped(files: Sequence[Reading]) -> tuple[list[Group], list[Note]]:
    """Return the rows of each post, and what could not be decided.

    The order of the files does not matter, but for that of the groups.
    """
    groups, loose = _by_id(files)
    if not loose:
        return groups, []
    loose, linked = _by_link(loose)
    clusters, doubts = _by_second(loose)
    for cluster in clusters:
        cluster.members += [more for one in cluster.members for more in linked.get(one[1], ())]
    doubts += _by_time(groups, clusters)
    groups += [cluster.members for cluster in clusters if not cluster.joined]
    return groups, _told(files, doubts)


def _by_id(files: Sequence[Reading]) -> tuple[list[Group], list[Member]]:
    """Return the groups that share an id or an address, and the posts that have neither."""
    ids: dict[str, dict[str, Group]] = {}
    groups: list[Group] = []
    loose: list[Member] = []
    for number, reading in enumerate(files):
        for post in reading.posts:
            known = ids.get(post.platform)
            if known is None:
                known = ids[post.platform] = {}
            post_id, code = post.post_id, link_code(post.permalink)
            if not post_id and not code:
                loose.append((number, post))
                continue
            group = known.get(post_id) if post_id else None
            other = known.get(code) if code else None
            if group is None:
                group = other
            elif other is not None and other is not group:
                # Two groups until now; this row has the id of one and the address of the other.
                group += other
                for _, each in other:
                    for key in filter(None, (each.post_id, each.code)):
                        known[key] = group
                other.clear()
            if group is None:
                group = []
                groups.append(group)
            group.append((number, post))
            if post_id:
                known[post_id] = group
            if code:
                known[code] = group
    return [group for group in groups if group], loose


@dataclass(eq=False)
class _Cluster:
    """Posts without an id that are one."""

    members: Group
    at: float  # seconds since 1970; NaN where nothing tells
    day_only: bool
    caption: str
    joined: bool = False
    near: list[tuple[_Anchor, bool]] = field(default_factory=list)  # with: the captions agree


@dataclass(eq=False)
class _Anchor:
    """A post with an id that one without may be."""

    members: Group
    times: tuple[float, ...]
    uploaded: float | None
    day: float | None
    caption: str
    story: bool | None
    near: list[tuple[_Cluster, bool]] = field(default_factory=list)


def squashed(caption: str) -> str:
    """Return the beginning of a caption for comparing: spaces and case do not count."""
    if not caption:
        return ""
    return "".join(caption[: 4 * _PREFIX].split()).casefold()[:_PREFIX]


def agree(one: str, other: str) -> bool | None:
    """Tell whether two squashed captions may be one, cut off at different places.

    None when either is not known.
    """
    if not one or not other:
        return None
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) >= _CUT and long.startswith(short))


# Posts without an id among themselves


def _by_link(loose: list[Member]) -> tuple[list[Member], dict[Post, Group]]:
    """Let one stand for those of one address, which may be one that holds no id."""
    links: dict[tuple[str, str], Group] = {}
    first: list[Member] = []
    linked: dict[Post, Group] = {}
    seen: set[Post] = set()
    for member in loose:
        if member[1] in seen:  # the same row of the same file
            continue
        seen.add(member[1])
        link = member[1].permalink
        group = links.setdefault((member[1].platform, link), []) if link else []
        group.append(member)
        if len(group) == 1:
            first.append(member)
            linked[member[1]] = group
    return first, {post: group[1:] for post, group in linked.items() if len(group) > 1}


def _by_second(loose: list[Member]) -> tuple[list[_Cluster], list[Member]]:
    """Put those together that are one: same second, or a minute and the same caption."""
    doubts: list[Member] = []
    clusters: list[_Cluster] = []
    seconds: dict[tuple[str, str, int], Group] = {}
    days: dict[tuple[str, str, int], Group] = {}
    for member in loose:
        post = member[1]
        caption = squashed(post.caption)
        if post.posted_at is None:
            clusters.append(_Cluster([member], float("nan"), True, caption))
        elif _day_only(post):
            day = int(post.posted_at.timestamp() // 86400)
            named = caption or post.idea
            days.setdefault((post.platform, named, day), []).append(member)
        else:
            at = int(post.posted_at.timestamp())
            seconds.setdefault((post.platform, post.idea, at), []).append(member)
    for (_, named, day), group in days.items():
        caption = squashed(group[0][1].caption)
        parts = [group] if named else [[member] for member in group]
        clusters += [_Cluster(part, day * 86400 + 43200.0, True, caption) for part in parts]
    exact: list[_Cluster] = []
    for (_, _, at), group in seconds.items():
        found, unsure = _of_one_second(float(at), group)
        exact += found
        doubts += unsure
    clusters += _within_a_minute(exact)
    return clusters, doubts


def _day_only(post: Post) -> bool:
    return post.time_from == "day" or not post.hour_known


def _of_one_second(at: float, group: Group) -> tuple[list[_Cluster], list[Member]]:
    """Divide posts of one second by their captions."""
    captioned: dict[str, Group] = {}
    bare: Group = []
    for member in group:
        caption = squashed(member[1].caption)
        if caption:
            captioned.setdefault(caption, []).append(member)
        else:
            bare.append(member)
    parts: list[tuple[str, Group]] = []
    for caption in sorted(captioned):  # one that another begins with stands right before it
        if parts and agree(caption, parts[-1][0]):
            parts[-1] = (caption, parts[-1][1] + captioned[caption])
        else:
            parts.append((caption, captioned[caption]))
    if not parts:
        return [_Cluster(bare, at, False, "")], []
    clusters = [_Cluster(part, at, False, caption) for caption, part in parts]
    if len(clusters) == 1:
        clusters[0].members += bare
        return clusters, []
    return clusters + [_Cluster([member], at, False, "") for member in bare], bare


def _within_a_minute(clusters: list[_Cluster]) -> list[_Cluster]:
    """Join those of a minute whose captions are the same, unless one file has both."""
    same: dict[tuple[str, str], list[_Cluster]] = {}
    kept: list[_Cluster] = []
    for cluster in clusters:
        if cluster.caption:
            same.setdefault((cluster.members[0][1].platform, cluster.caption), []).append(cluster)
        else:
            kept.append(cluster)
    for found in same.values():
        found.sort(key=lambda one: one.at)
        run: list[_Cluster] = []
        for cluster in found:
            if run and cluster.at - run[-1].at > SAME:
                kept += _run_joined(run)
                run = []
            run.append(cluster)
        kept += _run_joined(run)
    return kept


def _run_joined(run: list[_Cluster]) -> list[_Cluster]:
    sources = [{post.source for _, post in cluster.members} for cluster in run]
    if len(run) < 2 or sum(map(len, sources)) > len(set().union(*sources)):
        return run
    members = list(chain.from_iterable(cluster.members for cluster in run))
    return [_Cluster(members, run[0].at, False, run[0].caption)]


# Posts without an id and those with one


def _by_time(groups: list[Group], clusters: list[_Cluster]) -> list[Member]:
    """Put each cluster to the one post it can only be; return what fits several."""
    for platform in _DOWNLOADED:
        mine = [one for one in clusters if one.members[0][1].platform == platform]
        mine = [one for one in mine if one.at == one.at]  # NaN is not itself
        if not mine:
            continue
        anchors = [_anchor(group) for group in groups if group[0][1].platform == platform]
        _look_around(platform, mine, anchors)
        _look_by_caption(platform, mine, anchors)
    doubts: list[Member] = []
    for cluster in clusters:
        anchor = _only(cluster.near)
        if anchor is not None and _only(anchor.near) is cluster:
            anchor.members += cluster.members
            cluster.joined = True
        elif cluster.near:
            doubts += cluster.members
    return doubts


def _look_around(platform: str, clusters: list[_Cluster], anchors: list[_Anchor]) -> None:
    """Note what fits by the time."""
    reach = AFTER_UPLOAD if platform == "tiktok" else CONFIRMED
    places = sorted((at, index) for index, one in enumerate(anchors) for at in one.times)
    for cluster in clusters:
        if cluster.day_only:
            continue
        first = bisect_left(places, (cluster.at - reach, 0))
        for at, index in places[first : first + _CROWD]:
            if at > cluster.at + reach:
                break
            _note_fit(platform, cluster, anchors[index])


def _look_by_caption(platform: str, clusters: list[_Cluster], anchors: list[_Anchor]) -> None:
    """Note what fits by caption and day, where one of the two knows no hour."""
    known: dict[str, list[_Anchor]] = {}
    for anchor in anchors:
        known.setdefault(anchor.caption[:_BEGINNING], []).append(anchor)
    for cluster in clusters:
        if cluster.caption:
            for anchor in known.get(cluster.caption[:_BEGINNING], [])[:_CROWD]:
                _note_fit(platform, cluster, anchor)


def _note_fit(platform: str, cluster: _Cluster, anchor: _Anchor) -> None:
    fits = _fits(platform, cluster, anchor)
    if fits is not None and all(one is not anchor for one, _ in cluster.near):
        cluster.near.append((anchor, fits))
        anchor.near.append((cluster, fits))


def _anchor(group: Group) -> _Anchor:
    times: set[float] = set()
    uploaded: float | None = None
    day: float | None = None
    caption = ""
    story: bool | None = None
    for _, post in group:
        if post.uploaded_at:
            uploaded = post.uploaded_at.timestamp()
            times.add(uploaded)
        if post.posted_at and _day_only(post):
            day = post.posted_at.timestamp()
            times.add(day)
        elif post.posted_at:
            times.add(post.posted_at.timestamp())
        caption = max(caption, squashed(post.caption), key=len)
        story = post.format == "story" if post.format else story
    return _Anchor(group, tuple(times), uploaded, day, caption, story)


def _fits(platform: str, cluster: _Cluster, anchor: _Anchor) -> bool | None:
    """Tell whether a cluster may be a post: True when the captions say so too, None if not."""
    same = agree(cluster.caption, anchor.caption)
    if same is False:
        return None
    stories = {post.format == "story" for _, post in cluster.members if post.format}
    if anchor.story is not None and stories and anchor.story not in stories:
        return None
    gaps = [cluster.at - at for at in anchor.times if at != anchor.day]
    if cluster.day_only:
        near = same is True and any(abs(gap) <= _DAY for gap in gaps)
    elif platform == "tiktok":
        near = any(-1 <= gap <= AFTER_UPLOAD for gap in gaps)
    else:
        near = any(abs(gap) <= (CONFIRMED if same else MINUTES) for gap in gaps)
    if not near and same and anchor.day is not None:  # scheduled: only the day is known
        near = abs(cluster.at - anchor.day) <= _DAY and cluster.at >= (anchor.uploaded or 0)
    return (same is True) if near else None


def _only(near: list[tuple[_T, bool]]) -> _T | None:
    """Return the only one that fits; captions that agree outdo those not known."""
    confirmed = [one for one, same in near if same]
    found = confirmed or [one for one, _ in near]
    return found[0] if len(found) == 1 else None


def _told(files: Sequence[Reading], doubts: list[Member]) -> list[Note]:
    counts: dict[int, int] = {}
    for number, _ in doubts:
        counts[number] = counts.get(number, 0) + 1
    return list(_doubts(files, counts))


def _doubts(files: Sequence[Reading], counts: dict[int, int]) -> Iterator[Note]:
    for number, count in sorted(counts.items()):
        what = "1 post without an id fits" if count == 1 else f"{count} posts without an id fit"
        text = f"{what} more than one post by the time; kept apart, so it may count twice"
        yield Note(None, text, files[number].name)
