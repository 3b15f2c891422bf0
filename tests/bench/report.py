"""What was measured: said in a table, kept in a file, compared with the last time."""

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

LATEST = Path(__file__).parent.parent.parent / ".bench/latest.json"
TIMES = {"ms", "p95 ms", "s"}
UNIT = "× calibration"
FEW, MANY = 600, 20_000
TOLERANCE = 1.2


@dataclass(frozen=True)
class Measure:
    scenario: str
    size: int
    metric: str
    value: float
    budget: float | None = None

    @property
    def ok(self):
        return self.budget is None or self.value <= self.budget

    @property
    def key(self):
        return self.scenario, self.size, self.metric


class Report:
    def __init__(self, size):
        self.size, self.measures = size, []

    def add(self, scenario, metric, value, budget=None):
        measure = Measure(scenario, self.size, metric, round(value, 2), budget)
        self.measures.append(measure)
        limit = "" if budget is None else f"  budget {budget:g}"
        say(f"  {scenario:<34}{metric:<22}{measure.value:>10g}{limit}{'' if measure.ok else '  DÉPASSÉ'}")

    @property
    def broken(self):
        return [measure for measure in self.measures if not measure.ok]

    def keep(self) -> list[str]:
        """Writes the file; returns a sentence for each time that grew by more than a fifth since the last one."""
        known = json.loads(LATEST.read_text()) if LATEST.exists() else []
        said = self._regressions({(one["scenario"], one["size"], one["metric"]): one["value"] for one in known})
        others = [one for one in known if one["size"] != self.size]
        LATEST.parent.mkdir(exist_ok=True)
        rows = [*others, *(asdict(measure) | {"ok": measure.ok} for measure in self.measures)]
        LATEST.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
        return said

    def growth(self) -> list[str]:
        """From the fewest people to the most, each time in units of the calibration loop; what grows first."""
        known = json.loads(LATEST.read_text())
        found = {(one["scenario"], one["size"]): one["value"] for one in known if one["metric"] == UNIT}
        ratios = {
            name: (found[name, FEW], found[name, MANY])
            for name, size in found
            if size == FEW and found[name, FEW] and (name, MANY) in found
        }
        most = sorted(ratios.items(), key=lambda one: one[1][0] / one[1][1])
        return [f"{name:<40}{few:>8g} → {many:<8g} × {many / few:.1f}" for name, (few, many) in most]

    def _regressions(self, before):
        """Times are compared in units of the calibration loop: the machine may have changed."""
        unit = {measure.key: measure.value for measure in self.measures}
        calibration = ("calibration", self.size, "ms")
        if calibration not in before:
            return []
        machine = unit[calibration] / before[calibration]
        return [
            f"{measure.scenario}, {measure.metric} : {before[measure.key]:g} → {measure.value:g}"
            for measure in self.measures
            if measure.metric in TIMES
            and measure.scenario != "calibration"
            and before.get(measure.key)
            and measure.value > before[measure.key] * machine * TOLERANCE
        ]


def say(line=""):
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
