from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_what_the_first_screen_needs_imports_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "import studio.preview.modes, studio.preview.detect, studio.preview.look_ahead\n"
        "import studio.preview.show, studio.preview.view, studio.preview.overlay\n"
        "studio.preview.overlay.overlay_label('tiktok')\n"
        "print(*{name.partition('.')[0] for name in sys.modules}"
        " & {'numpy', 'PIL', 'rich', 'rich_pixels', 'textual', 'asyncio'})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == ""
