"""A copied caption is the same bytes, and the screen says no more than is known."""

from __future__ import annotations

import base64
import os
import re
import shutil
import signal
import subprocess
import uuid

import pytest

from studio.captions.clipboard import OSC52_MAX, copy, feed, helpers, osc52
from studio.problem import Problem

CAPTION = "Nobody warned us 👩\u200d👩\u200d👧\n\n#80skid \x1b[31m “tea”  \n".encode()


def test_the_terminal_gets_the_bytes_and_nothing_that_could_steer_it():
    sequence = osc52(CAPTION, tmux=False, screen=False)
    found = re.fullmatch(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07", sequence)
    assert found
    assert base64.b64decode(found[1]) == CAPTION


def test_tmux_is_asked_to_hand_it_on():
    sequence = osc52(CAPTION, tmux=True, screen=False)
    found = re.fullmatch(r"\x1bPtmux;(.*)\x1b\\", sequence)
    assert found
    assert found[1].replace("\x1b\x1b", "\x1b") == osc52(CAPTION, tmux=False, screen=False)
    assert "\x1b" not in found[1].replace("\x1b\x1b", "")


def test_screen_gets_it_in_pieces_it_takes():
    sequence = osc52(CAPTION * 20, tmux=False, screen=True)
    pieces = re.findall(r"\x1bP(.{1,250}?)\x1b\\", sequence)
    assert "".join(pieces) == osc52(CAPTION * 20, tmux=False, screen=False)
    assert len(pieces) > 5


def test_a_caption_longer_than_terminals_take_is_told():
    assert len(osc52(b"x" * OSC52_MAX, tmux=False, screen=False)) <= 100_000
    with pytest.raises(Problem, match="more than terminals take"):
        osc52(b"x" * (OSC52_MAX + 1), tmux=False, screen=False)


def names(environ, platform):
    return [argv[0] for argv in helpers(environ, platform)]


@pytest.mark.parametrize(
    ("environ", "platform", "expected"),
    [
        ({}, "linux", []),
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "linux", ["wl-copy", "xclip", "xsel"]),
        ({"DISPLAY": ":0"}, "linux", ["xclip", "xsel"]),
        ({"DISPLAY": ":0", "SSH_TTY": "/dev/pts/1"}, "linux", []),
        ({"DISPLAY": "localhost:10.0", "SSH_TTY": "/dev/pts/1"}, "linux", ["xclip", "xsel"]),
        ({"WAYLAND_DISPLAY": "w", "SSH_CONNECTION": "1"}, "linux", []),
        ({"WSL_DISTRO_NAME": "Debian"}, "linux", ["powershell.exe", "clip.exe"]),
        ({}, "darwin", ["pbcopy"]),
        ({"SSH_CONNECTION": "1"}, "darwin", []),
        ({}, "win32", ["powershell.exe", "clip.exe"]),
    ],
)
def test_only_helpers_of_the_machine_in_front_of_the_human(environ, platform, expected):
    assert names(environ, platform) == expected


def test_windows_helpers_are_fed_what_survives_a_code_page():
    assert base64.b64decode(feed(["powershell.exe"], CAPTION)) == CAPTION
    assert feed(["clip.exe"], CAPTION).decode("utf-16-le").encode() == CAPTION
    assert feed(["xclip"], CAPTION) == CAPTION


