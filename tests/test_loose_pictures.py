"""Loose pictures of which a sheet of the case tells."""

from __future__ import annotations

import pytest

from casereview.rules.kinds.stated import told_on


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("照片/02.门口堆物.jpg", True),
        ("IMG_0417.jpg", True),
        ("1.jpg", False),
        ("照片.jpg", False),
        ("现场照片.jpg", False),
        ("后院堆物.jpg", False),
    ],
)
def test_a_sheet_tells_of_a_picture_whose_name_it_writes(paper_of, file, told):
    """A number, a word or the title of the sheet names no picture."""
    rows = ("现场照片", "门口堆物，1月5日拍摄，拍摄人孙强。", "IMG_0417，同日拍摄。")
    assert told_on(file, [paper_of("现场照片", *rows)]) is told
