"""The door: every verb. Each imports what it needs when it is called, so that none waits."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from studio import __version__

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from studio.app.app import StudioApp
    from studio.platforms.own import RuleBook
    from studio.project.project import Project

VERBS = (
    "new",
    "import",
    "show",
    "stats",
    "report",
    "count",
    "lint",
    "rules",
    "captions",
    "check",
    "shot",
)
WRONG = 2  # exit code where the words or the files given are at fault
LARGEST = 1000  # cells; no terminal has more, and a picture of that many takes seconds
CAPTION_LIMIT = 1 << 20  # bytes; the longest caption any platform takes is some 63,000 characters


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; return the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    from studio.problem import Problem

    try:
        try:
            code = _run(words)
        except SystemExit as leaving:  # --help, or words that argparse does not take
            code = leaving.code if isinstance(leaving.code, int) else 0
        sys.stdout.flush()
    except Problem as problem:
        sys.stderr.write(f"studio: {problem}\n")
        return WRONG
    except BrokenPipeError:  # whoever reads us has read enough, as `head` does
        _drop_output()
        return 0
    except OSError as error:
        _drop_output()
        what = error.strerror or type(error).__name__
        told = Problem(str(error.filename or "the output"), what, "Mend that and try again")
        sys.stderr.write(f"studio: {told}\n")
        return WRONG
    except KeyboardInterrupt:
        return 130
    return code


def _drop_output() -> None:
    """Send what is still unwritten nowhere, or Python complains about it at exit."""
    import os

    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


def _run(words: list[str]) -> int:
    if words in (["--version"], ["-V"]):
        sys.stdout.write(f"studio {__version__}\n")
        return 0
    if words and words[0] in VERBS:
        verb = words[0]
        options = _parser(verb).parse_args(words[1:])
        call: Callable[[argparse.Namespace], int] = globals()[f"_{verb}"]
        return call(options)
    if len(words) > 1 and not words[0].startswith("-") and not Path(words[0]).exists():
        from studio.problem import Problem

        verbs = ", ".join(VERBS)
        raise Problem(words[0], "it is neither a verb nor a folder", f"The verbs are {verbs}")
    options = _parser("").parse_args(words)
    return _open(Path(options.path) if options.path else None)


def _parser(verb: str) -> argparse.ArgumentParser:
    import argparse

    class Parser(argparse.ArgumentParser):
        def error(self, message: str) -> NoReturn:
            from studio.text import one_line

            sys.stderr.write(f"{self.prog}: {one_line(message)}. See {self.prog} --help.\n")
            raise SystemExit(WRONG)

    if not verb:
        parser = Parser(
            prog="studio",
            description="A terminal studio for faceless Instagram and TikTok pages.",
            epilog="Verbs: new, import, show, stats, report, count, lint, rules, captions, check, "
            "shot. `studio VERB --help` tells of each.",
        )
        parser.add_argument("path", nargs="?", help="a project's folder; none lists recent ones")
        parser.add_argument("--version", action="version", version=f"studio {__version__}")
        return parser
    parser = Parser(prog=f"studio {verb}", description=globals()[f"_{verb}"].__doc__)
    _ARGUMENTS[verb](parser)
    return parser


def _size(text: str) -> tuple[int, int]:
    import argparse
    import re

    found = re.fullmatch(r"(\d{1,4})x(\d{1,4})", text)
    columns, rows = (int(found[1]), int(found[2])) if found else (0, 0)
    if not (0 < columns <= LARGEST and 0 < rows <= LARGEST):
        wanted = f"a size looks like 80x50, at most {LARGEST}x{LARGEST}"
        raise argparse.ArgumentTypeError(f"{wanted}, not {text!r}")
    return columns, rows


def _arguments_new(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", help="the folder to make")
    parser.add_argument("--sample", metavar="NAME", help="start from a sample, such as rewind-89")


def _arguments_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("project", help="the project's folder")
    parser.add_argument("files", nargs="+", metavar="FILE", help="exports: files, folders or zips")
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def _arguments_show(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", help="a picture or a clip")
    parser.add_argument("--cells", choices=["half", "quadrant", "sextant", "octant"])
    parser.add_argument("--size", type=_size, metavar="80x50", help="the room in cells")


def _arguments_stats(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("project", help="the project's folder")
    parser.add_argument("--json", action="store_true", help="answer as JSON")
    parser.add_argument("--now", metavar="2026-11-23T18:42", help="the time to ask at, in UTC")


def _arguments_report(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("project", help="the project's folder")
    parser.add_argument("-o", "--output", metavar="FILE.md", help="none prints the page")
    parser.add_argument("--charts", choices=["svg", "png"], help="write charts beside FILE.md")
    parser.add_argument("--now", metavar="2026-11-23T18:42", help="the time to ask at, in UTC")


def _arguments_count(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", help="a caption; - reads standard input")
    parser.add_argument("--platform", help="one platform's key; none measures for every one")
    parser.add_argument("--project", metavar="FOLDER", help="count by this project's own rules")
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def _arguments_lint(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help="captions; - reads standard input")
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def _arguments_rules(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("platforms", nargs="*", metavar="PLATFORM", help="none prints all")
    parser.add_argument("--project", metavar="FOLDER", help="with this project's own rules")
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def _arguments_captions(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("project", help="the project's folder")
    parser.add_argument("--csv", action="store_true", help="as a table instead of Markdown")
    parser.add_argument("--now-only", action="store_true", help="without versions and posts")
    parser.add_argument("-o", "--output", metavar="FILE", help="none prints it")


def _arguments_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("project", help="the project's folder")
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def _arguments_shot(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("project", help="the project's folder")
    parser.add_argument("--size", type=_size, default=(160, 45), metavar="160x45")
    parser.add_argument("-o", "--output", required=True, metavar="FILE.svg")
    parser.add_argument("--press", default="", metavar="KEYS", help="keys to press first: f3,p,p")
    parser.add_argument("--theme", help="a theme's name")
    parser.add_argument("--now", metavar="2026-11-23T18:42", help="the time to show, in UTC")


_ARGUMENTS: dict[str, Callable[[argparse.ArgumentParser], None]] = {
    "new": _arguments_new,
    "import": _arguments_import,
    "show": _arguments_show,
    "stats": _arguments_stats,
    "report": _arguments_report,
    "count": _arguments_count,
    "lint": _arguments_lint,
    "rules": _arguments_rules,
    "captions": _arguments_captions,
    "check": _arguments_check,
    "shot": _arguments_shot,
}


def _project(path: str) -> Project:
    """Open a project to work on; a shipped sample is opened as the user's own copy."""
    from studio.project.project import Project
    from studio.project.samples import working_copy

    return Project.open(working_copy(Path(path)))


