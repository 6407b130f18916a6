"""Copies are found whatever was done to them; variants of one prompt are left in peace."""

from __future__ import annotations

import random
import time

import pytest

from studio.media.checks.twins import near, twins
from studio.media.measure import Measures


def hashed(phash, dhash=0x0F0F):
    return Measures(100.0, 100.0, 0.0, 0.0, None, dhash, phash)


A = 0x123456789ABCDEF0


def bits(number, start=0):
    return sum(1 << (start + each) for each in range(number))


def test_a_copy_in_another_group_is_a_twin_of_both():
    found = twins(
        {"a": hashed(A), "b": hashed(A ^ bits(4)), "c": hashed(~A & (1 << 64) - 1)},
        {"a": "1", "b": "2", "c": "2"},
    )
    assert set(found) == {"a", "b"}
    assert [(each.path, each.distance, each.within) for each in found["a"]] == [("b", 4, False)]


def test_variants_of_one_prompt_are_only_twins_when_they_are_copies():
    hashes = {"a": hashed(A), "b": hashed(A ^ bits(4)), "c": hashed(A ^ bits(2))}
    one = dict.fromkeys(hashes, "prompt 1")
    found = {path: {each.path for each in told} for path, told in twins(hashes, one).items()}
    assert found == {"a": {"c"}, "b": {"c"}, "c": {"a", "b"}}
    assert {each.path for each in twins(hashes, {})["a"]} == {"b", "c"}


def test_both_hashes_have_to_agree():
    apart = hashed(A, dhash=0x0F0F ^ bits(20))
    assert twins({"a": hashed(A), "b": apart}, {}) == {}
    assert near(hashed(A), {"b": apart}) == ()


def test_the_nearest_come_first_and_no_more_than_eight():
    hashes = {f"{number}": hashed(A ^ bits(number)) for number in range(11)}
    found = twins(hashes, {})["0"]
    assert [each.distance for each in found] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert near(hashes["0"], hashes, path="0") == found


def test_a_twin_says_which_ideas_use_it():
    hashes = {"a": hashed(A), "b": hashed(A)}
    assert twins(hashes, {}, used_in={"b": ("Corner shop",)})["a"][0].used_in == ("Corner shop",)
    assert near(hashed(A), {"b": hashed(A)}, used_in={"b": ("x",)})[0].used_in == ("x",)


def test_pictures_of_one_colour_are_no_twins_of_each_other():
    blank = hashed(0, dhash=0)
    assert twins({"a": blank, "b": blank}, {}) == {}
    assert near(blank, {"b": blank}) == ()


def test_one_picture_is_asked_about_like_all():
    hashes = {"a": hashed(A), "b": hashed(A ^ bits(4)), "c": hashed(A ^ bits(1))}
    groups = {"a": "1", "b": "2", "c": "1"}
    told = near(hashes["a"], hashes, path="a", group="1", groups=groups)
    assert told == twins(hashes, groups)["a"]
    assert [each.path for each in told] == ["c", "b"]


@pytest.mark.parametrize("hashes", [{}, {"a": hashed(A)}])
def test_nothing_to_compare_with_is_no_fault(hashes):
    assert twins(hashes, {}) == {}
    assert near(hashed(A), {}) == ()


def test_ten_thousand_pictures_are_compared_in_about_a_second():
    rng = random.Random(1)
    hashes = {f"{n}": hashed(rng.getrandbits(64), rng.getrandbits(64)) for n in range(10_000)}
    hashes["copy"] = hashed(hashes["77"].phash ^ 1, hashes["77"].dhash)
    start = time.process_time()
    found = twins(hashes, {})
    assert time.process_time() - start < 2  # measured 0.25; the machine may be busy
    assert [each.path for each in found["77"]] == ["copy"]
