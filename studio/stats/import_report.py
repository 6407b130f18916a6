"""What `studio import` prints: as text for a human, as JSON for a program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studio.text import one_line

if TYPE_CHECKING:
    from studio.stats.plan import ImportPlan, PlannedFile
    from studio.stats.post import Note

_MAX_NOTES = 12


def told_once(notes: tuple[Note, ...]) -> list[tuple[str, str, str]]:
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
    same content, or `stored`, where its original is kept; the other two are null.
    """
    return {
        "new": plan.new,
        "updated": plan.updated,
        "files": [
            {
                "file": str(file.path),
                "kind": file.kind,
                "platform": file.platform,
                "posts": file.posts,
                "new": file.new,
                "updated": file.updated,
                "unchanged": file.unchanged,
                "refused": file.refused,
                "same_as": file.same_as,
                "stored": file.target,
                "notes": [{"line": note.line, "text": note.text} for note in file.notes],
            }
            for file in plan.files
        ],
    }


def import_text(plan: ImportPlan, *, done: bool = False) -> str:
    """Return what an import would do, or did, file by file, then in one line."""
    lines: list[str] = []
    for file in plan.files:
        lines.append(f"{one_line(str(file.path))}")
        lines.append(f"    {_planned(file)}")
        told = told_once(file.notes)
        for _, where, text in told[:_MAX_NOTES]:
            lines.append("    " + ": ".join(part for part in (where, text) if part))
        if len(told) > _MAX_NOTES:
            lines.append(f"    and {len(told) - _MAX_NOTES} more notes")
    count = len(plan.targets)
    same = sum(file.same_as is not None for file in plan.files)
    ends = [f"{count} {'file' if count == 1 else 'files'} {'imported' if done else 'to import'}"]
    ends.append(f"{plan.new} new and {plan.updated} updated posts")
    if same:
        ends.append(f"{same} already there")
    if plan.refused:
        ends.append(f"{len(plan.refused)} not understood")
    return "\n".join([*lines, ", ".join(ends)]) + "\n"


def _planned(file: PlannedFile) -> str:
    if file.refused:
        return one_line(file.refused)
    if file.same_as:
        return f"the same as {one_line(file.same_as)}: nothing to do"
    told = one_line(file.kind or "")
    if file.posts:
        posts = "1 post" if file.posts == 1 else f"{file.posts} posts"
        told += f": {posts}, {file.new} new, {file.updated} updated,"
        told += f" {file.unchanged} unchanged"
    return told
