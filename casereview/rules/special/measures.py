"""Papers of seizure, by which its stage is known."""

from __future__ import annotations

SEIZURE = (
    "查封扣押决定书",
    "查封扣押审批表",
    "查封扣押清单",
    "解除查封扣押决定书",
    "查封扣押现场笔录",
    "查封扣押延长决定书",
)
