from __future__ import annotations

import random
import time
from dataclasses import replace

import pytest

from studio.media.choosing import Choice, Entry, Sieve, as_words, parse
from studio.media.verdict import Pin, Verdict

XMAS, ATTIC = "ideas/xmas-89.md", "ideas/attic.md"
NAMES = {XMAS: "Xmas morning ’89", ATTIC: "The attic"}

ENTRIES = [
    Entry("media/a.jpg", "picture", Verdict(True, 4, "Red"), (XMAS,), ("family",), "ComfyUI"),
    Entry("media/b.jpg", "picture", Verdict(False, 2), (), (), "ComfyUI", failing=True),
    Entry("media/c.mp4", "clip", Verdict(None, 5, note="snow at the end"), (ATTIC, XMAS)),
    Entry("media/d.jpg", "picture", Verdict(None, 0, "spare take"), prompt="a street in the SNOW"),
    Entry("media/e.m4a", "music", Verdict(True), (), ("family",), failing=False),
]


@pytest.fixture
def sieve():
    return Sieve(ENTRIES, NAMES)


def shown(sieve, typed):
    return "".join(path.removeprefix("media/")[0] for path in sieve.chosen(parse(typed)))


@pytest.mark.parametrize(
    ("typed", "letters"),
    [
        ("", "abcde"),
        ("kept", "ae"),
        ("rejected", "b"),
        ("unjudged", "cd"),
        ("kept rejected", "abe"),
        ("3+", "ac"),
        ("5 stars", "c"),
        ("★★★★", "ac"),
        ("red", "a"),
        ("RED", "a"),
        ('label:"spare take"', "d"),
        ("label:SPARE", "d"),
        ("idea:xmas", "ac"),
        ("idea:morning", "ac"),
        ("idea:ideas/attic.md", "c"),
        ("idea:attic", "c"),
        ("idea:xmas idea:attic", "ac"),
        ("pillar:fam", "ae"),
        ("maker:comfy", "ab"),
        ("unused", "bde"),
        ("problems", "b"),
        ("clip", "c"),
        ("pictures", "abd"),
        ("snow", "cd"),
        ("SNOW street", "d"),
        ("snow clip", "c"),
        ("spare", "d"),
        ("attic", "c"),
        ("a.jpg", "a"),
        ("kept 3+ red idea:xmas maker:comfy picture", "a"),
        ("kept unused 3+", ""),
        ("idea:nowhere", ""),
        ("no such words", ""),
    ],
)
def test_what_is_typed_is_what_is_shown(sieve, typed, letters):
    assert shown(sieve, typed) == letters


def test_a_choice_is_made_by_toggling_too(sieve):
    choice = Choice().toggled("judged", "kept").toggled("judged", "rejected")
    assert choice == parse("kept rejected")
    assert choice.toggled("judged", "rejected") == parse("kept")
    assert Choice().toggled("stars", "3").toggled("stars", "4") == parse("4+")
    assert Choice().toggled("stars", "3").toggled("stars", "3").empty
    assert Choice().toggled("unused", "unused").toggled("unused", "unused").empty
    assert Choice().toggled("text", "snow") == parse("snow")
    for facet, value in (("colour", "Red"), ("stars", "6"), ("stars", "")):
        with pytest.raises(ValueError, match="facet"):
            Choice().toggled(facet, value)


def test_a_choice_is_said_in_words():
    choice = Choice(frozenset({"kept"}), 3, unused=True)
    assert choice.words() == "kept, 3+ stars, unused"
    assert Choice().words() == ""
    typed = parse("rejected 5+ green idea:ideas/xmas-89.md clip problems “hi”")
    assert typed.words() == "rejected, 5 stars, green, xmas-89, clips, problems, ““hi””"
    assert "Xmas morning ’89" in typed.words(NAMES)


def test_what_is_said_in_words_can_be_typed():
    for words in ("kept, 3+ stars, unused", "rejected, 5 stars, clips"):
        assert parse(words).words() == words


def test_quotes_make_a_word_of_the_language_a_word_to_look_for(sieve):
    assert parse('"kept"') == Choice(text="kept")
    assert parse('"idea:xmas" snow') == Choice(text="idea:xmas snow")
    assert parse('"not closed kept') == Choice(text="not closed kept")


@pytest.mark.parametrize(
    "typed", ["idea:", "label:", "5", "stars", "6+", "0+", ":", '"', '""', ","]
)
def test_what_is_half_typed_breaks_nothing(sieve, typed):
    assert sieve.chosen(parse(typed)) is not None
    assert parse(as_words(parse(typed))) == parse(typed)


