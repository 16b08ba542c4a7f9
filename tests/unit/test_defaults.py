"""Rooms that do not know each other agree on defaults."""

import inspect

from faceorganizer.clustering.infomap import InfomapClusterer
from faceorganizer.settings.model import LibrarySettings
from faceorganizer.vision.detector import MIN_SCORE


def test_settings_have_the_defaults_that_vision_and_clustering_were_measured_with():
    settings = LibrarySettings()
    grouping = inspect.signature(InfomapClusterer).parameters
    assert settings.vision.min_score == MIN_SCORE
    assert settings.grouping.least_quality == grouping["least_quality"].default
    assert settings.grouping.neighbours == grouping["k"].default
    assert settings.grouping.strangers == grouping["strangers"].default
