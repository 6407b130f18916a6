from __future__ import annotations

from datetime import date

import pytest

from studio.project.project import Project
from studio.stats.exports import plan_import
from studio.stats.import_report import import_text

TODAY = date(2026, 11, 16)


@pytest.fixture
def project(tmp_path, monkeypatch) -> Project:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = tmp_path / "page"
    root.mkdir()
    (root / "studio.toml").write_text('id = "a1"\nname = "Rewind 89"\nzone = "Europe/London"\n')
    return Project.open(root)


def test_an_import_is_told_file_by_file_with_lines(project, exports, meta_main):
    plan = plan_import(
        project.store,
        [exports / meta_main, exports / "broken" / "login_page_saved_as.csv"],
        today=date(2026, 11, 16),
    )
    text = import_text(plan)
    assert "Meta content: 61 posts, 61 new, 0 updated, 0 unchanged" in text
    assert "line 57: a joint post published by tapehead.archive.example" in text
    assert "login" in text
    assert text.splitlines()[-1] == "1 file to import, 61 new and 0 updated posts, 1 not understood"


def test_a_note_repeated_on_many_lines_is_told_once(project, exports):
    plan = plan_import(
        project.store, [exports / "broken" / "meta_semicolon_resaved.csv"], today=TODAY
    )
    assert "lines 2, 8, 13, 16, 20, 29: the post id is spoilt" in import_text(plan)


