"""What can be set, with defaults, bounds and descriptions.

Two scopes: the application's settings say how work is done and live in a TOML file; a library's settings change
results and live in the library itself. Each is a model of sections, each section a model of plain fields, so that
"section.field" names one setting.
"""

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from faceorganizer.domain.changes import HISTORY_MEGABYTES, KEPT_COPIES
from faceorganizer.domain.pictures import Detail

Pattern = Annotated[str, StringConstraints(min_length=1, max_length=4096, pattern=r"^[^\x00]*$")]

ModelName = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[^\s\x00](?:[^\x00]*[^\s\x00])?$")]

OWN_EMBEDDER: Final = "dlib-resnet-v1"
OWN_DETECTOR: Final = "hog"


class _Section(BaseModel):
    """Immutable; values are taken as they are, never converted; unknown ones belong to another version."""

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore", allow_inf_nan=False)


class ScanSettings(_Section):
    """How folders are read."""

    jobs: int = Field(
        default=0, ge=0, le=1000, description="Pictures analysed at the same time; 0 for one per processor core."
    )
    engine: Literal["onnxruntime", "opencv", "dlib"] = Field(
        default="onnxruntime", description="What runs the networks; the results are the same, dlib takes longest."
    )
    max_megapixels: float = Field(
        default=250.0,
        gt=0,
        le=10_000,
        description="Larger pictures, in millions of pixels, are not opened but reported.",
    )
    exclude: tuple[Pattern, ...] = Field(
        default=(),
        strict=False,
        description="Glob patterns of files and folders, relative to the scanned folder, to leave out.",
    )
    follow_links: bool = Field(default=True, description="Whether to look into folders behind symbolic links.")
    hidden: bool = Field(default=False, description="Whether to look at hidden files and folders.")
    task_seconds: int = Field(
        default=300, ge=1, le=86_400, description="Longest time in seconds for one picture before it is given up."
    )
    watch: bool = Field(
        default=False, description="Whether the window, while it is open, scans by itself what changes in the folders."
    )
    poll_seconds: float = Field(
        default=30.0, ge=1, le=86_400, description="Seconds between two looks at watched folders on network drives."
    )
    settle_seconds: float = Field(
        default=2.0, ge=0, le=3600, description="Seconds without a change before a watched file is read."
    )


class CacheSettings(_Section):
    """What is kept to be shown quickly."""

    megabytes: int = Field(
        default=2048,
        ge=0,
        le=100_000_000,
        description="Most room, in millions of bytes, for thumbnails of photos and pictures of faces; 0 keeps none.",
    )


class WindowSettings(_Section):
    """How the window looks."""

    theme: Literal["system", "light", "dark"] = Field(
        default="system", description="Colours of the window; system for those that the desktop asks for."
    )
    language: Literal["system", "en", "de"] = Field(
        default="system", description="Language of the window; system for that of the desktop."
    )


class MetadataSettings(_Section):
    """How names and faces are written for other programs."""

    where: Literal["sidecar", "file"] = Field(
        default="sidecar",
        description="Where names are written: beside the photo, or into it where its format allows that.",
    )
    sidecar_name: Literal["photo.jpg.xmp", "photo.xmp"] = Field(
        default="photo.jpg.xmp", description="How a sidecar is named after its photo."
    )
    keep_times: bool = Field(
        default=True, description="Whether a photo that is written into keeps its modification time."
    )
    exiftool: bool = Field(
        default=False,
        description="Whether ExifTool, where it is installed, writes into HEIC and AVIF photos, which have sidecars "
        "otherwise.",
    )


class AppSettings(_Section):
    """The application's settings."""

    scan: ScanSettings = ScanSettings()
    cache: CacheSettings = CacheSettings()
    window: WindowSettings = WindowSettings()
    metadata: MetadataSettings = MetadataSettings()


class VisionSettings(_Section):
    """How faces are found and described."""

    detail: Detail = Field(
        default=Detail.BALANCED, strict=False, description="How small a face may be to be found; smaller takes longer."
    )
    min_score: float = Field(
        default=0.2,
        ge=-10,
        le=10,
        description="Least confidence of the detector, on its own scale, that makes a face.",
    )
    aligner: Literal["68-point", "5-point"] = Field(
        default="68-point", description="Landmarks by which faces are aligned before they are described."
    )
    mirrored: bool = Field(
        default=False, description="Whether faces are described together with their mirror image, at twice the time."
    )

    embedder: ModelName = Field(
        default=OWN_EMBEDDER,
        description="The model that describes faces; “models use” changes it and describes all faces by it.",
    )
    detector: ModelName = Field(
        default=OWN_DETECTOR, description="What finds faces: hog for dlib's detectors, or a model that was added."
    )


class GroupingSettings(_Section):
    """How faces are grouped into people."""

    strangers: float = Field(
        default=0.35,
        gt=0,
        le=1000,
        description="Strangers tolerated among the faces near enough to count as the same person; "
        "less makes more and purer groups.",
    )
    neighbours: int = Field(default=80, ge=1, le=1000, description="Nearest faces that each face is compared with.")
    least_quality: float = Field(
        default=0.1,
        ge=0,
        le=1,
        description="Faces of lower quality, 0 to 1, join groups but do not hold them together.",
    )


class HistorySettings(_Section):
    """What can be undone."""

    megabytes: int = Field(
        default=HISTORY_MEGABYTES,
        ge=0,
        le=1_000_000,
        description="Most room, in millions of bytes, for the steps that can be undone; the oldest ones go first.",
    )


class BackupSettings(_Section):
    """Copies of the library."""

    keep: int = Field(
        default=KEPT_COPIES, ge=1, le=100_000, description="Copies of each kind that stay in the folder backups."
    )


class ReviewSettings(_Section):
    """How suggestions are dealt with."""

    automatic_from: float = Field(
        default=0.0,
        ge=0,
        le=1,
        description="Probability, 0 to 1, from which a scan follows suggestions without asking; 0 for never.",
    )
    classifier: Literal["evidence", "nearest", "knn", "svm"] = Field(
        default="evidence",
        description="What tells who somebody is: the nearest three faces of each person, the nearest face, votes of "
        "the nearest five, or a linear support vector machine, which learns anew after each change.",
    )


class StorageSettings(_Section):
    """How the library keeps what was measured."""

    descriptors: Literal["full", "compact"] = Field(
        default="full",
        description="Form of the descriptors of faces: full, or compact, rounded to a quarter of the room. “library "
        "vacuum” rounds those that are there; back at full, the next scan describes faces again from the photos.",
    )


class PrivacySettings(_Section):
    """What is kept of faces."""

    face_pictures: bool = Field(
        default=True,
        description="Whether small pictures of single faces are kept and shown; turned off, those that are kept are "
        "deleted. Photos and their thumbnails stay, with the faces in them.",
    )


class RecognitionSettings(_Section):
    """How faces are compared."""

    learned: Literal["auto", "off"] = Field(
        default="auto",
        description="Whether what was learned from confirmed faces is used; auto for as long as it measures better.",
    )


class LibrarySettings(_Section):
    """A library's settings."""

    vision: VisionSettings = VisionSettings()
    grouping: GroupingSettings = GroupingSettings()
    history: HistorySettings = HistorySettings()
    backups: BackupSettings = BackupSettings()
    review: ReviewSettings = ReviewSettings()
    recognition: RecognitionSettings = RecognitionSettings()
    storage: StorageSettings = StorageSettings()
    privacy: PrivacySettings = PrivacySettings()
