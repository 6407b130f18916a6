"""A caption to the clipboard, byte for byte, and an honest word on whether it got there.

The clipboard of this machine is reached through its own helper program, which can be asked back.
Over a remote shell there is only the terminal (OSC 52), which never answers and may refuse.
"""

from __future__ import annotations

import base64
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# Terminals drop a longer sequence: hterm and older tmux take 100,000 characters, escape included,
# which is this many bytes before base64.
OSC52_MAX = 74_994
# GNU screen passes on at most 768 bytes a string, older ones 256.
_SCREEN_CHUNK = 240
_SECONDS = 3.0
# PowerShell's own text streams go through the console's code page; base64 survives every one.
_SET_CLIPBOARD = (
    "Set-Clipboard -Value ([Text.Encoding]::UTF8.GetString("
    "[Convert]::FromBase64String([Console]::In.ReadToEnd())))"
)
_GET_CLIPBOARD = "[Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes((Get-Clipboard -Raw)))"
_POWERSHELL = ["powershell.exe", "-NoProfile", "-NonInteractive", "-Command"]
_TMUX = ["tmux", "load-buffer", "-w", "-"]
# How to ask each helper back.
_READ_BACK = {
    "wl-copy": ["wl-paste", "--no-newline", "--type", "text/plain"],
    "xclip": ["xclip", "-selection", "clipboard", "-out"],
    "xsel": ["xsel", "--clipboard", "--output"],
    "pbcopy": ["pbpaste"],
    "powershell.exe": [*_POWERSHELL, _GET_CLIPBOARD],
}


@dataclass(frozen=True)
class Copied:
    """What became of a copy.

    Args:
        how: a sentence to show, without its full stop.
        certain: the clipboard was read back and has the same bytes.
        path: a file with the same bytes, to copy from by hand; None if none was written.
    """

    how: str
    certain: bool
    path: str | None


def osc52(data: bytes, *, tmux: bool, screen: bool) -> str:
    """Return the sequence that asks a terminal to put `data` on its clipboard.

    Args:
        data: what to copy.
        tmux: wrap it so that tmux hands it on (needs its `allow-passthrough`).
        screen: wrap it so that GNU screen hands it on. Inside both, tmux is the inner one.

    Raises:
        Problem: `data` is longer than terminals take (`OSC52_MAX` bytes).
    """
    if len(data) > OSC52_MAX:
        what = f"{len(data)} bytes are more than terminals take to their clipboard ({OSC52_MAX})"
        raise Problem("clipboard", what, "Copy it from the file")
    sequence = f"\x1b]52;c;{base64.b64encode(data).decode('ascii')}\x07"
    if tmux:
        doubled = sequence.replace("\x1b", "\x1b\x1b")
        return f"\x1bPtmux;{doubled}\x1b\\"
    if screen:
        chunks = range(0, len(sequence), _SCREEN_CHUNK)
        return "".join(f"\x1bP{sequence[at : at + _SCREEN_CHUNK]}\x1b\\" for at in chunks)
    return sequence


