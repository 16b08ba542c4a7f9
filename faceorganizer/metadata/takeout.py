"""Who is in a photo, by the JSON files of a Google Takeout: names without places."""

import json
from pathlib import Path
from typing import Final

from faceorganizer.domain.people import clean_name, distinct_names
from faceorganizer.domain.regions import Reading
from faceorganizer.metadata.files import contents
from faceorganizer.metadata.sidecar import takeout_names

_MOST: Final = 1000
_LONGEST_NAME: Final = 1000


def read_takeout(photo: Path) -> Reading:
    """Read the names of the people in a photo; empty where no such file is beside it, or it says nothing of them."""
    for name in takeout_names(photo.name):
        data = contents(photo.with_name(name))
        if data is None:
            continue
        try:
            said = json.loads(data)
        except (ValueError, RecursionError):
            return Reading(problems=(f"{name} is damaged",))
        people = said.get("people") if isinstance(said, dict) else None
        if isinstance(people, list):
            return Reading(names=tuple(_names(people)))
    return Reading()


def _names(people: list[object]) -> list[str]:
    said = (person.get("name") for person in people[:_MOST] if isinstance(person, dict))
    names = (clean_name(name[:_LONGEST_NAME]) for name in said if isinstance(name, str))
    return distinct_names(filter(None, names))