def _open(path: Path | None) -> int:
    """Open projects on the screen, one after the other, until the human leaves."""
    from studio.problem import Problem

    project = _project(str(path)) if path is not None else None
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Problem(
            "standard input and output",
            "are no terminal to open a project in",
            "Run this in a terminal, or use a verb such as stats or check",
        )
    while True:
        if project is not None:
            from studio.project.recent import remember

            remember(project)
        chosen = _app(project).run()
        if chosen is None:
            return 0
        project = None if chosen == Path() else _project(str(chosen))


def _app(project: Project | None, **options: object) -> StudioApp:
    from studio.app.app import StudioApp
    from studio.app.settings import load_settings

    return StudioApp(project, load_settings(), **options)  # type: ignore[arg-type]


def _new(options: argparse.Namespace) -> int:
    """Make a new project, empty or from a sample."""
    import shlex

    from studio.project.create import create
    from studio.text import display, one_line

    project = create(Path(options.path), sample=options.sample)
    name, root = one_line(project.config.name), str(project.root)
    _write(
        f"{name} is in {display(root)}\nOpen it with: studio {display(shlex.quote(root))}",
        as_json=False,
    )
    return 0


def _import(options: argparse.Namespace) -> int:
    """Take exports of Instagram or TikTok into a project."""
    from studio.problem import Problem
    from studio.stats.exports import import_edits, plan_import
    from studio.stats.import_report import import_json, import_text
    from studio.text import one_line

    project = _project(options.project)
    files = [Path(name) for name in options.files]
    plan = plan_import(project.store, files, cache=project.cache)
    if not plan.files:
        left = sum(count for _, count in plan.left)
        what = f"none of the {left:,} files in it is an export" if left else "it has no file"
        raise Problem(options.files[0], what, "Name an export or its folder")
    if edits := import_edits(project.store, plan):
        project.undo.apply(f"Import {len(edits)} export{'s' * (len(edits) != 1)}", edits)
    understood = len(plan.refused) < len(plan.files)
    if options.json or understood:
        told = import_json(plan) if options.json else import_text(plan, done=True)
        _write(told, as_json=options.json)
    if not understood:
        for file in plan.refused:
            sys.stderr.write(f"studio: {one_line(f'{file.path}: {file.refused}')}.\n")
    return 0 if understood else WRONG


