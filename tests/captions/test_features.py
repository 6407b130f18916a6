"""A caption's features are what a reader would say of it, and nothing is guessed."""

from __future__ import annotations

import csv
import random
from collections import Counter
from pathlib import Path

import pytest

from studio.captions.features import HASHTAGS, HOOKS, LENGTHS, features, hook

ROOT = Path(__file__).parents[2]
EXPORTS = ROOT / "tests" / "stats" / "exports"
SAMPLE = ROOT / "sample_projects" / "rewind-89"


@pytest.fixture(scope="module")
def captions():
    made = []
    for name in ("truth.csv", "new_page/truth.csv"):
        with (EXPORTS / name).open(encoding="utf-8", newline="") as file:
            made += [row["caption"] for row in csv.DictReader(file)]
    made += [path.read_text("utf-8") for path in sorted((SAMPLE / "captions").glob("*.md"))]
    return made


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Do you still remember the school dinner tray? 🍮🍮\n\nCustard.", "question"),
        ("what was the pattern on your bus #busride", "question"),
        ("懐かしい駄菓子屋さん、覚えてる？🍬", "question"),
        ("هل تتذكر؟", "question"),
        ("30 hashtags, because 2015 wants them back:", "number"),
        ("Seven things only a caretaker knew", "number"),
        ("7 Dinge, die es nicht mehr gibt", "number"),
        ("📠 Things that no longer exist: the answering machine. Hello? ... click.", "memory"),
        ("POV: it is 1989 and here is the power cut. 🕯️", "memory"),
        ("Arcade carpet, 1991.", "memory"),
        ("שבת בבוקר, 1989 📼", "memory"),
        ("The summer of '89 smelled of chlorine.", "memory"),
        ("One photo of the school disco and I am nine again. 🪩", "memory"),
        ("🏕️ Rate a caravan holiday in the rain out of ten, honestly.", "command"),
        ("Tell me your age with the overhead projector. 🏫", "command"),
        ("Look: the good scissors", "statement"),
        ("Name badges were compulsory on Mondays.", "statement"),
        ("The bus ticket you collected. That is the whole post. 🚌🚌", "you"),
        ('"WHO has used the good scissors on PAPER."\n\nNobody, Mum.', "quote"),
        ("« Qui a pris mes ciseaux ? »", "quote"),
        ('He said "be kind, rewind", then charged us a pound.', "statement"),
        ("✨\n.\n.\nNobody talks about the power cut enough. 🕯️", "statement"),
        ("It cost £1989 and we cried.", "statement"),
        ("Der Teppich war braun und das Sofa auch.", "other"),
        ("صباح الخير من عام جديد ☕📻", "other"),
        ("Vinilos, cromos, chicles.", "other"),
        ("", "none"),
        ("📼", "none"),
        ("#remember #1989 https://example.com/why?", "none"),
    ],
)
def test_the_first_sentence_is_told_as_a_reader_would_tell_it(text, expected):
    assert hook(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Custard.\n\nSave this for someone who was there.\n#dinner", "save"),
        ("The radio.\nTag your brother, he will deny it.", "share"),
        ("The lid.\n\n✨ Comment the year you were born 👇", "comment"),
        ("We found it. Please follow for one memory a day.", "follow"),
        ("It is in the shop, link in bio. Save it.", "link"),
        ("Click here for the shop", "link"),
        ("Things that no longer exist. Hello? ... click.", "nothing"),
        ("We used to save for months and share one bag.", "nothing"),
        ("The comments are closed. Following the bus was the game.", "nothing"),
        ("It is the sound of Saturday. #save #follow", "nothing"),
        ("", "nothing"),
        ("Speichere das für später und teile es.", None),
        ("懐かしい駄菓子屋さん 🍬", None),
    ],
)
def test_what_a_caption_asks_for_is_told_in_english_only(text, expected):
    assert features(text).get("asks for") == expected


def test_lengths_and_tags_are_counted_by_hand():
    told = features("Custard touched everything 🍮 #a #b #c #d")
    assert told["caption length"] == "up to 50"
    assert told["hashtags"] == "4–5"
    assert told["emoji"] == "yes"
    assert told["question"] == "no"
    assert features("")["caption length"] == "none"
    assert features("x" * 51)["caption length"] == "51–150"
    assert features("x" * 501)["caption length"] == "over 500"
    assert features("#a1 " * 6)["hashtags"] == "over 5"
    assert features("plain")["hashtags"] == "0"


def test_real_captions_get_every_feature_from_the_known_levels(captions):
    told = [features(text) for text in captions]
    assert len(told) > 150
    assert {one["hook"] for one in told} <= set(HOOKS)
    assert {one["caption length"] for one in told} <= set(LENGTHS)
    assert {one["hashtags"] for one in told} <= set(HASHTAGS)
    hooks = Counter(one["hook"] for one in told)
    assert all(hooks[name] >= 10 for name in ("question", "memory", "command", "statement"))
    asks = Counter(one.get("asks for") for one in told)
    assert all(asks[name] >= 5 for name in ("save", "share", "comment", "follow", "nothing"))


def test_captions_in_other_languages_are_never_read_as_english(captions):
    foreign = [
        text
        for text in captions
        if sum(letter.isalpha() and letter > "\u0250" for letter in text) > len(text) / 3
    ]
    assert foreign
    for text in foreign:
        assert features(text).get("asks for") is None
        assert features(text)["hook"] in {"question", "number", "memory", "quote", "other"}


def test_no_text_whatever_breaks_it(captions):
    rng = random.Random(4)
    pool = "".join(captions) + "\x00\u202e\ud800\u2028'’\"“«#@.:;!?\t"
    for _ in range(300):
        text = "".join(rng.choices(pool, k=rng.randrange(120)))
        told = features(text)
        assert told["hook"] in HOOKS
        assert all(told.values())
    assert features("a" * 100_000)["caption length"] == "over 500"
    assert features("'" * 50_000)["hook"] == "none"
