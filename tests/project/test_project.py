"""Making, opening, copying and checking projects."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from studio.problem import Problem
from studio.project import places, samples
from studio.project.check import check
from studio.project.create import FOLDERS, create
from studio.project.project import Project
from studio.project.properties import Document
from studio.project.recent import forget, recent, remember
from studio.project.samples import copy_sample, personal, working_copy
from studio.project.undo import Edit

REPO = Path(__file__).parents[2]


def listing(folder):
    return sorted(os.path.relpath(each, folder) for each in folder.rglob("*"))


class TestCreate:
    def test_a_new_project_has_its_folders_and_a_first_idea(self, tmp_path):
        project = create(tmp_path / "my-page", zone="Europe/London")
        assert project.config.name == "My page"
        assert project.config.zone == "Europe/London"
        assert project.config.notices == ()
        assert project.id == project.config.id
        assert all((project.root / folder).is_dir() for folder in FOLDERS)
        (idea,) = project.store.names("ideas", ".md")
        document = Document.parse(project.store.read(idea)[0])
        assert document.problem is None
        assert document.get("stage") == project.config.stages[0]
        assert check(project) == []

    def test_the_name_may_have_anything_in_it(self, tmp_path):
        name = 'A "quoted" \\ page 🎄 \x7f \n of [mine]'
        assert create(tmp_path / "x", name=name).config.name == name
        assert create(tmp_path / "ünï", today=dt.date(2026, 1, 2)).config.name == "Ünï"
        with pytest.raises(Problem, match="no time zone"):
            create(tmp_path / "y", zone="Nowhere")

    def test_a_folder_with_something_in_it_is_refused_and_left_alone(self, tmp_path, root):
        (tmp_path / "full").mkdir()
        (tmp_path / "full" / "x").write_text("mine")
        for path, what in (
            (tmp_path / "full", "not empty"),
            (tmp_path / "full" / "x", "file of this name"),
            (root, "a project already"),
        ):
            with pytest.raises(Problem, match=what):
                create(path)
        assert listing(tmp_path / "full") == ["x"]

    def test_a_folder_that_git_knows_already_is_as_good_as_empty(self, tmp_path):
        (tmp_path / "repo" / ".git").mkdir(parents=True)
        assert create(tmp_path / "repo").root == tmp_path / "repo"


class TestOpen:
    def test_what_is_no_project_is_told_with_its_mend(self, tmp_path, root):
        (tmp_path / "empty").mkdir()
        for path, what in (
            (tmp_path / "nowhere", "no such folder. Make one with: studio new "),
            (tmp_path / "empty", "it has no studio.toml.*studio new "),
            (root / "studio.toml", "it is a file.*studio "),
        ):
            with pytest.raises(Problem, match=what):
                Project.open(path)

    def test_a_broken_studio_toml_is_named_and_a_reload_keeps_the_good_one(self, root):
        project = Project.open(root)
        (root / "studio.toml").write_text("name = ")
        with pytest.raises(Problem, match=r"studio\.toml: it is no TOML"):
            project.reload()
        assert project.config.id == "abc"
        with pytest.raises(Problem, match=r"studio\.toml"):
            Project.open(root)
        (root / "studio.toml").write_text('name = "New"')
        assert project.reload().name == project.config.name == "New"

    @pytest.mark.skipif(os.name != "posix", reason="FIFOs")
    def test_a_fifo_does_not_make_us_wait(self, root):
        (root / "studio.toml").unlink()
        os.mkfifo(root / "studio.toml")
        with pytest.raises(Problem, match="not a regular file"):
            Project.open(root)

    def test_opening_changes_nothing_in_the_folder(self, root):
        (root / "studio.toml").write_text("")
        before = {each: each.stat().st_mtime_ns for each in root.rglob("*")}
        project = Project.open(root)
        assert project.id == Project.open(root / ".." / root.name).id
        assert project.config.name == root.name
        assert {each: each.stat().st_mtime_ns for each in root.rglob("*")} == before

    def test_history_and_undo_are_there_after_a_restart(self, root):
        project = Project.open(root)
        step = [Edit("ideas/a.md", b"1", project.store.version("ideas/a.md"))]
        project.undo.apply("Make", step)
        project.journal.record("ideas/a.md", b"typed", project.store.version("ideas/a.md"))
        project.journal.close()
        later = Project.open(root)
        assert later.journal.pending()[0].data == b"typed"
        assert later.undo.undo().label == "Make"
        assert later.store.version("ideas/a.md").present is False

    def test_a_copy_of_a_project_has_its_own_undo_and_a_moved_one_keeps_it(self, root, tmp_path):
        first = Project.open(root)
        shutil.copytree(root, tmp_path / "copy")
        copy = Project.open(tmp_path / "copy")
        assert copy.id == first.id
        assert copy.state != first.state
        root.rename(tmp_path / "moved")
        assert Project.open(tmp_path / "moved").state == first.state

    def test_an_id_cannot_lead_out_of_the_state_folder(self, root, home):
        for name in ("../../x", "", ".", "a/b", "x" * 300):
            (root / "studio.toml").write_text(f'id = "{name}"')
            project = Project.open(root)
            assert project.state.parent == home / "state" / "projects"
            assert project.cache.parent == home / "cache" / "projects"

    def test_it_is_cheap(self):
        code = (
            "import sys, studio.project.project\n"
            "print(*{m.partition('.')[0] for m in sys.modules} & set(sys.argv[1:]))"
        )
        heavy = "yaml tomlkit watchfiles platformdirs ctypes asyncio logging subprocess textual"
        told = subprocess.run(
            [sys.executable, "-c", code, *heavy.split()],
            capture_output=True,
            text=True,
            check=True,
            cwd=REPO,
            env={**os.environ, "PYTHONPATH": str(REPO)},
        )
        assert told.stdout.split() == []


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """One shipped sample."""
    folder = tmp_path / "repo" / "sample_projects"
    sample = folder / "rewind-89"
    (sample / "ideas").mkdir(parents=True)
    (sample / "ideas/a.md").write_text("---\ntitle: A\n---\n")
    (sample / "studio.toml").write_text(
        '# sample\nid = "shipped" # x\ntemplate = true\nname = "Rewind 89"\nzone = "UTC"\n\n'
        '[[pillars]]\nname = "home"\n'
    )
    monkeypatch.setattr(samples, "shipped", lambda name: tmp_path / "repo" / name)
    return folder


class TestSamples:
    def test_they_are_listed_with_their_names(self, shelf):
        (found,) = samples.samples()
        assert (found.name, found.title, found.path) == (
            "rewind-89",
            "Rewind 89",
            shelf / "rewind-89",
        )

    def test_a_copy_is_a_project_of_ones_own(self, shelf, tmp_path):
        copy_sample("rewind-89", tmp_path / "mine")
        project = Project.open(tmp_path / "mine")
        assert project.config.template is False
        assert project.config.pillars[0].name == "home"
        assert project.id not in {"shipped", ""}
        assert (project.root / "studio.toml").read_text().startswith('# sample\nid = "')
        assert " # x\nname" in (project.root / "studio.toml").read_text()
        assert listing(tmp_path / "mine") == listing(shelf / "rewind-89")
        made = create(tmp_path / "second", sample="rewind-89")
        assert made.id != project.id
        assert (made.root / "inbox").is_dir()

    def test_it_never_goes_over_anything(self, shelf, root):
        with pytest.raises(Problem, match="something in this place"):
            copy_sample("rewind-89", root)
        with pytest.raises(Problem, match="Choose one of: rewind-89"):
            copy_sample("nope", root / "x")

    def test_opening_a_sample_opens_ones_own_copy_again_and_again(self, shelf, home):
        copy = working_copy(shelf / "rewind-89")
        assert copy == home / "state" / "samples" / "rewind-89"
        (copy / "ideas/a.md").write_text("mine")
        assert working_copy(shelf / "rewind-89") == copy
        assert (copy / "ideas/a.md").read_text() == "mine"
        assert "template" in (shelf / "rewind-89/studio.toml").read_text()
        assert [each.name for each in copy.parent.iterdir()] == ["rewind-89"]

    def test_any_other_folder_is_opened_as_it_is(self, root, tmp_path):
        for path in (root, tmp_path / "nowhere", root / "studio.toml"):
            assert working_copy(path) == path
        (root / "studio.toml").write_text("[x]\ntemplate = true\n")
        assert working_copy(root) == root

    def test_a_copy_cut_short_is_not_taken_for_one(self, shelf, home, monkeypatch):
        def die(*_):
            raise SystemExit

        with monkeypatch.context() as patch:
            patch.setattr(samples, "personal", die)
            with pytest.raises(SystemExit):
                working_copy(shelf / "rewind-89")
        assert working_copy(shelf / "rewind-89").joinpath("studio.toml").is_file()

    def test_a_template_without_an_id_gets_one_and_keeps_its_mark(self):
        made = personal(b"\xef\xbb\xbftemplate = true\r\nname = 'x'\r\n[a]\r\nid = 'inner'\r\n")
        assert made.startswith(b'\xef\xbb\xbfid = "')
        assert made.endswith(b"name = 'x'\r\n[a]\r\nid = 'inner'\r\n")


class TestRecent:
    def test_the_latest_comes_first_and_what_is_gone_is_marked(self, root, tmp_path):
        first, second = Project.open(root), create(tmp_path / "second")
        for minute, project in enumerate((first, second, first)):
            remember(project, dt.datetime(2026, 11, 23, 12, minute, tzinfo=dt.UTC))
        assert [(each.path, each.missing) for each in recent()] == [
            (root, False),
            (second.root, False),
        ]
        assert recent()[0].opened == dt.datetime(2026, 11, 23, 12, 2, tzinfo=dt.UTC)
        shutil.rmtree(root)
        assert recent()[0].missing
        forget(root)
        assert [each.name for each in recent()] == ["Second"]

    @pytest.mark.parametrize("data", [b"", b"{", b"{}", b"[1, {}, null]", b"[" * 10000, b"\xff"])
    def test_a_damaged_list_is_an_empty_one(self, root, home, data):
        (home / "state").mkdir(parents=True)
        (home / "state" / "recent.json").write_bytes(data)
        assert recent() == []
        remember(Project.open(root))
        assert len(recent()) == 1


class TestPlaces:
    @pytest.mark.skipif(os.name != "posix", reason="XDG")
    def test_own_variables_go_before_xdg_and_a_relative_xdg_is_ignored(self, monkeypatch, tmp_path):
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "xdg"))
        assert places.state_dir() == tmp_path / "home" / "state"
        monkeypatch.delenv("STUDIO_STATE")
        assert places.state_dir() == tmp_path / "xdg" / "studio"
        monkeypatch.setenv("XDG_STATE_HOME", "relative")
        monkeypatch.setenv("HOME", str(tmp_path))
        assert tmp_path in places.state_dir().parents

    def test_what_ships_lies_beside_the_package_in_a_source_tree(self):
        assert places.shipped("themes") == REPO / "themes"

    def test_this_machine_has_a_zone(self, monkeypatch):
        assert places.is_zone(places.local_zone())
        monkeypatch.setenv("TZ", ":Europe/Paris")
        assert places.local_zone() == "Europe/Paris"


class TestCheck:
    def test_every_trouble_in_the_folder_is_named_with_its_mend(self, root):
        files = {
            "studio.toml": b'zone = "UTC"\nhues = 1\n',
            "ideas/a.md": b"---\nmedia: [media/x.jpg, media/gone.jpg, Media/Y.jpg, media/ok.png]\n"
            b"---\n",
            "ideas/b.md": b"---\ntitle: x\ntitle: y\n---\n",
            "ideas/A.md": b"",
            "ideas/a.studio-conflict-20261123T101112Z-ab12cd.md": b"mine",
            "captions/a.md": b"",
            "captions/a.tiktok.md": b"",
            "captions/nobody.md": b"",
            "media/X.JPG": b"",
            "media/ok.png": b"",
            "media/ok.png.xmp": b"",
            "media/ok.xmp": b"",
            "media/lost.jpg.xmp": b"",
            "media/Y.jpg": b"",
            "media/cafe\u0301.jpg": b"",
            "media/caf\u00e9.jpg": b"",
            "ideas/.a.md.0123456789.studio-tmp": b"half",
        }
        for path, data in files.items():
            (root / path).parent.mkdir(exist_ok=True)
            (root / path).write_bytes(data)
        os.utime(root / "ideas/.a.md.0123456789.studio-tmp", (1, 1))
        if os.name == "posix":
            (root / "media/out").symlink_to("/")
            (root / "media/dangling").symlink_to("nowhere")
            os.mkfifo(root / "ideas/fifo.md")
        told = "\n".join(f"{each.where}: {each.what}" for each in check(Project.open(root)))
        for words in (
            "studio.toml: “hues” is not known",
            "studio.toml: the project has no id",
            "ideas/a.md: it names media/gone.jpg, which is not there",
            "ideas/a.md: it names media/x.jpg, and the file is called media/X.JPG",
            "ideas/a.md: it names Media/Y.jpg, and the file is called media/Y.jpg",
            "ideas/b.md: “title” is there twice",
            "ideas/a.md: its name differs from ideas/A.md only in case",
            "ab12cd.md: it is a second version of ideas/a.md",
            "captions/nobody.md: no idea has this name",
            "media/lost.jpg.xmp: the picture or clip it tells about is gone",
            "only in case or in how accents are written",
            "ideas/.a.md.0123456789.studio-tmp: a save that was cut short",
            *(
                (
                    "media/out: it is a link that leaves the project",
                    "media/dangling: it is a link that leads nowhere",
                    "ideas/fifo.md: it is not a regular file",
                )
                if os.name == "posix"
                else ()
            ),
        ):
            assert words in told
        for fine in ("captions/a.", "ok.png", "media/ok.xmp"):
            assert fine not in told

    def test_checking_changes_nothing(self, root):
        before = {each: each.stat().st_mtime_ns for each in root.rglob("*")}
        check(Project.open(root))
        assert {each: each.stat().st_mtime_ns for each in root.rglob("*")} == before