def _show(options: argparse.Namespace) -> int:
    """Print a picture, or a clip's poster, in cells."""
    import os
    import shutil

    from studio.media.library import kind_of
    from studio.preview.detect import best_mode
    from studio.preview.modes import Mode
    from studio.preview.show import show

    path = Path(options.file)
    if kind_of(path.name) == "clip" and path.is_file():
        from studio.media.clips import poster
        from studio.project.places import cache_dir

        path = poster(path, cache_dir() / "posters").picture
    columns, rows = options.size or tuple(shutil.get_terminal_size((80, 25)))
    rows = rows if options.size else max(1, rows - 1)
    mode = Mode(options.cells) if options.cells else best_mode(os.environ)
    show(path, mode=mode, columns=columns, rows=rows, stream=sys.stdout)
    return 0


def _stats(options: argparse.Namespace) -> int:
    """Tell when to post, what to post and who to reach, as far as a project's numbers can tell."""
    from studio.report.gather import answers_of

    answers = answers_of(_project(options.project), now=_moment(options.now))
    if options.json:
        from studio.report.as_json import answers_json

        _write(answers_json(answers), as_json=True)
    else:
        from studio.report.told import answers_text

        _write(answers_text(answers), as_json=False)
    return 0


def _report(options: argparse.Namespace) -> int:
    """Write the answers of a project on one page of Markdown, with charts if asked for."""
    from studio.problem import Problem
    from studio.report.files import report_files
    from studio.report.gather import answers_of

    if options.charts and not options.output:
        raise Problem("--charts", "charts are files beside the page", "Name the page with -o")
    target = Path(options.output) if options.output else None
    if target and target.suffix.lower() != ".md":
        raise Problem(options.output, "is not a Markdown file's name", "End it in .md")
    answers = answers_of(_project(options.project), now=_moment(options.now))
    page, charts = report_files(answers, target.stem if target else "", options.charts)
    if target is None:
        _write(page.decode(), as_json=False)
        return 0
    for name, data in ((target.name, page), *charts):
        try:
            (target.parent / name).parent.mkdir(exist_ok=True)
            (target.parent / name).write_bytes(data)
        except OSError as error:
            mend = "Choose a folder you may write to"
            raise Problem(options.output, error.strerror or "cannot be written", mend) from None
    return 0


def _moment(written: str | None) -> datetime:
    """Return the time a human gave, read as UTC, or the present one."""
    from datetime import UTC, datetime

    from studio.problem import Problem

    if not written:
        return datetime.now(UTC)
    try:
        return datetime.fromisoformat(written).replace(tzinfo=UTC)
    except ValueError:
        raise Problem(written, "is not a time", "Write it as 2026-11-23T18:42") from None


def _count(options: argparse.Namespace) -> int:
    """Measure a caption as each platform counts it; exit 1 if a platform would refuse it."""
    from studio.captions.count import count_json, count_text, exit_code

    data, where, platform = _caption(options.file), options.file, options.platform
    book = _rule_book(options.project)
    found = count_json(data, platform, where, book)
    told = found if options.json else count_text(data, platform, where, book)
    _write(told, as_json=options.json)
    return exit_code(found)


def _rules(options: argparse.Namespace) -> int:
    """Print what each platform accepts, with the source, the day and the grade of every rule."""
    from studio.platforms.told import rules_json, rules_text

    book = _rule_book(options.project)
    told = rules_json if options.json else rules_text
    _write(told(book, options.platforms), as_json=options.json)
    return 0


def _rule_book(project: str | None) -> RuleBook:
    """Return the rules of a project, or those Studio brings; a broken file is told."""
    from studio.platforms.own import RuleBook, read_book

    book = RuleBook() if project is None else read_book(_project(project).store)
    if book.problem is not None:
        raise book.problem
    return book


