from __future__ import annotations

import csv
import io
import random
from datetime import UTC, date, datetime, timedelta

import pytest

from studio.stats.post import FIGURES
from studio.stats.readers import read

LANGUAGES = [
    "meta/Mar-01-2026_Nov-15-2026_2600890000000001.csv",
    "meta/pt_br/Mar-01-2026_Apr-30-2026_2600890000000003.csv",
    "meta/ja/Mar-01-2026_Apr-30-2026_2600890000000004.csv",
]
HEADER = (
    '"Post ID","Account ID","Account username","Account name",Description,"Duration (sec)",'
    '"Publish time",Permalink,"Post type","Data comment",Date,Views,Reach,Likes\n'
)


def meta(*rows: str, header: str = HEADER):
    return read("m.csv", (header + "".join(rows)).encode(), today=date(2026, 11, 16))


def row(n: int, published: str, code: str, *, account: str = "1", figures: str = "10,9,8") -> str:
    return (
        f'1895900000000000{n},{account},page,"Page","caption {n}",0,"{published}",'
        f'https://www.instagram.com/p/{code}/,"IG image",,Lifetime,{figures}\n'
    )


@pytest.mark.parametrize("name", LANGUAGES)
def test_figures_captions_and_formats_are_those_of_the_platform_in_every_language(
    name, reading, truth
):
    posts = reading(name).posts
    assert len(posts) == (61 if "0001" in name else 12)
    for post in posts:
        told = truth[post.post_id]
        for figure in FIGURES:
            assert post.figure(figure) == (int(told[figure]) if told[figure] else None), figure
        assert post.caption == told["caption"]
        assert post.format == told["format"]
        assert post.permalink == told["permalink"]
        assert post.seconds == (float(told["duration_s"]) if told["format"] == "reel" else None)
        assert post.account == "rewind.eightynine"
        assert post.platform == "instagram"


@pytest.mark.parametrize("name", LANGUAGES)
def test_times_are_when_the_post_went_live_not_us_pacific_wall_clocks(name, reading, truth, when):
    for post in reading(name).posts:
        told = truth[post.post_id]
        assert abs((post.uploaded_at - when(told["upload_time_utc"])).total_seconds()) < 1
        apart = abs(post.posted_at - when(told["posted_at_utc"]))
        assert apart <= timedelta(minutes=1 if told["scheduled"] == "1" else 25)
        assert post.hour_known
        assert (post.time_from == "published") == (told["scheduled"] == "1")


def test_all_five_scheduled_posts_show_the_hour_they_went_live(reading, meta_main):
    scheduled = [post for post in reading(meta_main).posts if post.time_from == "published"]
    assert len(scheduled) == 5


def test_the_hour_that_occurs_twice_when_clocks_change_is_settled_by_the_id(reading, meta_main):
    posts = reading(meta_main).posts
    twice = [post for post in posts if post.posted_at.date() == date(2026, 11, 1)]
    assert datetime(2026, 11, 1, 9, 34, tzinfo=UTC) in [
        post.posted_at.replace(second=0, microsecond=0) for post in twice
    ]


def test_a_joint_post_of_another_account_is_not_counted_and_its_line_is_told(reading, meta_main):
    found = reading(meta_main)
    assert "18999999999900001" not in {post.post_id for post in found.posts}
    assert [note.line for note in found.notes if "tapehead.archive.example" in note.text] == [57]


def test_every_post_names_the_line_its_row_begins_on(reading, meta_main, exports):
    lines = (exports / meta_main).read_bytes().decode("utf-8-sig").split("\n")
    for post in reading(meta_main).posts:
        assert lines[post.line - 1].startswith(post.post_id)


def test_impressions_of_older_exports_stand_for_views_and_it_is_said(reading, meta_older, truth):
    found = reading(meta_older)
    assert len(found.posts) == 25
    assert all(post.views <= int(truth[post.post_id]["views"]) for post in found.posts)
    assert any("Impressions" in note.text for note in found.notes)


