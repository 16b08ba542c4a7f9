"""Insight as tables: comma-separated values with a heading."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from faceorganizer.domain.ids import PersonId
from faceorganizer.domain.insight import DistanceHistogram, Insight, MapPoints, PeopleDistances, QualityHistogram
from faceorganizer.export.atomic import whole_file


def write_insight(path: Path, shown: Insight, *, pairs: bool = False) -> None:
    """Write what figures show as a table.

    Distances have the columns from, to, same, different; quality from, to, named, groups, nobody; a map face, photo,
    person, name, x, y. Of people it is the matrix (person, name, and a column for each person, by id), or with
    ``pairs`` the closest pairs: first, first_name, second, second_name, distance, photos_together, joins.

    Args:
        path: The file; replaced where it is there.
        shown: What to write.
        pairs: Of people: the closest pairs in place of the matrix.

    Raises:
        StorageError: The file cannot be written.
    """
    with whole_file(path) as stream:
        writer = csv.writer(stream)
        if isinstance(shown, DistanceHistogram):
            writer.writerow(("from", "to", "same", "different"))
            writer.writerows(_bins(shown.edges, shown.same, shown.different))
        elif isinstance(shown, QualityHistogram):
            writer.writerow(("from", "to", "named", "groups", "nobody"))
            writer.writerows(_bins(shown.edges, shown.named, shown.groups, shown.nobody))
        elif isinstance(shown, MapPoints):
            writer.writerow(("face", "photo", "person", "name", "x", "y"))
            writer.writerows(_points(shown))
        elif pairs:
            writer.writerow(("first", "first_name", "second", "second_name", "distance", "photos_together", "joins"))
            writer.writerows(_pairs(shown))
        else:
            writer.writerow(("person", "name", *(record.id for record in shown.people)))
            writer.writerows(_matrix(shown))


def _bins(edges: np.ndarray, *counts: np.ndarray) -> Iterator[Sequence[object]]:
    rounded = [f"{edge:.2f}" for edge in edges.tolist()]
    yield from zip(rounded, rounded[1:], *(column.tolist() for column in counts), strict=False)


def _points(shown: MapPoints) -> Iterable[Sequence[object]]:
    columns = (shown.faces, shown.photos, shown.persons, shown.places[:, 0], shown.places[:, 1])
    for face, photo, person, x, y in zip(*(column.tolist() for column in columns), strict=True):
        name = shown.names.get(PersonId(person), "")
        yield face, photo, "" if person < 0 else person, name, f"{x:.5f}", f"{y:.5f}"


def _pairs(shown: PeopleDistances) -> Iterator[Sequence[object]]:
    for pair in shown.pairs:
        first, second = pair.first, pair.second
        told = f"{pair.distance:.4f}", pair.photos_together, int(pair.joins)
        yield first.id, first.name or "", second.id, second.name or "", *told


def _matrix(shown: PeopleDistances) -> Iterator[Sequence[object]]:
    for record, row in zip(shown.people, shown.distances, strict=True):
        yield record.id, record.name or "", *("" if np.isnan(value) else f"{value:.4f}" for value in row)
