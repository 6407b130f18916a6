"""What a caption is made of, for comparing it with past ones."""

from __future__ import annotations

import pytest

from studio.captions.traits import Traits, traits


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Traits(0, 0, question=False, actions=())),
        ("Nobody warned us #xmas @mum", Traits(3, 0, question=False, actions=())),
        ("Mum's tea: who remembers?", Traits(4, 0, question=True, actions=())),
        ("🎄👩\u200d👩\u200d👧🇬🇧1\ufe0f\u20e3 ©1989", Traits(2, 4, question=False, actions=())),
        ("Save this, then follow!", Traits(4, 0, question=False, actions=("save", "follow"))),
        ("Link in bio. Save it. SAVE", Traits(6, 0, question=False, actions=("link", "save"))),
        ("The followers saved us", Traits(4, 0, question=False, actions=())),
        ("#save #follow @share", Traits(0, 0, question=False, actions=())),
        ("see https://x.com/?follow=1", Traits(1, 0, question=False, actions=())),
        ("覚えてる？", Traits(1, 0, question=True, actions=())),
    ],
)
def test_traits_counted_by_hand(text, expected):
    assert traits(text) == expected
