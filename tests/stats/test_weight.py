"""Start-up and reading stay cheap."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from studio.stats.readers import read
from studio.stats.table import merge

HEAVY = ["openpyxl", "pandas", "numpy", "zipfile", "asyncio", "textual", "subprocess"]


@pytest.mark.parametrize(
    "module",
    [
        "studio.stats.post",
        "studio.stats.table",
        "studio.stats.summary",
        "studio.stats.exports",
        "studio.stats.readers",
        "studio.stats.import_report",
        "studio.stats",
        "studio.stats.when",
        "studio.stats.what",
        "studio.stats.who",
        "studio.report.gather",
        "studio.report.told",
    ],
)
def test_nothing_heavy_is_loaded_before_it_is_needed(module):
    code = f"import sys, {module}; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_reading_csv_loads_neither_pandas_nor_openpyxl(exports, meta_main):
    code = (
        "import sys, pathlib; from studio.stats.readers import read;"
        f"read('m', pathlib.Path({str(exports / meta_main)!r}).read_bytes());"
        f"print([m for m in {HEAVY!r} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_eight_thousand_posts_are_read_within_half_a_second(exports, meta_main):
    text = (exports / meta_main).read_bytes().decode("utf-8-sig")
    header, rows = text.split("\n", 1)
    many = [header]
    for n in range(131):
        # other ids and shortcodes, so that every row is a post of its own
        copy = rows.replace("\n189", f"\n{300 + n}").replace("/p/D", f"/p/{chr(65 + n % 3)}{n:03}")
        many.append(copy.replace("/reel/D", f"/reel/{chr(65 + n % 3)}{n:03}").rstrip("\n"))
    data = "\n".join(many).encode()
    took = []
    for _ in range(3):
        start = time.process_time()
        table = merge([read("big.csv", data)])
        took.append(time.process_time() - start)
    assert len(table.posts) > 7_800
    assert min(took) < 0.5