def test_a_daily_breakdown_is_added_up_and_marked(reading):
    found = reading("meta/daily/Nov-01-2026_Nov-15-2026_2600890000000005.csv")
    assert found.kind == "Meta content, daily"
    assert len(found.posts) == 6
    assert all(post.partial and post.reach is None for post in found.posts)
    assert any("2026-11-01 to 2026-11-15" in note.text for note in found.notes)


def test_a_new_page_with_seven_posts_is_read(reading, new_truth):
    found = reading("new_page/meta/Oct-27-2026_Nov-15-2026_2600860000000001.csv")
    assert len(found.posts) == 7
    assert all(post.views == int(new_truth[post.post_id]["views"]) for post in found.posts)


def test_a_file_saved_again_by_a_european_spreadsheet_keeps_posts_apart(reading, truth, when):
    found = reading("broken/meta_semicolon_resaved.csv")
    by_link = {told["permalink"]: told for told in truth.values() if told["permalink"]}
    assert len(found.posts) == 6
    assert len({post.post_id for post in found.posts}) == 6
    for post in found.posts:
        told = by_link[post.permalink]
        assert post.post_id == post.code
        assert post.views == int(told["views"])
        assert abs(post.posted_at - when(told["posted_at_utc"])) <= timedelta(minutes=25)


def test_windows_1252_text_is_read_and_said(reading):
    found = reading("broken/meta_windows1252.csv")
    assert len(found.posts) == 8
    assert found.posts[0].caption == "Café, naïve façade – “déjà vu” £1.50"
    assert any("Windows-1252" in note.text for note in found.notes)


def test_impossible_values_are_missing_not_zero_and_their_lines_are_told(reading):
    found = reading("broken/impossible_values_meta.csv")
    assert len(found.posts) == 6
    assert found.posts[0].views is None
    assert found.posts[2].views is None
    assert found.posts[2].reach == 3400
    assert found.posts[2].likes == 5678
    assert found.posts[2].shares is None
    assert found.posts[3].views is None
    wrong = {note.line for note in found.notes if "views" in note.text}
    assert wrong == {2, 13, 16, 20, 29}
    assert any(note.line == 35 and "cut short" in note.text for note in found.notes)
    assert sum("the same post as in line 8" in note.text for note in found.notes) == 2


def test_publish_times_in_utc_are_recognised():
    # 2026-03-03 17:30 and 2026-03-12 17:30 UTC are in these codes.
    found = meta(
        row(1, "03/03/2026 17:30", "DVbkOTzgAAA"),
        row(2, "03/12/2026 17:31", "DVyvYLzgAAA"),
    )
    assert [post.posted_at for post in found.posts] == [
        datetime(2026, 3, 3, 17, 30, tzinfo=UTC),
        datetime(2026, 3, 12, 17, 30, tzinfo=UTC),
    ]
    assert all(post.hour_known for post in found.posts)


def test_publish_times_in_no_known_zone_give_no_hour():
    codes = ["DVbkOTzgAAA", "DVyvYLzgAAA", "DVbkOTzgAAB", "DVyvYLzgAAB"]
    found = meta(*(row(n, f"03/2{n}/2026 04:11", code) for n, code in enumerate(codes)))
    assert not any(post.hour_known for post in found.posts)
    assert any("time zone" in note.text for note in found.notes)


def test_unknown_columns_are_named_not_guessed():
    header = HEADER.replace("Likes", '"Glorbs"')
    found = meta(row(1, "03/03/2026 09:30", "DVbkOTzgAAA"), header=header)
    assert found.posts[0].likes is None
    assert any("Glorbs" in note.text for note in found.notes)


def test_facebook_posts_are_kept_apart_and_their_hours_not_trusted():
    header = (
        '"Post ID","Page ID","Page name",Title,"Duration (sec)","Publish time",Permalink,'
        '"Post type",Date,Views,Reach,"Reactions, Comments and Shares",Reactions,Comments,Shares\n'
    )
    found = meta(
        '122100000000001,6150000001,My page,"Hello",0,"03/12/2026 10:30",'
        "https://www.facebook.com/1/posts/2,Photos,Lifetime,100,80,12,9,2,1\n",
        header=header,
    )
    (post,) = found.posts
    assert (post.platform, post.likes, post.comments, post.shares) == ("facebook", 9, 2, 1)
    assert (post.caption, post.hour_known) == ("Hello", False)


