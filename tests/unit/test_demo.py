"""The library of drawn portraits: everybody looks like themselves, and faces are where they are said to be."""

import numpy as np
import pytest

from tests.demo.portraits import STYLES, draw_person, face_box, graded, ground, look, mood

SIZE = 160


@pytest.mark.parametrize("number", range(2 * len(STYLES)))
def test_a_face_is_where_its_box_is(number: int) -> None:
    who = look(number)
    drawn = np.asarray(draw_person(who, mood(np.random.default_rng(number)), SIZE))
    x, y, wide, tall = (round(length) for length in face_box(SIZE, who))
    inside = drawn[y : y + tall, x : x + wide]
    assert inside.shape[:2] == (tall, wide)
    assert (inside[..., 3] > 0).mean() > 0.85
    skin = np.abs(inside[..., :3].astype(int) - who.skin).sum(axis=2) < 30
    assert skin.mean() > 0.3


def test_the_same_number_is_the_same_person() -> None:
    assert look(3) == look(3)
    assert len({look(number) for number in range(26)}) == 26


def test_pictures_of_somebody_differ() -> None:
    chance = np.random.default_rng(0)
    first, second = (np.asarray(draw_person(look(1), mood(chance), SIZE), int) for _ in range(2))
    assert np.abs(first - second).mean() > 1


def test_a_picture_has_the_size_that_was_asked_for() -> None:
    chance = np.random.default_rng(0)
    assert graded(ground(120, 80, chance), chance).size == (120, 80)
