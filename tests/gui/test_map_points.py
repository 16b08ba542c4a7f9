"""Points in numbers: colours, painting, finding them again."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from faceorganizer.gui.points import View, inside_lasso, nearest, painted, person_colours, spread_out

VIEW = View(0.0, 0.0, 100.0, 400, 300)


def grid() -> np.ndarray:
    x, y = np.meshgrid(np.linspace(-1, 1, 21), np.linspace(-1, 1, 21))
    return np.column_stack([x.ravel(), y.ravel()]).astype(np.float32)


@given(st.lists(st.integers(-1, 30), max_size=40), st.sets(st.integers(0, 30)), st.booleans())
def test_each_person_has_one_colour_and_the_unnamed_are_grey(persons: list[int], named: set[int], dark: bool) -> None:
    colours = person_colours(np.array(persons, np.int64), np.array(sorted(named), np.int64), dark=dark)
    by_person = {}
    for person, colour in zip(persons, colours.tolist(), strict=True):
        key = person if person in named else None
        assert by_person.setdefault(key, colour) == colour
    shown = [tuple(colour) for colour in by_person.values()]
    assert len(set(shown)) == len(shown)


def test_points_are_painted_where_they_are() -> None:
    places = np.array([[0, 0], [1, 1], [9, 9]], np.float32)
    colours = np.array([[200, 0, 0], [0, 200, 0], [0, 0, 200]], np.uint8)
    picture = painted(VIEW, places, colours, np.zeros(3, np.bool_), (255, 255, 255), (0, 0, 0))
    assert picture[150, 200].tolist() == [0, 0, 200, 255]
    assert picture[250, 300].tolist() == [0, 200, 0, 255]
    assert picture[10, 10].tolist() == [255, 255, 255, 255]


def test_a_chosen_point_has_a_rim() -> None:
    places = np.zeros((1, 2), np.float32)
    grey = np.full((1, 3), 150, np.uint8)
    chosen = painted(VIEW, places, grey, np.ones(1, np.bool_), (255, 255, 255), (1, 2, 3))
    assert [3, 2, 1, 255] in chosen.reshape(-1, 4).tolist()


@given(
    st.lists(st.tuples(st.floats(-1, 1, width=32), st.floats(-1, 1, width=32)), min_size=1, max_size=50),
    st.integers(0, 399),
    st.integers(0, 299),
)
def test_the_nearest_point_is_found(points: list[tuple[float, float]], x: int, y: int) -> None:
    places = np.array(points, np.float32)
    away = np.linalg.norm(VIEW.on_screen(places) - [x, y], axis=1)
    row = nearest(VIEW, places, x, y, 40)
    assert (row >= 0) == (away.min() <= 40) or abs(away.min() - 40) < 1e-3
    assert row < 0 or away[row] <= away.min() + 1e-3


def test_a_lasso_holds_what_is_inside_also_where_it_is_hollow() -> None:
    places = grid()
    square = np.array([[100, 50], [300, 50], [300, 250], [100, 250]], np.float32)
    assert len(inside_lasso(VIEW, places, square)) >= 19 * 19
    hollow = np.array(
        [[100, 50], [300, 50], [300, 250], [250, 250], [250, 100], [150, 100], [150, 250], [100, 250]], np.float32
    )
    middle = nearest(VIEW, places, 200, 150, 5)
    assert middle in inside_lasso(VIEW, places, square)
    assert middle not in inside_lasso(VIEW, places, hollow)
    assert len(inside_lasso(VIEW, places, square[:2])) == 0


@given(st.floats(20, 2000), st.floats(-1, 1), st.floats(-1, 1))
def test_pictures_have_squares_of_their_own(scale: float, x: float, y: float) -> None:
    view = View(x, y, scale, 400, 300)
    rows = spread_out(view, grid(), 48)
    cells = np.floor(grid()[rows] * np.float32(scale / 48))
    assert len(np.unique(cells, axis=0)) == len(rows)


@given(st.floats(1, 5000), st.floats(-1, 1), st.floats(-1, 1), st.integers(0, 400), st.integers(0, 300))
def test_the_plane_and_the_screen_are_one(scale: float, x: float, y: float, at_x: int, at_y: int) -> None:
    view = View(x, y, scale, 400, 300)
    there = np.array([view.in_plane(at_x, at_y)], np.float32)
    np.testing.assert_allclose(view.on_screen(there)[0], [at_x, at_y], atol=0.05)