def test_a_second_account_of_ours_in_the_same_export_is_kept():
    found = meta(
        row(1, "03/03/2026 09:30", "DVbkOTzgAAA"),
        row(2, "03/12/2026 10:30", "DVyvYLzgAAA", account="2"),
    )
    assert len(found.posts) == 2


@pytest.mark.parametrize("day", ["2026-03-04", "03/04/2026", "2026-03-04T00:00:00", "Mar 4, 2026",
                                 "04.03.2026"])  # fmt: skip
def test_daily_rows_are_never_taken_for_lifetime_however_days_are_written(day):
    found = meta(row(1, "03/03/2026 09:30", "DVbkOTzgAAA").replace("Lifetime", day))
    assert found.posts[0].partial


def test_a_day_that_cannot_be_read_is_left_out_with_its_line():
    found = meta(row(1, "03/03/2026 09:30", "DVbkOTzgAAA").replace("Lifetime", "day 7 of 9"))
    assert found.posts == ()
    assert any(note.line == 2 and "day 7 of 9" in note.text for note in found.notes)


def test_german_headers_are_understood():
    header = (
        "Beitrags-ID,Konto-ID,Benutzername des Kontos,Kontoname,Beschreibung,Dauer (Sek.),"
        "Veröffentlichungszeit,Permalink,Beitragstyp,Datenkommentar,Datum,Aufrufe,Reichweite,"
        "„Gefällt mir“-Angaben\n"
    )
    found = meta(row(1, "03.03.2026 09:30", "DVbkOTzgAAA").replace("Lifetime", "Insgesamt"),
                 header=header)  # fmt: skip
    (post,) = found.posts
    assert (post.views, post.reach, post.likes) == (10, 9, 8)
    assert post.hour_known
    assert not found.notes


def test_the_sums_of_a_daily_breakdown_are_those_of_its_rows(reading, exports):
    name = "meta/daily/Nov-01-2026_Nov-15-2026_2600890000000005.csv"
    with (exports / name).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for post in reading(name).posts:
        own = [row for row in rows if row["Post ID"] == post.post_id]
        for figure in FIGURES:
            if figure != "reach":
                assert post.figure(figure) == sum(int(row[figure.capitalize()]) for row in own)


def test_notes_tell_what_was_not_understood_from_what_has_no_figure(reading, meta_main, meta_older):
    assert [note.kind for note in reading(meta_main).notes] == ["empty"]  # the joint post
    assert [note.kind for note in reading(meta_older).notes] == ["about"]
    daily = reading("meta/daily/Nov-01-2026_Nov-15-2026_2600890000000005.csv")
    assert [note.kind for note in daily.notes] == ["about", "about"]
    assert {note.kind for note in reading("broken/meta_header_only.csv").notes} == {"empty"}
    wrong = reading("broken/impossible_values_meta.csv").notes
    assert {note.kind for note in wrong if note.line} == {"odd"}
    unknown = meta(
        row(1, "03/03/2026 09:30", "DVbkOTzgAAA"), header=HEADER.replace("Likes", "Glorbs")
    )
    assert [note.kind for note in unknown.notes] == ["odd"]


