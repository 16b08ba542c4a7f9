"""Typed ids. Each is the integer primary key of one table of the library."""

from typing import NewType

RootId = NewType("RootId", int)
ContentId = NewType("ContentId", int)
FileId = NewType("FileId", int)
FaceId = NewType("FaceId", int)
ModelId = NewType("ModelId", int)
PersonId = NewType("PersonId", int)
RunId = NewType("RunId", int)
AlbumId = NewType("AlbumId", int)
