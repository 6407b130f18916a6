"""YouTube Studio's three tables."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from studio.problem import Problem
from studio.stats.readers import read

TODAY = date(2026, 11, 16)
LONDON = ZoneInfo("Europe/London")
TABLE = "youtube_studio/Table data.csv"
CHART = "youtube_studio/Chart data.csv"
TOTALS = "youtube_studio/Totals.csv"
HEAD = "Content,Video title,Video publish time,Duration,Views,Subscribers\n"


def table(*rows: str, head: str = HEAD, zone: str | None = None):
    return read("t.csv", (head + "".join(rows)).encode(), today=TODAY, zone=zone)


def odd(found) -> list[str]:
    return [note.text for note in found.notes if note.kind == "odd"]


@pytest.fixture(scope="module")
def videos(truth):
    return {key.strip(): told for key, told in truth.items() if told["platform"] == "youtube"}


@pytest.mark.parametrize("zone", ["Europe/London", "Pacific/Auckland", None])
def test_every_video_has_its_day_and_figures(zone, reading, videos, when):
    found = reading(TABLE, zone=zone)
    posts = {post.post_id: post for post in found.posts}
    assert posts.keys() == videos.keys()
    for key, post in posts.items():
        told = videos[key]
        assert (post.views, post.follows) == (int(told["views"]), int(told["follows"]))
        assert (post.reach, post.likes, post.comments, post.shares, post.saves) == (None,) * 5
        assert (post.caption, post.seconds) == (told["caption"], float(told["duration_s"]))
        assert post.posted_at.astimezone(ZoneInfo(zone or "UTC")).hour == 12
        there = post.posted_at.astimezone(ZoneInfo(zone or "UTC")).date()
        assert there == when(told["posted_at_utc"]).astimezone(LONDON).date()
        assert (post.hour_known, post.time_from, post.format) == (False, "day", "video")
        assert (post.platform, post.uploaded_at, post.partial) == ("youtube", None, False)
    assert not odd(found)


def test_ids_lose_the_blank_that_kept_spreadsheets_off_them(reading):
    ids = [post.post_id for post in reading(TABLE).posts]
    assert sum(name.startswith("-") for name in ids) == 2
    assert all(len(name) == 11 for name in ids)


def test_the_chart_adds_up_days_and_never_stands_for_lifetime_figures(reading, videos):
    found = reading(CHART)
    assert len(found.posts) == 2
    for post in found.posts:
        assert post.partial
        assert post.views == int(videos[post.post_id]["views"])
    assert found.days == ()
    assert any("2026-02-16 to 2026-11-15" in note.text for note in found.notes)


def test_totals_are_the_days_of_the_channel(reading, exports):
    found = reading(TOTALS)
    rows = (exports / TOTALS).read_text("utf-8").split()[1:]
    assert [f"{one.day},{one.value}" for one in found.days] == rows
    assert {(one.platform, one.metric) for one in found.days} == {("youtube", "views")}
    assert found.exported == date(2026, 11, 15)


def test_totals_of_weeks_are_no_days():
    found = read("t.csv", b"Date,Views\n2026-10-04,12\n2026-10-11,20\n", today=TODAY)
    assert found.days == ()
    assert any(note.kind == "empty" and "weeks" in note.text for note in found.notes)


def test_the_zip_gives_all_three_tables(exports, reading):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in (TABLE, CHART, TOTALS):
            archive.writestr(name.split("/")[1], (exports / name).read_bytes())
    found = read("Content 2026.zip", data.getvalue(), today=TODAY, zone="Europe/London")
    assert (len(found.posts), len(found.days)) == (20, 273)
    whole = [post.post_id for post in found.posts if not post.partial]
    assert whole == [post.post_id for post in reading(TABLE).posts]


@pytest.mark.parametrize(
    ("head", "day", "views"),
    [
        ("Videos,Videotitel,Veröffentlichungszeitpunkt des Videos,Dauer,Aufrufe,Abonnenten",
         "29.04.2020", "1.204"),
        ("Contenido,Título del vídeo,Hora de publicación del vídeo,Duración,Visualizaciones,"
         "Suscriptores", "29 abr 2020", "1.204"),
        ("Conteúdo,Título do vídeo,Horário de publicação do vídeo,Duração,Visualizações,Inscritos",
         "29 de abr. de 2020", "1.204"),
        ("Contenu,Titre de la vidéo,Heure de publication de la vidéo,Durée,Vues,Abonnés",
         "29 avr. 2020", "1\u202f204"),
        ("コンテンツ,動画のタイトル,動画公開時刻,長さ,視聴回数,チャンネル登録者",
         "2020/04/29", "1204"),
        ("Контент,Название видео,Время публикации видео,Продолжительность,Просмотры,Подписчики",
         "29 апр. 2020 г.", "1 204"),
        ("Content,Video title,Video publish time,Duration,Views,Subscribers",
         "Apr 29, 2020", "1,204"),
    ],
)  # fmt: skip
def test_other_languages_are_read(head, day, views):
    found = table(
        "Gesamt,,,,99999,9\n", f'abcDEF12_-x,Title,"{day}",0:01:05,"{views}",3\n', head=head + "\n"
    )
    (post,) = found.posts
    assert post.posted_at == datetime(2020, 4, 29, 12, tzinfo=UTC)
    assert (post.views, post.follows, post.seconds) == (1204, 3, 65.0)
    assert not odd(found)


def test_optional_columns_are_read_wherever_they_stand():
    head = (
        "Content,Video title,Video publish time,Comments \u00adadded,Shares,Dislikes,Likes,"
        "Subscribers lost,Subscribers gained,Views,Watch time (hours),Subscribers,Engaged views\n"
    )
    (post,) = table('abcDEF12_-x,T,"May 8, 2020",3,4,5,6,7,8,9,1.5,1,2\n', head=head).posts
    assert (post.comments, post.shares, post.likes, post.follows, post.views) == (3, 4, 6, 8, 9)


def test_columns_that_are_not_known_are_named_and_not_guessed():
    found = table('abcDEF12_-x,T,"May 8, 2020",9,12,3,77\n', head=HEAD[:-1] + ",Glorbs\n")
    assert found.posts[0].views == 12
    assert any("Glorbs" in text for text in odd(found))


def test_more_leaving_than_coming_is_no_count_of_new_followers():
    assert table('abcDEF12_-x,T,"May 8, 2020",9,12,-3\n').posts[0].follows is None


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ('abcDEF12_-x,T,"some day",9,12,3\n', "some day"),
        ('abcDEF12_-x,T,"May 8, 2020",soon,12,3\n', "soon"),
        ('abcDEF12_-x,T,"May 8, 2020",9,1.2K,3\n', "1.2K"),
        ('abc,T,"May 8, 2020",9,12,3\n', "abc"),
        ("abcDEF12_-x,T\n", "cut short"),
        ('abcDEF12_-x,T,"May 8, 2020",9,12,3\n' * 2, "line 2"),
        ('abcDEF12_-x,T,"May 8, 2020",9,12,34', "34"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(row, said):
    found = table(row)
    told = [note for note in found.notes if note.kind == "odd"]
    assert any(said in note.text and note.line in {2, 3} for note in told)


def test_a_table_of_days_that_could_be_anyones_is_not_taken():
    for text in (b"Date,Views,Mood\n2026-10-04,12,good\n", b"Date,Views\nMonday,12\n"):
        with pytest.raises(Problem, match="columns"):
            read("t.csv", text, today=TODAY)


@pytest.mark.parametrize("seed", range(24))
def test_damage_gives_no_wrong_figure(seed, exports, videos):
    dice = random.Random(seed)
    data = (exports / TABLE).read_bytes()
    if seed % 3 == 0:
        data = data[: dice.randrange(150, len(data))]
    elif seed % 3 == 1:
        data = data.decode().encode(dice.choice(["utf-16", "utf-8-sig", "utf-16-be"]))
    else:
        rows = list(csv.reader(io.StringIO(data.decode())))
        order = list(range(2, len(rows[0])))
        dice.shuffle(order)
        order = [0, 1, *order]
        out = io.StringIO()
        writer = csv.writer(out, delimiter=dice.choice(",;\t"), lineterminator="\r\n")
        writer.writerows([row[index] for index in order] for row in rows)
        data = out.getvalue().encode()
    found = read("t.csv", data, today=TODAY, zone="Europe/London")
    for post in found.posts:
        told = videos[post.post_id]
        assert post.views in {int(told["views"]), None}
        assert post.follows in {int(told["follows"]), None}
        assert post.seconds in {float(told["duration_s"]), None}
    if seed % 3:
        assert len(found.posts) == 18
    elif not data.endswith(b"\n"):
        assert odd(found)
