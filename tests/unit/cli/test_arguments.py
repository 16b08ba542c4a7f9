import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceorganizer.cli.arguments import FLAGS, hoist_global_options

words = st.one_of(
    st.sampled_from([*FLAGS, "--library", "--library=x", "--", "scan", "people", "list", "-x", "--detail", ""]),
    st.text(max_size=5),
)


@pytest.mark.parametrize(
    ("given_words", "expected"),
    [
        ([], []),
        (["people", "list", "--json"], ["--json", "people", "list"]),
        (["scan", "--library", "x", "y", "--quiet"], ["--library", "x", "--quiet", "scan", "y"]),
        (["scan", "--library=x=y", "z"], ["--library=x=y", "scan", "z"]),
        (["people", "name", "3", "--", "--json"], ["people", "name", "3", "--", "--json"]),
        (["scan", "x", "--library"], ["--library"]),
        (["--library", "--json", "scan"], ["--library", "--json", "scan"]),
        (["scan", "--jsonx"], ["scan", "--jsonx"]),
    ],
)
def test_global_options_come_first(given_words: list[str], expected: list[str]) -> None:
    assert hoist_global_options(given_words) == expected


@given(st.lists(words, max_size=10))
def test_nothing_is_lost_and_the_rest_keeps_its_order(arguments: list[str]) -> None:
    hoisted = hoist_global_options(arguments)
    if hoisted == ["--library"]:
        assert "--library" in arguments
        return
    assert sorted(hoisted) == sorted(arguments)
    assert hoist_global_options(hoisted) == hoisted
    if "--" in hoisted:
        after = hoisted[hoisted.index("--") :]
        assert arguments[-len(after) :] == after


@given(st.lists(words.filter(lambda word: word != "--library"), max_size=10))
def test_words_that_are_no_global_options_stay_in_order(arguments: list[str]) -> None:
    hoisted = hoist_global_options(arguments)
    plain = [word for word in hoisted if not word.startswith("--library=") and word not in FLAGS]
    remaining = iter(arguments)
    assert all(word in remaining for word in plain)
