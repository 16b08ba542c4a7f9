"""Groups the faces of a library into people, keeping what people decided."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from faceorganizer.clustering.reconcile import reconcile
from faceorganizer.clustering.registry import clusterer
from faceorganizer.db.database import Database
from faceorganizer.domain.errors import CancelledError
from faceorganizer.domain.faces import EmbeddingModel, FaceTable
from faceorganizer.domain.geometry import IntArray
from faceorganizer.domain.progress import JobContext
from faceorganizer.domain.seams import Constraints
from faceorganizer.jobs.workers import WorkerPool
from faceorganizer.neighbours.registry import neighbour_index
from faceorganizer.services.events import EventBus, LibraryChanged