@pytest.fixture
def desk(tmp_path):
    """A machine with a clipboard file and whatever helpers a test puts on its path."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("cat", "sleep"):
        (programs / name).symlink_to(shutil.which(name))

    class Desk:
        clipboard = tmp_path / "clipboard"
        kept = tmp_path / "caption.txt"
        environ = {"PATH": str(programs), "DISPLAY": ":0"}  # noqa: RUF012
        sent: list[str] = []  # noqa: RUF012

        def put(self, name, script):
            path = programs / name
            path.write_text(f"#!/bin/sh\n{script}\n")
            path.chmod(0o755)

        def keep(self, data):
            self.kept.write_bytes(data)
            return str(self.kept)

        def copy(self, data=CAPTION, *, send=True, keep=True, **environ):
            self.sent = []
            return copy(
                data,
                send=self.sent.append if send else None,
                keep=self.keep if keep else None,
                environ={**self.environ, **environ},
                platform="linux",
                timeout=5,
            )

    return Desk()


XCLIP = 'case "$*" in *-out*) cat {0};; *) cat > {0};; esac'


def test_a_helper_that_gives_the_same_bytes_back_is_certain(desk):
    desk.put("xclip", XCLIP.format(desk.clipboard))
    found = desk.copy()
    assert desk.clipboard.read_bytes() == CAPTION
    assert found.certain
    assert found.how == f"Copied with xclip and read back: {len(CAPTION)} bytes, all the same"
    assert found.path is None
    assert desk.sent == []


def test_wl_copy_is_asked_back_with_wl_paste(desk):
    desk.put("wl-copy", f'[ "$*" = "--type text/plain" ] && cat > {desk.clipboard}')
    desk.put("wl-paste", f"cat {desk.clipboard}")
    found = desk.copy(WAYLAND_DISPLAY="wayland-0")
    assert found.certain
    assert "wl-copy" in found.how


def test_a_helper_that_stays_behind_with_its_streams_open_does_not_block(desk):
    serve = f"cat > {desk.clipboard}; sleep 30 & echo $! > {desk.clipboard}.pid"
    desk.put("xclip", f'case "$*" in *-out*) cat {desk.clipboard};; *) {serve};; esac')
    found = desk.copy()
    os.kill(int((desk.clipboard.parent / "clipboard.pid").read_text()), signal.SIGTERM)
    assert found.certain
    assert desk.clipboard.read_bytes() == CAPTION


def test_success_that_cannot_be_checked_is_called_that_and_leaves_a_file(desk):
    desk.put("wl-copy", f"cat > {desk.clipboard}")
    found = desk.copy(WAYLAND_DISPLAY="wayland-0")
    assert not found.certain
    assert found.how == (
        "Handed to wl-copy, which reported success; it was not read back."
        f" The same bytes are in {desk.kept}"
    )
    assert desk.kept.read_bytes() == CAPTION
    assert desk.sent == []


def test_a_helper_that_changes_the_text_is_passed_over(desk):
    desk.put("xclip", 'case "$*" in *-out*) echo other;; *) cat > /dev/null;; esac')
    desk.put("xsel", XCLIP.replace("-out", "--output").format(desk.clipboard))
    found = desk.copy()
    assert found.certain
    assert "xsel" in found.how


def test_a_helper_that_fails_is_named_and_the_terminal_is_tried(desk):
    desk.put("xclip", "cat > /dev/null; exit 1")
    found = desk.copy()
    assert desk.sent == [osc52(CAPTION, tmux=False, screen=False)]
    assert not found.certain
    assert found.how.startswith(
        "Sent to the terminal, which may refuse it (xclip failed with code 1)."
    )
    assert found.path == str(desk.kept)
    assert desk.kept.read_bytes() == CAPTION


def test_a_helper_that_never_answers_is_given_up(desk):
    desk.put("xclip", "exec sleep 30")
    found = copy(CAPTION, environ=desk.environ, platform="linux", timeout=0.3)
    assert found.how == "Not copied: no clipboard was reached (xclip did not answer in time)"


def test_with_no_helper_the_terminal_may_refuse(desk):
    found = desk.copy(keep=False)
    assert found.how == "Sent to the terminal, which may refuse it"
    assert (found.certain, found.path) == (False, None)


def test_inside_tmux_its_buffer_has_it_too(desk):
    desk.put("tmux", f'[ "$*" = "load-buffer -w -" ] && cat > {desk.clipboard}')
    found = desk.copy(TMUX="/tmp/tmux-0/default,1,0")
    assert desk.clipboard.read_bytes() == CAPTION
    assert desk.sent == [osc52(CAPTION, tmux=True, screen=False)]
    assert found.how.startswith("In tmux's paste buffer and sent to the terminal, which may refuse")
    assert not found.certain


def test_a_caption_too_long_for_the_terminal_goes_to_the_file(desk):
    data = b"x" * (OSC52_MAX + 1)
    found = desk.copy(data)
    assert desk.sent == []
    assert found.how.startswith("Not copied: no clipboard was reached (74995 bytes are more than")
    assert desk.kept.read_bytes() == data


def test_when_even_the_file_fails_it_says_so(desk):
    def full(_data):
        raise OSError(28, "No space left on device")

    found = copy(CAPTION, keep=full, environ={"PATH": ""}, platform="linux")
    assert found.how == (
        "Not copied: no clipboard was reached, and no file could be written either"
    )
    assert found.path is None


def test_an_empty_caption_does_not_empty_the_clipboard(desk):
    desk.put("xclip", XCLIP.format(desk.clipboard))
    assert desk.copy(b"").how == "Nothing to copy: the caption is empty"
    assert not desk.clipboard.exists()


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not here")
def test_a_real_tmux_keeps_the_same_bytes(tmp_path):
    socket = f"studio-{uuid.uuid4().hex[:8]}"
    base = {
        "PATH": "/usr/bin:/bin:/usr/local/bin",
        "TMUX_TMPDIR": str(tmp_path),
        "LC_ALL": "C.UTF-8",
    }
    tmux = ["tmux", "-L", socket, "-f", "/dev/null"]
    subprocess.run([*tmux, "new-session", "-d", "sleep 60"], env=base, check=True)
    try:
        path = subprocess.run(
            [*tmux, "display-message", "-p", "#{socket_path},#{pid},0"],
            env=base, check=True, capture_output=True, text=True,
        ).stdout.strip()  # fmt: skip
        found = copy(CAPTION, environ={**base, "TMUX": path}, platform="linux")
        assert found.how.startswith("In tmux's paste buffer, not on the clipboard")
        kept = subprocess.run(
            [*tmux, "show-buffer"], env=base, check=True, capture_output=True
        ).stdout
        assert kept == CAPTION
    finally:
        subprocess.run([*tmux, "kill-server"], env=base, check=False)
