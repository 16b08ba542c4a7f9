from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceorganizer.imaging.capture import taken_from_name
from faceorganizer.imaging.formats import is_photo, sniff


@pytest.mark.parametrize(
    "name",
    [
        "a.jpg",
        "A.JPEG",
        "a.jpe",
        "a.JFIF",
        "a.png",
        "a.webp",
        "a.tif",
        "a.TIFF",
        "a.gif",
        "a.bmp",
        "a.heic",
        "a.HEIF",
        "a.hif",
        "a.avif",
        "a.dng",
        "a.CR2",
        "a.cr3",
        "a.nef",
        "a.nrw",
        "a.arw",
        "a.srf",
        "a.sr2",
        "a.raf",
        "a.orf",
        "a.rw2",
        "a.pef",
        "a.srw",
        "a.raw",
        "a.rwl",
        "a.3fr",
        "a.iiq",
        "a.kdc",
        "a.mrw",
        "a.x3f",
        "a.b.jpg",
        "\udcff\udcfe.jpg",
    ],
)
def test_photos_are_known_by_suffix(name):
    assert is_photo(name)


@pytest.mark.parametrize("name", ["", "a", "jpg", ".jpg", "a.txt", "a.jpg.xmp", "a.mp4", "a.jpg~", "a.json", "a.pdf"])
def test_other_files_are_not_photos(name):
    assert not is_photo(name)


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("IMG_20190503_142355.jpg", datetime(2019, 5, 3, 14, 23, 55)),
        ("IMG_20190503_142355_1.jpg", datetime(2019, 5, 3, 14, 23, 55)),
        ("20190503142355.jpg", datetime(2019, 5, 3, 14, 23, 55)),
        ("2019-05-03 14.23.55.jpg", datetime(2019, 5, 3, 14, 23, 55)),
        ("PXL_20210101_123456789.jpg", datetime(2021, 1, 1, 12, 34, 56, 789000)),
        ("PXL_20210101_123456789.MP.jpg", datetime(2021, 1, 1, 12, 34, 56, 789000)),
        ("IMG-20200101-WA0001.jpg", datetime(2020, 1, 1)),
        ("Screenshot_2020-01-01-10-00-00.png", datetime(2020, 1, 1, 10)),
        ("Screenshot 2020-01-01 at 10.00.00.png", datetime(2020, 1, 1, 10)),
        ("WhatsApp Image 2020-01-01 at 10.00.07.jpeg", datetime(2020, 1, 1, 10, 0, 7)),
        ("signal-2021-05-06-123456.jpg", datetime(2021, 5, 6, 12, 34, 56)),
        ("signal-2021-05-06-12-34-56-789.jpg", datetime(2021, 5, 6, 12, 34, 56, 789000)),
        ("2019-05-03T14:23:55.jpg", datetime(2019, 5, 3, 14, 23, 55)),
        ("1955_06_14 wedding.tif", datetime(1955, 6, 14)),
        ("IMG_20190503_992355.jpg", datetime(2019, 5, 3)),
        ("00000000_20190503.jpg", datetime(2019, 5, 3)),
    ],
)
def test_dates_are_read_from_names(name, taken):
    assert taken_from_name(name) == taken


@pytest.mark.parametrize(
    "name",
    [
        "",
        "DSC_0123.jpg",
        "IMG_12345678.jpg",
        "20191399.jpg",
        "20190230.jpg",
        "17000101.jpg",
        "99991231.jpg",
        "120190503.jpg",
        "2019-05.jpg",
        "2019-0503.jpg",
        "201905031.jpg",
        "٢٠١٩٠٥٠٣.jpg",
    ],
)
def test_numbers_that_are_no_dates_are_left_alone(name):
    assert taken_from_name(name) is None


@given(st.text())
def test_any_name_is_survived(name):
    taken = taken_from_name(name)
    assert taken is None or 1826 <= taken.year <= datetime.now().year + 1
    is_photo(name)


@given(st.binary(max_size=300))
def test_any_beginning_of_a_file_is_survived(head):
    sniff(head)
