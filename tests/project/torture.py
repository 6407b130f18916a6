"""Saves without pause and is killed in the midst, again and again; run as a program.

    python torture.py FOLDER KILLS

Each child saves version n+1 of one file as soon as version n is acknowledged, and tells each
acknowledged n through a pipe. After a kill the file must be the last acknowledged version or the
one after it. Prints one JSON object; its `bad` must be empty.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from studio.project.history import History
from studio.project.store import ABSENT, Store, Version

NAME = "captions/xmas.md"


def text(number: int) -> bytes:
    line = f"version {number} of a caption that must never be torn\n".encode()
    return line * (1 + number * 37 % 400)


def number_of(data: bytes) -> int | None:
    """Return which whole version these bytes are, None if they are none."""
    try:
        number = int(data.split(b" ", 2)[1])
    except (IndexError, ValueError):
        return None
    return number if data == text(number) else None


def save_for_ever(folder: Path, start: int, pipe: int) -> None:
    store = Store(folder / "page", History(folder / "history"))
    version = store.version(NAME)
    number = start
    while True:
        number += 1
        version = store.write(NAME, text(number), if_version=version)
        os.write(pipe, number.to_bytes(4, "big"))


def main(folder: Path, kills: int) -> None:
    (folder / "page").mkdir(parents=True)
    (folder / "page" / "studio.toml").write_text('name = "torture"\n')
    Store(folder / "page", History(folder / "history")).write(
        "warm.md", b"what is imported late is imported", if_version=ABSENT
    )
    target = folder / "page" / NAME
    chance = random.Random(89)
    bad = []
    last = saves = 0
    for _ in range(kills):
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reader)
            save_for_ever(folder, last, writer)
        os.close(writer)
        told = b""
        for _ in range(chance.randint(1, 3)):
            told += os.read(reader, 4)
        time.sleep(chance.uniform(0, 0.02))  # somewhere in the midst of the next saves
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        while part := os.read(reader, 1 << 16):
            told += part
        os.close(reader)
        saves += len(told) // 4
        acknowledged = int.from_bytes(told[-4:], "big") if told else last
        data = target.read_bytes() if target.exists() else None
        found = 0 if data is None else number_of(data)
        if found not in {acknowledged, acknowledged + 1}:
            bad.append([acknowledged, found, None if data is None else len(data)])
        last = found or acknowledged
    store = Store(folder / "page", History(folder / "history"))
    left = len(store.temps(0))
    for each in store.sweep(0):
        again = store.history.get(each.digest)
        if hashlib.sha256(again).hexdigest() != each.digest:
            bad.append(["history", each.path])
    version = store.version(NAME)
    final = store.write(NAME, b"after all of it", if_version=version)
    whole = isinstance(final, Version) and version != ABSENT
    print(json.dumps({"bad": bad, "saves": saves, "left": left, "after": whole}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