def test_stories_have_their_hour_from_the_id_in_their_address():
    # The media ids of DVbkOTzgAAA and DVyvYLzgAAA: 2026-03-03 and 2026-03-12, 17:30 UTC.
    ids = [(1772559000000 - 1314220021721) << 23, (1773336600000 - 1314220021721) << 23]
    header = (
        '"Post ID","Account ID","Account username","Account name",Description,"Duration (sec)",'
        '"Publish time",Permalink,"Post type","Data comment",Date,Views,Reach,Likes,Shares,Replies,'
        'Navigation,"Profile visits","Sticker taps","Link clicks",Follows\n'
    )
    rows = [
        f'1895900000000000{n},1,page,"Page","",5,"{told}",https://www.instagram.com/stories/page/'
        f'{ids[n]},"IG story",,Lifetime,99,80,7,3,2,120,4,0,1,{n}\n'
        for n, told in enumerate(["03/03/2026 09:30", "03/12/2026 10:30"])
    ]
    found = meta(*rows, header=header)
    assert [post.format for post in found.posts] == ["story", "story"]
    assert [post.posted_at for post in found.posts] == [
        datetime(2026, 3, 3, 17, 30, tzinfo=UTC),
        datetime(2026, 3, 12, 17, 30, tzinfo=UTC),
    ]
    assert all(post.hour_known for post in found.posts)
    assert [post.figures for post in found.posts] == [
        (99, 80, 7, None, 3, None, 0),
        (99, 80, 7, None, 3, None, 1),
    ]
    assert [note.kind for note in found.notes] == ["empty"]
    stranger = meta(rows[0].replace(str(ids[0]), "3999999999999999999"), header=header)
    assert not stranger.posts[0].hour_known


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        (
            "Identificador de la publicación,Identificador de la cuenta,Nombre de usuario de la"
            " cuenta,Nombre de la cuenta,Descripción,Duración (segundos),Hora de publicación,Enlace"
            " permanente,Tipo de publicación,Comentario sobre los datos,Fecha,Visualizaciones,"
            "Alcance,Me gusta,Veces que se compartió,Seguimientos,Comentarios,Veces que se guardó",
            "Carrusel de Instagram",
        ),
        (
            "ID del post,ID dell'account,Nome utente dell'account,Nome account,Descrizione,Durata"
            " (sec),Orario di pubblicazione,Permalink,Tipo di post,Commento sui dati,Data,"
            "Visualizzazioni,Copertura,Mi piace,Condivisioni,Follower,Commenti,Salvataggi",
            "Carosello di Instagram",
        ),
        (
            "Beitrags-ID,Konto-ID,Konto-Benutzername,Kontoname,Beschreibung,Dauer (Sek.),"
            "Veröffentlichungszeitpunkt,Permalink,Beitragstyp,Datenkommentar,Datum,Aufrufe,"
            "Reichweite,„Gefällt mir“-Angaben,Geteilte Inhalte,Neue Follower,Kommentare,"
            "Gespeicherte Beiträge",
            "IG Karussell",
        ),
        (
            "ID de publication,Identifiant du compte,Nom d’utilisateur du compte,Nom du compte,"
            "Description,Durée (sec),Heure de publication,Permalien,Type de publication,"
            "Commentaire sur les données,Date,Vues,Couverture,J’aime,Partages,Abonnements,"
            "Commentaires,Enregistrements",
            "Carrousel Instagram",
        ),
    ],
)
def test_other_languages_give_all_seven_figures(header, kind):
    found = meta(
        row(1, "03/03/2026 09:30", "DVbkOTzgAAA", figures="1,2,3,4,5,6,7").replace(
            "IG image", kind
        ),
        header=header + "\n",
    )
    (post,) = found.posts
    assert post.figures == (1, 2, 3, 6, 4, 7, 5)
    assert (post.format, post.hour_known, post.account) == ("carousel", True, "page")
    assert not found.notes


@pytest.mark.parametrize("name", LANGUAGES)
@pytest.mark.parametrize("seed", range(4))
def test_damage_gives_no_wrong_figure(seed, name, exports, truth):
    dice = random.Random(f"{seed} {name}")
    data = (exports / name).read_bytes()
    if seed % 2:
        data = data[: dice.randrange(400, len(data))]
    else:
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
        order = list(range(len(rows[0])))
        dice.shuffle(order)
        out = io.StringIO()
        csv.writer(out, delimiter=dice.choice(",;\t")).writerows(
            [cells[index] for index in order] for cells in rows
        )
        data = out.getvalue().encode(dice.choice(["utf-16", "utf-8", "utf-16-be"]))
    found = read(name, data, today=date(2026, 11, 16))
    own = [post for post in found.posts if post.post_id in truth]
    for post in own:
        told = truth[post.post_id]
        for figure in FIGURES:
            assert post.figure(figure) in {int(told[figure]), None}
    if seed % 2 == 0:
        assert len(own) == (61 if "0001" in name else 12)
    elif not data.endswith(b"\n"):
        assert any(note.kind == "odd" for note in found.notes)
