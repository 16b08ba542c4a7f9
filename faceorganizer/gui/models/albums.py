"""Albums as they are shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from faceorganizer.domain.albums import AlbumRecord
from faceorganizer.domain.ids import AlbumId, ContentId, PersonId
from faceorganizer.gui.rules import in_words
from faceorganizer.gui.translation import Context

albums: Final = Context("albums")


@dataclass(frozen=True, slots=True)
class ShownAlbum:
    """An album as a card shows it.

    Attributes:
        words: The rule, or that there is none.
        counted: How many photos.
    """

    id: AlbumId
    name: str
    cover: ContentId | None
    words: str
    counted: str
    smart: bool


def shown_album(album: AlbumRecord, names: Mapping[PersonId, str]) -> ShownAlbum:
    """Say of an album what its card shows."""
    by_hand = albums.tr("Put together by hand")
    return ShownAlbum(
        id=album.id,
        name=album.name,
        cover=album.cover,
        words=in_words(album.query, names) if album.query is not None else by_hand,
        counted=albums.tr("%n photo(s)", "", album.photos),
        smart=album.smart,
    )
