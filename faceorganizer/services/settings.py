"""Settings of the program and of one library, as one list."""

from faceorganizer.db.database import Database
