"""The door: every verb. Each imports what it needs when it is called, so that none waits."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from studio import __version__

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from studio.app.app import StudioApp
    from studio.project.project import Project
    from studio.stats.plan import ImportPlan

VERBS = ("new", "import", "show", "stats", "count", "check", "shot")
WRONG = 2  # exit code where the words or the files given are at fault


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb; return the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words in (["--version"], ["-V"]):
        sys.stdout.write(f"studio {__version__}\n")
        return 0
    from studio.problem import Problem

    try:
        return _run(words)
    except Problem as problem:
        sys.stderr.write(f"studio: {problem}\n")
        return WRONG
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        return 130


def _run(words: list[str]) -> int:
    if words and words[0] in VERBS:
        verb = words[0]
        options = _parser(verb).parse_args(words[1:])
        call: Callable[[argparse.Namespace], int] = globals()[f"_{verb}"]
        return call(options)
    options = _parser("").parse_args(words)
    return _open(Path(options.path) if options.path else None)


def _parser(verb: str) -> argparse.ArgumentParser:
    import argparse

    class Parser(argparse.ArgumentParser):
        def error(self, message: str) -> NoReturn:
            sys.stderr.write(f"{self.prog}: {message}. See {self.prog} --help.\n")
            raise SystemExit(WRONG)

    if not verb:
        parser = Parser(
            prog="studio",
            description="A terminal studio for faceless Instagram and TikTok pages.",
            epilog="Verbs: new, import, show, stats, count, check, shot. "
            "`studio VERB --help` tells of each.",
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
    if not found or not int(found[1]) or not int(found[2]):
        raise argparse.ArgumentTypeError(f"a size looks like 80x50, not {text!r}")
    return int(found[1]), int(found[2])


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


def _arguments_count(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", help="a caption; - reads standard input")
    parser.add_argument("--platform", help="instagram or tiktok; none measures for every one")
    parser.add_argument("--json", action="store_true", help="answer as JSON")


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
    "count": _arguments_count,
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
            "studio", "needs a terminal to open a project in", "use a verb, such as stats or check"
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
    from studio.project.create import create

    project = create(Path(options.path), sample=options.sample)
    sys.stdout.write(
        f"{project.config.name} is in {project.root}\nOpen it with: studio {project.root}\n"
    )
    return 0


def _import(options: argparse.Namespace) -> int:
    """Take exports of Instagram or TikTok into a project."""
    from studio.stats.exports import commit_import, plan_import
    from studio.stats.report import import_text

    project = _project(options.project)
    plan = plan_import(project.store, [Path(name) for name in options.files])
    commit_import(project.store, plan)
    _write(_plan_json(plan) if options.json else import_text(plan), as_json=options.json)
    return 0 if any(not file.refused for file in plan.files) else WRONG


def _plan_json(plan: ImportPlan) -> list[dict[str, object]]:
    return [
        {
            "file": str(file.path),
            "kind": file.kind,
            "platform": file.platform,
            "posts": file.posts,
            "new": file.new,
            "updated": file.updated,
            "unchanged": file.unchanged,
            "same_as": file.same_as,
            "stored": file.target,
            "refused": file.refused,
            "notes": [{"line": note.line, "text": note.text} for note in file.notes],
        }
        for file in plan.files
    ]


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
    """Tell what the exports of a project say."""
    from studio.stats.report import report_json, report_text

    project = _project(options.project)
    _write(report_json(project) if options.json else report_text(project), as_json=options.json)
    return 0


def _count(options: argparse.Namespace) -> int:
    """Measure a caption as each platform counts it; exit 1 if a platform would refuse it."""
    from studio.captions.count import count_json, count_text, exit_code
    from studio.problem import Problem

    if options.file == "-":
        data = sys.stdin.buffer.read()
    else:
        path = Path(options.file)
        try:
            data = path.read_bytes()
        except OSError as error:
            mend = "name a caption file, or - for standard input"
            raise Problem(options.file, error.strerror or "cannot be read", mend) from None
    where = options.file
    found = count_json(data, options.platform, where)
    _write(
        found if options.json else count_text(data, options.platform, where), as_json=options.json
    )
    return exit_code(found)


def _check(options: argparse.Namespace) -> int:
    """Say what is wrong in a project's folder, and how to mend it; exit 1 if anything is."""
    from studio.project.check import check

    problems = check(_project(options.project))
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
    from datetime import UTC, datetime

    from studio.app.app import StudioApp
    from studio.app.settings import load_settings
    from studio.app.shot import shoot
    from studio.preview.modes import Mode
    from studio.problem import Problem

    project = _project(options.project)
    target = Path(options.output)
    if target.suffix.lower() != ".svg":
        raise Problem(options.output, "is not an SVG file's name", "end it in .svg")
    settings = replace(load_settings(), mode=Mode.HALF)
    if options.theme:
        settings = replace(settings, theme=options.theme)
    moment = datetime.now(UTC)
    if options.now:
        try:
            moment = datetime.fromisoformat(options.now).replace(tzinfo=UTC)
        except ValueError:
            raise Problem(options.now, "is not a time", "write it as 2026-11-23T18:42") from None
    app = StudioApp(project, settings, now=lambda: moment)
    try:
        shoot(app, options.size, target, tuple(key for key in options.press.split(",") if key))
    except OSError as error:
        mend = "choose a folder you may write to"
        raise Problem(options.output, error.strerror or "cannot be written", mend) from None
    return 0


def _write(answer: object, *, as_json: bool) -> None:
    if as_json:
        import json

        answer = json.dumps(answer, indent=2)  # ASCII: nothing in it can steer a terminal
    text = str(answer)
    try:
        sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
    except UnicodeEncodeError:
        sys.stdout.buffer.write(f"{text}\n".encode("utf-8", "replace"))
