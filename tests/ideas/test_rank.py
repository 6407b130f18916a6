from __future__ import annotations

import random

import pytest

from studio.ideas.rank import between, is_rank


def insert(ranks, place):
    before = ranks[place - 1] if place else None
    after = ranks[place] if place < len(ranks) else None
    ranks.insert(place, between(before, after))


def test_cards_dropped_anywhere_stay_in_order():
    pick = random.Random(1)
    ranks = []
    for _ in range(2000):
        insert(ranks, pick.randint(0, len(ranks)))
    assert ranks == sorted(set(ranks))
    assert all(is_rank(rank) for rank in ranks)
    assert max(map(len, ranks)) < 12


@pytest.mark.parametrize("place", [lambda n: 0, lambda n: n], ids=["top", "bottom"])
def test_two_thousand_cards_added_at_one_end_keep_short_ranks(place):
    ranks = []
    for _ in range(2000):
        insert(ranks, place(len(ranks)))
    assert ranks == sorted(set(ranks))
    assert all(is_rank(rank) for rank in ranks)
    assert max(map(len, ranks)) <= 7


@pytest.mark.parametrize("place", [lambda n: min(1, n), lambda n: max(0, n - 1)])
def test_cards_dropped_at_the_same_spot_again_and_again_stay_in_order(place):
    ranks = []
    for _ in range(400):
        insert(ranks, place(len(ranks)))
    assert ranks == sorted(set(ranks))
    assert all(is_rank(rank) for rank in ranks)


def test_neighbours_without_room_get_a_longer_rank_between_them():
    assert "V" < between("V", "W") < "W"
    assert "V" < between("V", "V1") < "V1"
    assert "Vz" < between("Vz", "W") < "W"
    assert between(None, "0001") < "0001"
    assert between("zzz", None) > "zzz"


@pytest.mark.parametrize("pair", [("V", "V"), ("W", "V"), ("V0", None), ("", None), ("ä", None)])
def test_what_is_no_pair_of_ranks_is_refused(pair):
    with pytest.raises(ValueError, match="rank"):
        between(*pair)


@pytest.mark.parametrize("text", [None, "", "1.5", "V0", "a" * 101, " V", "V\n", "é"])
def test_what_humans_write_as_rank_may_be_no_rank(text):
    assert not is_rank(text)