def test_every_choice_can_be_typed_and_read_back():
    rng = random.Random(3)
    values = ["xmas", "a b", 'q"u\\o', "Red", "ünï", "x,y", "kept", "a:b", "\\", ",", "“", "3+"]
    texts = ["", "snow", "kept 3+ stars", 'a "b" \\c', "5 stars", "idea:x", "red,", ",", "★★", "0"]
    for _ in range(2000):
        some = {
            facet: frozenset(rng.sample(values, rng.randrange(3)))
            for facet in ("labels", "ideas", "pillars", "makers")
        }
        choice = Choice(
            judged=frozenset(rng.sample(["unjudged", "kept", "rejected"], rng.randrange(3))),
            stars=rng.choice([None, 1, 5]),
            kinds=frozenset(rng.sample(["picture", "clip", "music"], rng.randrange(3))),
            unused=rng.random() < 0.5,
            problems=rng.random() < 0.5,
            text=" ".join(rng.sample(texts, rng.randrange(3))),
            **some,
        )
        assert parse(as_words(choice)) == choice, as_words(choice)


def test_any_text_can_be_typed():
    rng = random.Random(4)
    for _ in range(3000):
        typed = "".join(rng.choice('ab "\\,:3+★stark\tépu') for _ in range(rng.randrange(14)))
        choice = parse(typed)
        assert parse(as_words(choice)) == choice, typed


# Counts


def test_counts_say_what_choosing_one_more_would_show(sieve):
    counts = sieve.counts(parse("3+"))
    assert counts["judged", "kept"] == 1
    assert counts["judged", "rejected"] == 0
    assert counts["judged", "unjudged"] == 1
    assert counts["stars", "1"] == 3, "its own facet is not counted in"
    assert counts["kinds", "music"] == 0
    assert counts["ideas", XMAS] == 2
    assert counts["makers", "ComfyUI"] == 1
    assert counts["unused", "unused"] == 0
    assert counts["problems", "problems"] == 0


def test_counts_within_a_facet_add_up_or_stand_alone(sieve):
    both = sieve.counts(parse("kept"))
    assert (both["judged", "kept"], both["judged", "rejected"]) == (2, 3)
    alone = sieve.counts(parse("kept"), alone=True)
    assert (alone["judged", "kept"], alone["judged", "rejected"]) == (2, 1)


def entries(rng, size):
    ideas = [f"ideas/idea-{number}.md" for number in range(60)]
    return [
        Entry(
            f"media/{number % 30}/take-{number:05}.jpg",
            rng.choice(["picture", "picture", "clip"]),
            verdict(rng),
            tuple(rng.sample(ideas, rng.choice([0, 0, 1, 2]))),
            tuple(rng.sample(["family", "school", "games"], rng.randrange(2))),
            rng.choice(["ComfyUI", "A1111", None]),
            failing=rng.choice([None, True, False]),
            prompt=f"a kid in the {rng.choice(['snow', 'rain', 'attic'])}, film grain {number}",
        )
        for number in range(size)
    ]


def verdict(rng):
    return Verdict(
        rng.choice([None, True, False]),
        rng.choice([None, 0, 1, 2, 3, 4, 5]),
        rng.choice([None, None, "Red", "Blue", "spare"]),
        rng.choice([None, None, "snow on the lens"]),
        pins=rng.choice([(), (Pin("six fingers"),)]),
    )


def plainly(entry, choice):
    """Say whether an entry is shown, as slowly and plainly as can be."""
    said = entry.verdict
    judged = {None: "unjudged", True: "kept", False: "rejected"}[said.keep]
    text = f"{entry.path} {said.note} {said.label} {entry.prompt} {[p.text for p in said.pins]}"
    return (
        (not choice.judged or judged in choice.judged)
        and (not choice.stars or (said.stars or 0) >= choice.stars)
        and (not choice.labels or said.label in choice.labels)
        and (not choice.ideas or bool(choice.ideas & set(entry.ideas)))
        and (not choice.pillars or bool(choice.pillars & set(entry.pillars)))
        and (not choice.makers or entry.maker in choice.makers)
        and (not choice.unused or not entry.ideas)
        and (not choice.problems or entry.failing is True)
        and (not choice.kinds or entry.kind in choice.kinds)
        and all(word in text for word in choice.text.split())
    )


