"""What the steps of the history are called in the window."""

from typing import Final

from faceorganizer.gui.translation import Later

steps: Final = Later("steps")

STEPS: Final = frozenset(
    (
        steps.tr("add to album"),
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
