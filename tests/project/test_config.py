"""studio.toml: understood or refused with the key, the rule and the mend; changed line by line."""

from __future__ import annotations

import pytest

from studio.problem import Problem
from studio.project.config import LIMIT, STAGES, Account, Config, Pillar, edit, parse

FULL = """\
# ours
id = "0a1b"
name = "Rewind 89"   # the page
about = "nostalgia, 80s and 90s"
zone = "Europe/London"
bans = ["wall-mounted TV", "LED string lights"]
hours = [21, 7, 7]
mood = "warm"

[[accounts]]
platform = "Instagram"
handle = "@rewind.eightynine"
followers = 817
[[accounts]]
platform = "tiktok"
handle = "rewind.eightynine"

[[pillars]]
name = "home"
tags = ["#livingroom", "wallpaper"]

[audience]
declared = "UK, born 1975–85"
"""


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_everything_in_it_is_understood(mark, end):
    config = parse(mark + FULL.replace("\n", end).encode())
    assert config == Config(
        id="0a1b",
        name="Rewind 89",
        about="nostalgia, 80s and 90s",
        zone="Europe/London",
        stages=STAGES,
        accounts=(
            Account("instagram", "rewind.eightynine", 817),
            Account("tiktok", "rewind.eightynine"),
        ),
        pillars=(Pillar("home", ("livingroom", "wallpaper")),),
        bans=("wall-mounted TV", "LED string lights"),
        hours=(7, 21),
        audience="UK, born 1975–85",
    )
    assert config.notices == ("“mood” is not known and left alone",)


def test_an_empty_file_is_a_project_with_the_usual_stages():
    config = parse(b"")
    assert config.stages == STAGES
    assert config.zone == "UTC"
    assert config.notices == ("no zone is given, times are in UTC",)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (b"\nname = x", "it is no TOML: .*line 2"),
        (b"\nname = 'caf\xe9'", "line 2 is not UTF-8"),
        (b"a = " + b"[" * 5000, "it is no TOML|nested too deeply"),
        (b"#" * (LIMIT + 1), "more than 256 KiB"),
        (b"a = " + b"1" * 5000, "it is no TOML"),
        (b"name = 5", "“name” is not text"),
        (b'zone = "Europe/Lundon"', "“zone” says 'Europe/Lundon', which is no time zone"),
        (b'zone = "../../etc/passwd"', "no time zone"),
        (b'zone = ""', "no time zone"),
        (b"stages = []", "“stages” needs at least one"),
        (b'stages = ["a", "a"]', "none of them twice"),
        (b'stages = "a"', "“stages” is not a list of texts"),
        (b"bans = [1]", "“bans” is not a list of texts"),
        (b"hours = [24]", "hours from 0 to 23"),
        (b"hours = [true]", "hours from 0 to 23"),
        (b"hours = 7", "hours from 0 to 23"),
        (b"[accounts]", "“accounts” is not a list of tables"),
        (b"[[accounts]]", "account 1 has no platform"),
        (b'[[accounts]]\nplatform="x"\nfollowers=-1', "“accounts 1: followers” is not a whole"),
        (b"[[pillars]]", "pillar 1 has no name"),
        (b'[[pillars]]\nname="a"\ntags="b"', "“pillars 1: tags” is not a list"),
        (b"audience = 1", "“audience” is not a table"),
    ],
)
def test_what_is_wrong_is_named_with_its_mend(text, what):
    with pytest.raises(Problem, match=what) as caught:
        parse(text, "my/studio.toml")
    assert caught.value.where == "my/studio.toml"
    assert caught.value.mend


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
class TestEdit:
    def test_one_key_is_one_line(self, mark, end):
        data = mark + FULL.replace("\n", end).encode()
        made = edit(data, {"name": "New “name”"})
        assert made == data.replace(b'"Rewind 89"', '"New “name”"'.encode())
        made = edit(data, {"audience.declared": "all"})
        assert made == data.replace('"UK, born 1975–85"'.encode(), b'"all"')

    def test_a_new_key_goes_before_the_tables_and_none_takes_one_out(self, mark, end):
        data = mark + FULL.replace("\n", end).encode()
        made = edit(data, {"stages": ["a", "b"], "mood": None})
        assert parse(made).stages == ("a", "b")
        assert parse(made).accounts == parse(data).accounts
        assert parse(made).notices == ()
        assert b"# ours" in made
        assert b"\n" not in made.replace(b"\r\n", b"") or end == "\n"

    def test_accounts_can_be_written(self, mark, end):
        data = mark + f'name = "x"{end}'.encode()
        made = edit(data, {"accounts": [{"platform": "tiktok", "handle": "a"}]})
        assert parse(made).accounts == (Account("tiktok", "a"),)
        assert made.startswith(data)


def test_a_broken_file_is_not_written():
    with pytest.raises(Problem):
        edit(b"name = ", {"name": "x"})
