"""Descriptors rounded by vacuum, and described again by a scan, of real faces."""

import sqlite3

import numpy as np
from album_material import FACES, Scanned

from faceorganizer.domain.geometry import FloatArray


def stored(album: Scanned) -> list[bytes]:
    with sqlite3.connect(album.program.library / "library.sqlite") as connection:
        return [row[0] for row in connection.execute("SELECT vector FROM descriptor ORDER BY face_id")]


def descriptors(album: Scanned) -> FloatArray:
    return np.array([np.frombuffer(vector, "<f4") for vector in stored(album)])


def test_there_and_back_again(scanned: Scanned) -> None:
    faces = sum(FACES.values())
    scanned.name_everybody()
    before, names = descriptors(scanned), scanned.names()
    scanned.program.run("settings", "set", "storage.descriptors", "compact")
    assert scanned.program.document("library", "vacuum")["rounded"] == faces
    assert [len(vector) for vector in stored(scanned)] == [128] * faces
    scanned.program.run("suggest", "--all")
    scanned.program.run("cluster")
    assert scanned.names() == names
    assert scanned.scan()["photos"]["unchanged"] > 0
    assert [len(vector) for vector in stored(scanned)] == [128] * faces
    scanned.program.run("settings", "set", "storage.descriptors", "full")
    scanned.scan()
    np.testing.assert_allclose(descriptors(scanned), before, atol=1e-5)
    assert scanned.names() == names
    scanned.program.check()
