"""What tells a picture apart and describes it, without decoding its pixels."""

from pathlib import Path

from faceorganizer.domain.pictures import PictureIdentity
from faceorganizer.imaging.content import hash_content, hash_file
from faceorganizer.imaging.opening import open_picture


def identify(path: Path, *, max_megapixels: float) -> PictureIdentity:
    """Read the headers of a picture and hash it.

    Args:
        path: The file; its content, not its name, decides what it is.
        max_megapixels: Larger pictures are refused, in millions of pixels.

    Returns:
        What is known of it. Width and height are those of the upright picture; a HEIF or AVIF picture is turned by
        its container's rotation and mirroring, given here as the EXIF orientation that does the same.

    Raises:
        UnreadablePhotoError: It is missing, empty, not permitted, no regular file, no picture, damaged or too large.
    """
    with open_picture(path, max_megapixels=max_megapixels) as opened:
        return PictureIdentity(
            file_hash=hash_file(opened.file),
            content_hash=hash_content(opened.file, opened.format),
            format=opened.format,
            width=opened.width,
            height=opened.height,
            orientation=opened.orientation,
            capture=opened.capture,
        )
