"""The recognition engine: rapidocr with its packaged PP-OCRv6 models, one thread, no download, no
telemetry.

OpenVINO where its wheel exists (1.9 times ONNX Runtime at equal accuracy here), else ONNX Runtime.
Settings are those measured in TECH 3:
1280 px, no direction classifier, pinning off, character boxes on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

import numpy as np

from casereview.settings import quiet_engine

_LISTENERS: list[Callable[[], None]] = []


def listen(heard: Callable[[], None]) -> None:
    """Call ``heard`` before each page that is recognised, so that a clock over the reader can be
    wound up again.
    """
    _LISTENERS[:] = [heard]


def on_page() -> None:
    """Tell the listener that another page begins."""
    for heard in _LISTENERS:
        heard()


@dataclass(frozen=True)
class Word:
    """One recognised line: characters with their quads (pixels), and the engine's confidence
    (0..1).
    """

    chars: tuple[tuple[str, Any], ...]
    score: float
    quad: Any


@lru_cache(maxsize=1)  # every file that is kept asks for it
def available() -> str:
    """Name of the engine that would be used, '' when none is installed."""
    if find_spec("rapidocr") is None:
        return ""
    return (
        "openvino" if find_spec("openvino") else "onnxruntime" if find_spec("onnxruntime") else ""
    )


def packaged() -> Any:
    """The engine as it comes, with our settings: what the reading of scans is measured against."""
    quiet_engine()
    import cv2
    from rapidocr import EngineType, RapidOCR

    cv2.setNumThreads(1)  # each worker has a core of its own
    kind = EngineType.OPENVINO if available() == "openvino" else EngineType.ONNXRUNTIME
    return RapidOCR(
        params={
            "Global.max_side_len": 1280,
            "Global.use_cls": False,
            "Global.log_level": "error",
            "Global.return_word_box": True,
            "Global.return_single_char_box": True,
            "Det.engine_type": kind,
            "Rec.engine_type": kind,
            "Cls.engine_type": kind,
            "EngineConfig.openvino.inference_num_threads": 1,
            "EngineConfig.openvino.enable_cpu_pinning": False,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


@lru_cache(maxsize=1)
def _engine() -> Any:
    """The engine with parts of ours: it must have been loaded and silenced before these are."""
    engine = packaged()
    from casereview.reading.engine_parts import fit

    return fit(engine)


def recognise(grey: np.ndarray) -> list[Word]:
    """Every line of text in a grey image (height x width, uint8)."""
    found = _engine()(grey)
    if found.boxes is None or found.txts is None:
        return []
    out = []
    for quad, score, chars in zip(found.boxes, found.scores, found.word_results, strict=True):
        letters = tuple(
            (c[0], np.asarray(c[2], dtype=float)) for c in chars if c and c[0] and c[2] is not None
        )
        if letters:
            out.append(Word(letters, float(score), np.asarray(quad, dtype=float)))
    return out