def _lint(options: argparse.Namespace) -> int:
    """Show what reads like a machine in captions, and why; exit 1 if one is flagged."""
    from studio.captions.lint_told import as_json, as_words, exit_code, lint_file

    found = [lint_file(_caption(name), name) for name in options.files]
    _write(as_json(found) if options.json else as_words(found), as_json=options.json)
    return exit_code(found)


def _captions(options: argparse.Namespace) -> int:
    """Write all captions ever written as one file: what they say, what was posted, versions."""
    from studio.captions.export import export, in_order
    from studio.problem import Problem
    from studio.report.written import all_captions
    from studio.text import one_line

    found = all_captions(_project(options.project), now_only=options.now_only)
    data = export(in_order(found.writings), "csv" if options.csv else "md")
    if options.output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
    else:
        try:
            Path(options.output).write_bytes(data)
        except OSError as error:
            mend = "Choose a folder you may write to"
            raise Problem(options.output, error.strerror or "cannot be written", mend) from None
    for unread in found.unread:
        sys.stderr.write(f"studio: {one_line(unread.path)}: {one_line(unread.what)}; left out\n")
    return 1 if found.unread else 0


def _caption(name: str) -> bytes:
    """Return the bytes of a caption file, or of standard input for "-"."""
    from studio.problem import Problem

    if name == "-":
        data = sys.stdin.buffer.read(CAPTION_LIMIT + 1)
    else:
        try:
            with Path(name).open("rb") as file:
                data = file.read(CAPTION_LIMIT + 1)
        except OSError as error:
            mend = "Name a caption file, or - for standard input"
            raise Problem(name, error.strerror or "cannot be read", mend) from None
    if len(data) > CAPTION_LIMIT:
        raise Problem(name, "is far too long for a caption", "Name a caption file")
    return data


def _check(options: argparse.Namespace) -> int:
    """Say what is wrong in a project's folder, and how to mend it; exit 1 if anything is."""
    from studio.platforms.own import read_book
    from studio.project.check import check

    project = _project(options.project)
    broken = read_book(project.store).problem
    problems = [*check(project), *([broken] if broken is not None else [])]
    if options.json:
        _write([{"where": p.where, "what": p.what, "mend": p.mend} for p in problems], as_json=True)
    elif problems:
        _write("\n".join(str(problem) for problem in problems), as_json=False)
    else:
        _write("Nothing is wrong.", as_json=False)
    return 1 if problems else 0


def _shot(options: argparse.Namespace) -> int:
    """Write a picture of the screen as SVG, in cells that every font has."""
    from dataclasses import replace

    from studio.app.app import StudioApp
    from studio.app.settings import load_settings
    from studio.app.shot import shoot
    from studio.app.themes import starting_theme, theme_folders
    from studio.preview.modes import Mode
    from studio.problem import Problem

    project = _project(options.project)
    target = Path(options.output)
    if target.suffix.lower() != ".svg":
        raise Problem(options.output, "is not an SVG file's name", "End it in .svg")
    if not target.parent.is_dir():
        raise Problem(options.output, "there is no such folder", "Choose one that is there")
    settings = replace(load_settings(), mode=Mode.HALF)
    if options.theme:
        _, problems = starting_theme(options.theme, theme_folders(settings.config))
        if problems:
            raise problems[0]
        settings = replace(settings, theme=options.theme)
    keys = [_key(key) for key in options.press.split(",") if key]
    moment = _moment(options.now)
    app = StudioApp(project, settings, now=lambda: moment)
    try:
        shoot(app, options.size, target, tuple(keys))
    except OSError as error:
        mend = "Choose a folder you may write to"
        raise Problem(options.output, error.strerror or "cannot be written", mend) from None
    return 0


def _key(written: str) -> str:
    from studio.app.keys import UnknownKey, key_name
    from studio.problem import Problem

    try:
        return key_name(written)
    except UnknownKey as unknown:
        raise Problem(written, "is no key's name", str(unknown).capitalize()) from None


def _write(answer: object, *, as_json: bool) -> None:
    if as_json:
        import json

        answer = json.dumps(answer, indent=2)  # ASCII: nothing in it can steer a terminal
    text = str(answer)
    try:
        sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
    except UnicodeEncodeError:
        sys.stdout.buffer.write(f"{text}\n".encode("utf-8", "replace"))
