"""What an import would do, as the rows of a list: group by group, file by file, note by note."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.content import Content

from studio.app.widgets.rows import DrawLine, Pens, Row, beside, heading
from studio.platforms.names import platform_name
from studio.stats.import_report import told_once
from studio.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studio.stats.plan import ImportPlan, PlannedFile
    from studio.stats.post import Note

_MOST = 200  # files of a group that are listed
_NOTES = 12  # notes of a file that are listed
_COLUMNS = 12  # columns of a table that are named
_ALIKE = 12  # names of files that are refused for one reason
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def file_at(key: str) -> int | None:
    """Return the place in the plan of the file that a row is about."""
    number = key.partition("/")[0]
    return int(number) if number.isdecimal() else None


def sum_of(plan: ImportPlan, tables: int) -> Content:
    """Return the whole of it in a line; `tables` are the files whose columns can be told."""
    count = len(plan.targets)
    parts: list[str | tuple[str, str]] = []
    if plan.cancelled:
        parts.append(("Stopped before all was looked at. ", "$warning"))
    if count:
        files = "1 file" if count == 1 else f"{count:,} files"
        parts += [(f"{files} to take in: ", "bold"), _news(plan.new, plan.updated)]
    else:
        parts.append("Nothing to take in")
    if tables:
        parts.append((f", {tables} unknown table{'s' * (tables != 1)}", "$warning"))
    if len(plan.refused) > tables:
        parts.append((f", {len(plan.refused) - tables:,} not understood", "$warning"))
    return Content.assemble(*parts, ".")


def _news(new: int, updated: int) -> str:
    if not new and not updated:
        return "nothing new"
    told = [f"{new:,} new"] if new else []
    told += [f"{updated:,} updated"] if updated else []
    return f"{' and '.join(told)} post{'s' * (new + updated != 1)}"


Tables = Mapping[int, tuple[tuple[str, ...], int]]
"""By their places in the plan, the tables that can be mapped: names of columns, rows."""


def rows_of(plan: ImportPlan, tables: Tables, width: int) -> list[Row]:
    """Return the rows of a plan.

    Args:
        plan: the plan.
        tables: the files whose columns can be told; they come first.
        width: cells that words are broken for.
    """
    files = list(enumerate(plan.files))
    taken = [(n, one) for n, one in files if one.target and _tells(one)]
    known = [(n, one) for n, one in files if one.same_as]
    empty = [(n, one) for n, one in files if one.target and not _tells(one)]
    refused = [(n, one) for n, one in files if one.refused and n not in tables]
    unknown = [(n, one) for n, one in files if n in tables]
    rows: list[Row] = []
    made = [_table(n, one, tables[n], width) for n, one in unknown[:_MOST]]
    _group(rows, "Unknown tables", unknown, made)
    _group(rows, "Taken", taken, [row for n, one in taken[:_MOST] for row in _taken(n, one, width)])
    _group(rows, "Nothing new", known, [_known(n, one) for n, one in known[:_MOST]])
    _group(
        rows,
        "Recognised, no figures",
        empty,
        [row for n, one in empty[:_MOST] for row in _taken(n, one, width)],
    )
    _group(rows, "Not understood", refused, list(_refused(refused, width)))
    if plan.notes:
        rows.append(heading("Good to know", first=not rows))
        rows += _notes("plan", plan.notes, width, by_file=True)
    if plan.left:
        rows.append(heading("Left alone", first=not rows))
        rows += [_words(f"left/{what}", f"{what}: {n:,}", width) for what, n in plan.left]
    return rows


def _tells(file: PlannedFile) -> bool:
    return bool(file.figures or file.tables)


def _group(
    rows: list[Row], title: str, files: Sequence[tuple[int, PlannedFile]], made: Sequence[Row]
) -> None:
    if not files:
        return
    rows.append(heading(title, f"{len(files):,}", first=not rows))
    rows += made
    if len(files) > _MOST:
        rows.append(_words("", f"and {len(files) - _MOST:,} more", 40))


def _taken(number: int, file: PlannedFile, width: int) -> Iterator[Row]:
    """One file with what is in it, its notes below it."""
    name = one_line(file.path.name)
    news = _news(file.new, file.updated) if file.posts else ""

    def first(room: int, pens: Pens) -> Content:
        pen = pens.keep if file.new or file.updated else pens.dim
        return beside(Content.styled(name, pens.text), Content.styled(news, pen), room)

    posts = "" if not file.posts else "1 post" if file.posts == 1 else f"{file.posts:,} posts"
    whose = platform_name(file.platform) if file.platform else ""
    kind = one_line(file.kind or "")
    told = [kind if whose.casefold() in kind.casefold() else f"{kind}, {whose}", posts]
    told += [_days(file), *map(one_line, file.tables)]
    lines = [" · ".join(part for part in told if part)]
    holds = ", ".join(file.figures)
    if file.bare and file.figures:
        holds += f" ({file.bare:,} without any)"
    if holds:
        lines.append(holds)
    if file.kept:
        lines.append(
            f"{len(file.kept):,} of {file.members:,} files in it are kept; messages, logins and"
            " media are not"
        )
    below = [each for line in lines for each in _broken(line, width - 2)]
    yield Row(str(number), (first, *(_dim(f"  {line}") for line in below)))
    yield from _notes(str(number), file.notes, width)


def _known(number: int, file: PlannedFile) -> Row:
    name = one_line(file.path.name)
    same = one_line(file.same_as or "")

    def first(room: int, pens: Pens) -> Content:
        right = Content.styled("there already", pens.dim)
        return beside(Content.styled(name, pens.text), right, room)

    return Row(str(number), (first, _dim(f"  the same as {same}")))


def _refused(files: Sequence[tuple[int, PlannedFile]], width: int) -> Iterator[Row]:
    """Files that cannot be read, by reason."""
    alike: dict[str, list[tuple[int, PlannedFile]]] = {}
    for number, file in files:
        alike.setdefault(one_line(file.refused or ""), []).append((number, file))
    for reason, group in list(alike.items())[:_MOST]:
        names = [one_line(file.path.name) for _, file in group[:_ALIKE]]
        if len(group) > _ALIKE:
            names.append(f"{len(group) - _ALIKE:,} more")
        named = [_plain(f"✗ {line}") for line in _broken(", ".join(names), width - 2)]
        below = [_dim(f"  {line}") for line in _broken(f"{reason}.", width - 2)]
        yield Row(f"{group[0][0]}/no", (*named, *below))


def _table(number: int, file: PlannedFile, found: tuple[tuple[str, ...], int], width: int) -> Row:
    name = one_line(file.path.name)
    columns, count = found

    def first(room: int, pens: Pens) -> Content:
        right = Content.styled("Enter: say what it means", pens.accent)
        return beside(Content.styled(f"? {name}", pens.text), right, room)

    named = ", ".join(one_line(cell)[:30] for cell in columns[:_COLUMNS])
    words = f"{count:,} row{'s' * (count != 1)} of {named}"
    words += ", …" if len(columns) > _COLUMNS else ""
    return Row(str(number), (first, *(_dim(f"  {line}") for line in _broken(words, width - 2))))


def _notes(key: str, notes: Sequence[Note], width: int, *, by_file: bool = False) -> Iterator[Row]:
    """One row a note, what went wrong first."""
    signs = {"odd": "!", "empty": "○", "about": "·"}
    left = _NOTES
    count = 0
    for kind, sign in signs.items():
        told = told_once(note for note in notes if note.kind == kind)
        for file, where, text in told[: max(0, left)]:
            name = one_line(file.rpartition("/")[2]) if by_file else ""
            words = ": ".join(part for part in (name, where, text) if part)
            yield _note(f"{key}/note{count}", sign, words, width)
            count += 1
        left -= len(told)
    if left < 0:
        yield _words(f"{key}/more", f"    and {-left:,} more notes", width)


def _note(key: str, sign: str, words: str, width: int) -> Row:
    lines = _broken(words, width - 4)

    def first(_room: int, pens: Pens) -> Content:
        pen = pens.warn if sign != "·" else pens.dim
        return Content.assemble((f"  {sign} ", pen), (lines[0] if lines else "", pen))

    def later(line: str) -> DrawLine:
        return lambda _room, pens: Content.styled(
            f"    {line}", pens.warn if sign != "·" else pens.dim
        )

    return Row(key, (first, *map(later, lines[1:])))


def _words(key: str, words: str, width: int) -> Row:
    return Row(key, tuple(_dim(line) for line in _broken(words, width)))


def _dim(line: str) -> DrawLine:
    return lambda _room, pens: Content.styled(line, pens.dim)


def _plain(line: str) -> DrawLine:
    return lambda _room, pens: Content.styled(line, pens.text)


def _broken(words: str, width: int) -> list[str]:
    return [line.plain.rstrip() for line in Content(words).wrap(max(10, width))]


def _days(file: PlannedFile) -> str:
    first, last = file.first, file.last
    if first is None or last is None:
        return ""
    end = f"{last.day} {_MONTHS[last.month - 1]} {last.year}"
    if first == last:
        return end
    begin = f"{first.day} {_MONTHS[first.month - 1]}"
    return f"{begin}{f' {first.year}' if first.year != last.year else ''} – {end}"
