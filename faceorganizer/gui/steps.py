"""What the steps of the history are called in the window."""

from collections.abc import Mapping
from typing import Final

from faceorganizer.gui.translation import Context, Later

steps: Final = Later("steps")
extent: Final = Context("extent")

STEPS: Final = frozenset(
    (
        steps.tr("add to album"),
        steps.tr("another model"),
        steps.tr("birth date"),
        steps.tr("break up"),
        steps.tr("change album"),
        steps.tr("confirm faces"),
        steps.tr("confirm people"),
        steps.tr("correct face"),
        steps.tr("delete album"),
        steps.tr("delete faces"),
        steps.tr("different people"),
        steps.tr("draw face"),
        steps.tr("group again"),
        steps.tr("hide people"),
        steps.tr("hide small groups"),
        steps.tr("ignore faces"),
        steps.tr("ignore unnamed faces"),
        steps.tr("import Picasa's names"),
        steps.tr("import a Takeout's names"),
        steps.tr("import csv"),
        steps.tr("import csv: decisions"),
        steps.tr("import json"),
        steps.tr("import json: decisions"),
        steps.tr("import metadata"),
        steps.tr("key face"),
        steps.tr("merge"),
        steps.tr("move faces"),
        steps.tr("name"),
        steps.tr("name face"),
        steps.tr("new album"),
        steps.tr("not a face"),
        steps.tr("note"),
        steps.tr("one person"),
        steps.tr("reject faces"),
        steps.tr("remove from album"),
        steps.tr("rename album"),
        steps.tr("restore"),
        steps.tr("restore faces"),
        steps.tr("same photo, same person"),
        steps.tr("same photo, two people"),
        steps.tr("show people"),
        steps.tr("split"),
        steps.tr("write metadata"),
    )
)


def step_in_words(step: str) -> str:
    """The label of a step in the language of the window; one of another version of the program as it is."""
    return steps.now(step)


def extent_in_words(touched: Mapping[str, int]) -> str:
    """How much a step touched, such as "2 people, 31 faces".

    Args:
        touched: How many of each kind, as the history counts them.
    """
    people, faces, photos, albums, settings = (
        touched.get(kind, 0) for kind in ("person", "face", "written", "album", "setting")
    )
    phrases = (
        extent.tr("%n person(s)", "", people) if people else "",
        extent.tr("%n face(s)", "", faces) if faces else "",
        extent.tr("%n photo(s)", "", photos) if photos else "",
        extent.tr("%n album(s)", "", albums) if albums else "",
        extent.tr("%n setting(s)", "", settings) if settings else "",
    )
    return ", ".join(filter(None, phrases))
