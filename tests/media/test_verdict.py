from __future__ import annotations

import pytest

from studio.media.verdict import LABELS, MOST_PINS, Pin, Verdict


def test_an_answer_to_a_check_is_given_changed_and_taken_back():
    verdict = Verdict(stars=3).ticked("tv-panel", "fail").ticked("hands", "pass")
    assert verdict.ticks == (("hands", "pass"), ("tv-panel", "fail"))
    assert verdict.tick("hands") == "pass"
    assert verdict.tick("teeth") is None
    assert verdict.ticked("hands", "unsure").tick("hands") == "unsure"
    assert verdict.ticked("hands", None).ticks == (("tv-panel", "fail"),)
    assert verdict.ticked("teeth", None) == verdict
    assert verdict.stars == 3


def test_the_order_of_answers_makes_no_other_verdict():
    one = Verdict().ticked("a", "pass").ticked("b", "fail")
    assert one == Verdict().ticked("b", "fail").ticked("a", "pass")


def test_an_answer_that_is_none_is_refused():
    with pytest.raises(ValueError, match="maybe"):
        Verdict().ticked("hands", "maybe")


def test_pins_are_added_at_the_end_and_taken_out_by_number():
    verdict = Verdict(keep=True).pinned(Pin("six fingers", 0.5, 0.25)).pinned(Pin("cut", start=1.5))
    assert [pin.text for pin in verdict.pins] == ["six fingers", "cut"]
    assert verdict.unpinned(0).pins == (Pin("cut", start=1.5),)
    for wrong in (-1, 2):
        with pytest.raises(IndexError):
            verdict.unpinned(wrong)


@pytest.mark.parametrize(
    "pin",
    [
        Pin("x", x=1.1),
        Pin("x", y=-0.1),
        Pin("x", x=float("nan")),
        Pin("x", start=-1.0),
        Pin("x", end=float("inf")),
    ],
    ids=repr,
)
def test_a_pin_outside_the_picture_or_clip_is_refused(pin):
    with pytest.raises(ValueError, match="pin"):
        Verdict().pinned(pin)


def test_pins_have_an_end():
    verdict = Verdict(pins=(Pin("x"),) * MOST_PINS)
    with pytest.raises(ValueError, match="at most"):
        verdict.pinned(Pin("one more"))


def test_the_colours_on_the_keys_are_lightrooms():
    assert LABELS == ("Red", "Yellow", "Green", "Blue")
