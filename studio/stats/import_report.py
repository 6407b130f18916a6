"""What an import would do, or did: as text for a human, as JSON for a program."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from studio.lines import wrapped
from studio.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from studio.stats.plan import ImportPlan, PlannedFile
    from studio.stats.post import Note, NoteKind

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MAX_NOTES = 8
_MAX_FILES = 40
_MAX_ALIKE = 6


def told_once(notes: Iterable[Note]) -> list[tuple[str, str, str]]:
    """Return (file, lines, text), notes that differ only in the line put together."""
    lines: dict[tuple[str, str], list[int]] = {}
    for note in notes:
        found = lines.setdefault((note.file, one_line(note.text)), [])
        if note.line is not None:
            found.append(note.line)
    told = []
    for (file, text), found in lines.items():
        where = ", ".join(str(line) for line in found[:6]) + (", …" if len(found) > 6 else "")
        told.append((file, f"line{'s' if len(found) > 1 else ''} {where}" if found else "", text))
    return told


def import_json(plan: ImportPlan) -> dict[str, Any]:
    """Return what an import does, ready for `json.dumps`; text in it is raw, as in `report_json`.

    Each file has either `refused`, why it is not taken in, or `same_as`, the file that has the
    same content, or `stored`, where its original is kept; the other two are null. `kept` lists
    the members of an archive that are stored where it holds other things as well; it is null
    where the original is stored as it is. `reduced` is true for TikTok's data download, of which
    only the posts and the profile are stored.
    """
    return {
        "new": plan.new,
        "updated": plan.updated,
        "cancelled": plan.cancelled,
        "files": [
            {
                "file": str(file.path),
                "kind": file.kind,
                "platform": file.platform,
                "posts": file.posts,
                "new": file.new,
                "updated": file.updated,
                "unchanged": file.unchanged,
                "without_figures": file.bare,
                "figures": list(file.figures),
                "tables": list(file.tables),
                "first": file.first.isoformat() if file.first else None,
                "last": file.last.isoformat() if file.last else None,
                "members": file.members or None,
                "kept": list(file.kept) or None,
                "reduced": file.reduced,
                "refused": file.refused,
                "mappable": file.unknown is not None,
                "same_as": file.same_as,
                "stored": file.target,
                "notes": [_note_json(note) for note in file.notes],
            }
            for file in plan.files
        ],
        "notes": [{"file": note.file, **_note_json(note)} for note in plan.notes],
        "left_alone": dict(plan.left),
    }


def _note_json(note: Note) -> dict[str, Any]:
    return {"line": note.line, "text": note.text, "kind": note.kind}


def import_text(plan: ImportPlan, *, done: bool = False, width: int = 70) -> str:
    """Return what an import would do, or did: group by group, then in one line.

    Args:
        plan: the plan.
        done: it was stored.
        width: of the lines, in cells.
    """
    names = _names(plan)
    stored = [file for file in plan.files if file.target]
    empty = [file for file in stored if not (file.figures or file.tables)]
    stale = [file for file in stored if file not in empty and _stale(file)]
    taken = [file for file in stored if file not in empty and file not in stale]
    groups = (
        ("Taken", [line for file in taken[:_MAX_FILES] for line in _taken(file, names, width)]),
        ("Nothing new", _known(plan, stale, names, width)),
        ("Recognised, no figures", _without(plan, empty, names, width)),
        ("Not understood", _odd(plan, names, width)),
        ("Left alone", _left(plan, width)),
    )
    lines: list[str] = []
    for title, found in groups:
        if found:
            lines += [title, *found]
            if title == "Taken":
                lines += _more(len(taken))
            lines.append("")
    if plan.cancelled:
        lines += wrapped("Stopped before all files were looked at.", width)
    return "\n".join([*lines, *wrapped(_sum(plan, done=done), width)]) + "\n"


def _stale(file: PlannedFile) -> bool:
    return bool(file.posts) and file.unchanged == file.posts and not file.tables


def _names(plan: ImportPlan) -> dict[Path, str]:
    """Return the name of each file, with as many of its folders as tell it from the others."""
    names: dict[Path, str] = {}
    waiting = [file.path for file in plan.files]
    for parts in range(1, 9):
        shown = {path: "/".join(path.parts[-parts:]) for path in waiting}
        counts = Counter(shown.values())
        last = parts == 8
        names.update((path, name) for path, name in shown.items() if counts[name] == 1 or last)
        waiting = [path for path in waiting if path not in names]
    return {path: one_line(name) for path, name in names.items()}


def _sum(plan: ImportPlan, *, done: bool) -> str:
    count = len(plan.targets)
    same = sum(file.same_as is not None for file in plan.files)
    ends = [f"{count} {'file' if count == 1 else 'files'} {'imported' if done else 'to import'}"]
    ends.append(f"{plan.new} new and {plan.updated} updated posts")
    if same:
        ends.append(f"{same} already there")
    if plan.refused:
        ends.append(f"{len(plan.refused)} not understood")
    return ", ".join(ends)


def _taken(file: PlannedFile, names: dict[Path, str], width: int) -> list[str]:
    lines = wrapped(names[file.path], width, "  ")
    told = one_line(file.kind or "")
    if file.posts:
        posts = "1 post" if file.posts == 1 else f"{file.posts} posts"
        told += f": {posts}, {file.new} new, {file.updated} updated, {file.unchanged} unchanged"
    lines += wrapped(told, width, "    ")
    holds = ", ".join(file.figures)
    if file.bare and file.figures:
        holds += f" ({file.bare} posts without any)"
    about = "; ".join(part for part in (_days(file.first, file.last), holds, *file.tables) if part)
    if about:
        lines += wrapped(about, width, "    ")
    return lines + _members(file, width) + _notes(file.notes, "about", width)


def _members(file: PlannedFile, width: int) -> list[str]:
    if not file.kept:
        return []
    files = "file" if file.members == 1 else "files"
    how = "" if file.reduced else ", unchanged"
    text = f"{len(file.kept)} of {file.members:,} {files} in it are kept{how};"
    return wrapped(f"{text} messages, logins and media are not", width, "    ")


def _notes(notes: tuple[Note, ...], kind: NoteKind, width: int) -> list[str]:
    told = told_once([note for note in notes if note.kind == kind])
    lines: list[str] = []
    for _, where, text in told[:_MAX_NOTES]:
        lines += wrapped(": ".join(part for part in (where, text) if part), width, "    ")
    if len(told) > _MAX_NOTES:
        lines.append(f"    and {len(told) - _MAX_NOTES} more notes")
    return lines


def _known(
    plan: ImportPlan, stale: list[PlannedFile], names: dict[Path, str], width: int
) -> list[str]:
    same = [file for file in plan.files if file.same_as]
    told = [
        f"{names[file.path]}: the same as {one_line(file.same_as or '')}, nothing to do"
        for file in same
    ]
    for file in stale:
        posts = "1 post" if file.posts == 1 else f"{file.posts} posts"
        text = f"{names[file.path]}: {one_line(file.kind or '')}, {posts}, all of them known"
        told.append(f"{text}; stored as well, as their history")
    lines = [line for text in told[:_MAX_FILES] for line in wrapped(text, width, "  ")]
    return lines + _more(len(told))


def _more(count: int) -> list[str]:
    return [f"  and {count - _MAX_FILES} more files"] if count > _MAX_FILES else []


def _without(
    plan: ImportPlan, empty: list[PlannedFile], names: dict[Path, str], width: int
) -> list[str]:
    lines: list[str] = []
    for file in empty[:_MAX_FILES]:
        told = f"{names[file.path]}: {one_line(file.kind or '')}"
        if file.posts:
            posts = "1 post" if file.posts == 1 else f"{file.posts} posts"
            told += f", {posts}, {file.new} new"
        lines += wrapped(told, width, "  ")
        lines += _members(file, width)
        lines += _notes(file.notes, "empty", width) + _notes(file.notes, "about", width)
    lines += _more(len(empty))
    others = [file for file in plan.files if file.target and file not in empty]
    for file in others[:_MAX_FILES]:
        if notes := _notes(file.notes, "empty", width):
            lines += [*wrapped(names[file.path], width, "  "), *notes]
    return lines


def _odd(plan: ImportPlan, names: dict[Path, str], width: int) -> list[str]:
    alike: dict[str, list[PlannedFile]] = {}
    for file in plan.refused:
        alike.setdefault(one_line(file.refused or ""), []).append(file)
    lines: list[str] = []
    for reason, files in list(alike.items())[:_MAX_FILES]:
        shown = ", ".join(names[file.path] for file in files[:_MAX_ALIKE])
        if len(files) > _MAX_ALIKE:
            shown += f" and {len(files) - _MAX_ALIKE} more"
        lines += wrapped(shown, width, "  ") + wrapped(f"{reason}.", width, "    ")
    lines += _more(len(alike))
    for file in plan.files:
        if notes := _notes(file.notes, "odd", width):
            lines += [*wrapped(names[file.path], width, "  "), *notes]
    return lines + _notes(plan.notes, "about", width)


def _left(plan: ImportPlan, width: int) -> list[str]:
    return [line for what, n in plan.left for line in wrapped(f"{n:,} {what}", width, "  ")]


def _days(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return ""
    one = f"{first.day} {_MONTHS[first.month - 1]}"
    if first.year != last.year:
        one += f" {first.year}"
    end = f"{last.day} {_MONTHS[last.month - 1]} {last.year}"
    return end if first == last else f"{one} – {end}"
