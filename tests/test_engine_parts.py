"""Parts of the recognition engine say what the engine's own say."""

from __future__ import annotations

import copy

import numpy as np
import pytest
from conftest import ROOT
from PIL import Image

from casereview.reading import ocr

if not ocr.available():
    pytest.skip("no recognition engine on this machine", allow_module_level=True)

from rapidocr.cal_rec_boxes import CalRecBoxes
from rapidocr.ch_ppocr_det.utils import DetPreProcess
from rapidocr.ch_ppocr_rec.typings import TextRecOutput
from rapidocr.ch_ppocr_rec.utils import CTCLabelDecode

from casereview.reading.engine_parts import Boxes, Decoded, Ready

LETTERS = [*"行政处罚决定书某县水务局123ABCxyz。 （）"]


@pytest.fixture
def some():
    """Dice."""
    return np.random.default_rng(11)


@pytest.mark.parametrize("size", [(64, 96), (1280, 905), (37, 700), (900, 900), (5, 5)])
def test_a_picture_is_made_ready_to_the_bit(some, size):
    """At sizes that the network takes and at others, of which one is too small for it."""
    grey = some.integers(0, 256, size, dtype=np.uint8)
    picture = np.repeat(grey[:, :, None], 3, axis=2)
    for told in ({}, {"limit_side_len": 64}, {"mean": [0.4, 0.5, 0.6], "std": [0.2, 0.3, 0.1]}):
        own = DetPreProcess(**told)
        theirs, mine = own(picture), Ready.like(own)(picture)
        assert theirs.dtype == mine.dtype and np.array_equal(theirs, mine)


def read(some, lines, columns=60):
    """What a network may have seen: every other column blank, doubles and blanks among the rest."""
    seen = some.random((lines, columns, len(LETTERS) + 2), dtype=np.float32)
    seen[:, ::2, 0] += 1
    seen[:, 7:9] = seen[:, 7:8]
    seen[0, :, 0] = 2  # a line of nothing
    return seen


def test_what_was_seen_is_decoded_alike(some):
    """Text, how sure it is, and the columns of every character."""
    seen, own = read(some, 6), CTCLabelDecode(character=list(LETTERS))
    told = {"wh_ratio_list": [3.0, 4.0, 5.0, 6.0, 7.0, 7.5], "max_wh_ratio": 7.5}
    theirs, mine = own(seen, True, **told), Decoded(character=list(LETTERS))(seen, True, **told)
    assert theirs == mine and theirs[0][0][0] == "" and len(theirs[0][1][0]) > 5


def quads(some, lines):
    """Places of lines: level, leaning, upright, upside down, a few pixels small."""
    for n in range(lines):
        wide, high = some.integers(30, 500), some.integers(4, 60)
        if n % 4 == 1:
            wide, high = high, wide
        turn = np.radians((0.0, 0.0, 2.5, -7.0)[n % 4])
        flat = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], float)
        rotation = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
        yield (flat @ rotation + some.integers(100, 900, 2)).astype(np.float32)


def crop(quad):
    """A picture of the size at which a line is cut out."""
    wide, high = (int(np.linalg.norm(quad[0] - quad[n])) for n in (1, 3))
    return np.zeros((wide, high, 3) if high >= 1.5 * wide else (high, wide, 3), np.uint8)


@pytest.mark.parametrize("seed", range(8))
def test_characters_stand_where_they_stood(seed):
    """To the pixel and in the same order of corners, whatever way a line lies."""
    some = np.random.default_rng(seed)
    lines = 24
    boxes = np.array(list(quads(some, lines)))
    if seed % 2:
        boxes = np.round(boxes)
    told = {"wh_ratio_list": [8.0] * lines, "max_wh_ratio": 8.0}
    texts, words = CTCLabelDecode(character=list(LETTERS))(read(some, lines), True, **told)
    crops = [crop(quad) for quad in boxes]

    def placed(parts):
        found = TextRecOutput(
            crops, [t for t, _ in texts], [s for _, s in texts], copy.deepcopy(words)
        )
        return [
            [(c, sure, np.asarray(quad).astype(int).tolist()) for c, sure, quad in line]
            for line in parts(crops, boxes.copy(), found, True).word_results
        ]

    theirs, mine = placed(CalRecBoxes()), placed(Boxes())
    assert theirs == mine and sum(map(len, mine)) > 100


def test_a_page_is_read_alike():
    """A form from the camera, by the engine as it comes and with these parts."""
    form = Image.open(ROOT / "tests" / "data" / "手机拍的立案表.jpg").convert("L")
    grey = np.asarray(form.resize((form.width // 2, form.height // 2)))
    theirs, mine = ocr.packaged()(grey), ocr._engine()(grey)
    assert theirs.txts == mine.txts and len(mine.txts) > 10
    assert theirs.scores == mine.scores and np.array_equal(theirs.boxes, mine.boxes)
    for one, other in zip(theirs.word_results, mine.word_results, strict=True):
        assert [w[:2] for w in one] == [w[:2] for w in other]
        assert np.array_equal([w[2] for w in one], [w[2] for w in other])