def random_choice(rng):
    typed = ["kept", "rejected", "3+", "1+", "red", "label:spare", "idea:ideas/idea-1.md"]
    typed += ["pillar:family", "maker:A1111", "unused", "problems", "clip", "snow", "fingers"]
    return parse(" ".join(rng.sample(typed, rng.randrange(4))))


def test_the_sieve_shows_and_counts_what_a_plain_search_would_also_after_changes():
    rng = random.Random(11)
    known = {one.path: one for one in entries(rng, 120)}
    sieve = Sieve(list(known.values()), {})
    for turn in range(36):
        path = rng.choice(list(known))
        if turn % 9 == 8:
            del known[path]
            sieve.remove(path)
        else:
            known[path] = replace(known[path], verdict=verdict(rng), failing=rng.random() < 0.5)
            sieve.update(known[path])
        choice = random_choice(rng)
        right = {one.path for one in known.values() if plainly(one, choice)}
        assert set(sieve.chosen(choice)) == right
        assert len(sieve) == len(known)
        for (facet, value), count in sieve.counts(choice, alone=rng.random() < 0.5).items():
            if facet in {"unused", "problems"}:
                more = replace(choice, **{facet: True})
            elif facet == "stars":
                more = replace(choice, stars=int(value))
            else:
                continue
            assert count == sum(plainly(one, more) for one in known.values()), (facet, value)
        counts = sieve.counts(choice)
        for facet in ("judged", "labels", "ideas", "kinds"):
            for value in sorted({name for each, name in counts if each == facet})[:6]:
                more = replace(choice, **{facet: getattr(choice, facet) | {value}})
                wanted = sum(plainly(one, more) for one in known.values())
                assert counts[facet, value] == wanted, (facet, value)


def test_what_is_new_comes_last_and_what_is_known_keeps_its_place(sieve):
    sieve.update(Entry("media/0.jpg", "picture", Verdict(True)))
    sieve.update(replace(ENTRIES[1], verdict=Verdict(True)))
    assert shown(sieve, "kept") == "abe0"
    assert shown(sieve, "jpg") == "abd0"
    assert sieve.entry("media/b.jpg").verdict.keep is True
    assert sieve.entry("media/none.jpg") is None
    sieve.remove("media/none.jpg")
    with pytest.raises(ValueError, match="twice"):
        Sieve([ENTRIES[0], ENTRIES[0]], {})


def test_a_label_that_nothing_has_any_more_is_no_longer_offered(sieve):
    assert ("labels", "Red") in sieve.counts(Choice())
    sieve.update(replace(ENTRIES[0], verdict=Verdict()))
    assert ("labels", "Red") not in sieve.counts(Choice())
    assert sieve.chosen(parse("red")) == ()


def test_nothing_to_choose_from_is_nothing_chosen():
    empty = Sieve([], {})
    assert empty.chosen(Choice()) == empty.chosen(parse("kept snow")) == ()
    assert empty.counts(Choice())["judged", "kept"] == 0


def test_ten_thousand_are_sifted_and_counted_within_a_frame():
    rng = random.Random(5)
    many = entries(rng, 10_000)
    sieve = Sieve(many, {})
    choice = parse("kept 2+ snow unused")

    def cpu(work):
        times = []
        for _ in range(3):
            start = time.process_time()
            work()
            times.append(time.process_time() - start)
        return min(times)

    assert cpu(lambda: sieve.chosen(choice)) < 0.015
    assert cpu(lambda: sieve.counts(choice)) < 0.040
    changed = replace(many[5000], verdict=Verdict(True, 5))
    assert cpu(lambda: (sieve.update(changed), sieve.counts(choice))) < 0.040


# Completions


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("ke", ("kept",)),
        ("un", ("unjudged", "unused")),
        ("kept 3", ("3+",)),
        ("idea:", ("idea:xmas-89", "idea:attic")),
        ("idea:att", ("idea:attic",)),
        ("idea:morn", ("idea:xmas-89",)),
        ("maker:", ("maker:ComfyUI",)),
        ("label:s", ('label:"spare take"',)),
        ("kept ", ()),
        ("", ()),
        ('"ke', ()),
        ("kept", ()),
    ],
)
def test_a_word_begun_can_be_completed(sieve, typed, offered):
    assert sieve.completions(typed) == offered


def test_every_completion_is_understood(sieve):
    for begun in ("idea:", "label:", "pillar:", "maker:", "u", "r", "c"):
        for offer in sieve.completions(begun):
            if not offer.endswith(":"):
                assert not parse(offer).text
                assert sieve.chosen(parse(offer)) or offer in {"green", "blue", "yellow"}