def helpers(environ: Mapping[str, str], platform: str) -> list[list[str]]:
    """Return the commands that may put their input on the clipboard in front of the human.

    Over SSH the programs of this machine reach this machine's clipboard, not the human's, except
    through a forwarded X display.

    Args:
        environ: the environment.
        platform: as `sys.platform`.

    Returns:
        Commands, the best first. They may not be installed. `feed` says what each wants to read.
    """
    remote = bool(environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"))
    found: list[list[str]] = []
    if platform == "darwin":
        return [] if remote else [["pbcopy"]]
    if platform == "win32":
        return [] if remote else [[*_POWERSHELL, _SET_CLIPBOARD], ["clip.exe"]]
    if environ.get("WAYLAND_DISPLAY") and not remote:
        # Without a type wl-copy guesses one, and a caption like "<3" may come out as HTML.
        found.append(["wl-copy", "--type", "text/plain"])
    display = environ.get("DISPLAY", "")
    if display and (not remote or not display.startswith(":")):
        found.append(["xclip", "-selection", "clipboard", "-in"])
        found.append(["xsel", "--clipboard", "--input"])
    if environ.get("WSL_DISTRO_NAME") and not remote:
        found.append([*_POWERSHELL, _SET_CLIPBOARD])
        found.append(["clip.exe"])
    return found


def feed(argv: list[str], data: bytes) -> bytes:
    """Return what a helper must read so that exactly `data`, UTF-8, lands on the clipboard."""
    if argv[0] == "powershell.exe":
        return base64.b64encode(data)
    if argv[0] == "clip.exe":
        return data.decode("utf-8", "replace").encode("utf-16-le")
    return data


def copy(
    data: bytes,
    *,
    send: Callable[[str], None] | None = None,
    keep: Callable[[bytes], str] | None = None,
    environ: Mapping[str, str] | None = None,
    platform: str | None = None,
    timeout: float = _SECONDS,
) -> Copied:
    """Put `data` on the clipboard, or as near to it as this machine allows.

    First the helpers of this machine, each asked back where it can be; then the terminal; and
    whenever the clipboard was not read back, a file. Blocks for up to `timeout` seconds a helper:
    call it in a worker.

    Args:
        data: UTF-8.
        send: writes to the terminal (a screen's own driver, not stdout, while one is up).
        keep: writes a file with these bytes and returns its path.
        environ: the environment; this process's by default.
        platform: as `sys.platform`; this one by default.
        timeout: seconds to wait for one helper.

    Returns:
        Never raises for what a helper, the terminal or the file did.
    """
    environ = os.environ if environ is None else environ
    platform = sys.platform if platform is None else platform
    if not data:
        return Copied("Nothing to copy: the caption is empty", certain=False, path=None)
    tried: list[str] = []
    for argv in helpers(environ, platform):
        outcome = _hand_to(argv, data, environ, timeout)
        if outcome == "same":
            how = f"Copied with {_name(argv)} and read back: {len(data)} bytes, all the same"
            return Copied(how, certain=True, path=None)
        if outcome == "taken":
            how = f"Handed to {_name(argv)}, which reported success; it was not read back"
            return _with_file(how, data, keep)
        if outcome:
            tried.append(f"{_name(argv)} {outcome}")
    buffered = False
    if environ.get("TMUX"):  # tmux hands it on by itself where it may, and keeps it in any case
        code, _ = _run(_TMUX, data, environ, timeout, output=False)
        buffered = code == 0
    where = "In tmux's paste buffer and s" if buffered else "S"
    because = f" ({'; '.join(tried)})" if tried else ""
    if send is not None:
        tmux = bool(environ.get("TMUX"))
        try:
            send(osc52(data, tmux=tmux, screen=bool(environ.get("STY")) and not tmux))
        except (Problem, OSError) as problem:
            what = problem.what if isinstance(problem, Problem) else "the terminal is gone"
            because = f" ({'; '.join([*tried, what])})"
        else:
            return _with_file(
                f"{where}ent to the terminal, which may refuse it{because}", data, keep
            )
    if buffered:
        return _with_file(f"In tmux's paste buffer, not on the clipboard{because}", data, keep)
    return _with_file(f"Not copied: no clipboard was reached{because}", data, keep)


def _with_file(how: str, data: bytes, keep: Callable[[bytes], str] | None) -> Copied:
    if keep is None:
        return Copied(how, certain=False, path=None)
    try:
        path = keep(data)
    except (Problem, OSError):
        return Copied(f"{how}, and no file could be written either", certain=False, path=None)
    return Copied(f"{how}. The same bytes are in {path}", certain=False, path=path)


def _name(argv: list[str]) -> str:
    return argv[0].removesuffix(".exe")


def _hand_to(
    argv: list[str], data: bytes, environ: Mapping[str, str], timeout: float
) -> str | None:
    """Run one helper.

    Returns:
        "same": read back and equal; "taken": it succeeded and cannot be asked; None: it is not
        installed; else what went wrong.
    """
    code, _ = _run(argv, feed(argv, data), environ, timeout, output=False)
    if code != 0:
        return code if code is None or isinstance(code, str) else f"failed with code {code}"
    question = _READ_BACK.get(argv[0])
    if question is None:
        return "taken"
    code, got = _run(question, b"", environ, timeout, output=True)
    if code != 0:
        return "taken"
    if argv[0] == "powershell.exe":
        try:
            got = base64.b64decode(got.strip(), validate=True)
        except ValueError:
            return "taken"
    return "same" if got == data else "gave back something else"


def _run(
    argv: list[str], data: bytes, environ: Mapping[str, str], timeout: float, *, output: bool
) -> tuple[int | str | None, bytes]:
    """Return the exit code (None: not installed; a text: did not end well) and the output.

    A helper that sets the clipboard stays behind to serve it and keeps its streams open, so its
    output is never waited for.
    """
    import shutil
    import subprocess

    program = shutil.which(argv[0], path=environ.get("PATH"))
    if program is None:
        return None, b""
    # pbcopy takes its input for MacRoman without a UTF-8 locale.
    locale = {"LC_ALL": "en_US.UTF-8"} if argv[0] in ("pbcopy", "pbpaste") else {}
    try:
        done = subprocess.run(
            [program, *argv[1:]],
            input=data,
            stdout=subprocess.PIPE if output else subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**environ, **locale},
            timeout=timeout,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "did not answer in time", b""
    except OSError:
        return "could not be started", b""
    return done.returncode, done.stdout or b""
