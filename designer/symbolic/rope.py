"""Rotary positions and their scalings: values that a graph and a cost can read."""

from __future__ import annotations

from math import ceil, floor, log, pi
from typing import TYPE_CHECKING, ClassVar

from designer.symbolic.field import Declared, count, flag, optional_count, real, value

if TYPE_CHECKING:
    import numpy as np


class Scaling(Declared):
    """How frequencies are stretched for longer contexts. Has no parameters."""

    kind: ClassVar[str] = "scaling"
    label: ClassVar[str] = "Scaling"

    def frequencies(self, theta: float, width: int) -> tuple[np.ndarray, float]:
        """(width/2 float32 frequencies, what cosines and sines are multiplied by)."""
        return plain(theta, width), 1.0


class LinearScaling(Scaling):
    """Every frequency divided by the factor (position interpolation, Chen et al. 2023)."""

    kind: ClassVar[str] = "linear_scaling"
    label: ClassVar[str] = "Linear"
    factor: float = real(2.0, "Factor")

    def frequencies(self, theta: float, width: int) -> tuple[np.ndarray, float]:
        """Plain frequencies over the factor."""
        import numpy as np

        return plain(theta, width) / np.float32(self.factor), 1.0


class Llama3Scaling(Scaling):
    """Low frequencies divided, high ones kept, a ramp between (Llama 3.1)."""

    kind: ClassVar[str] = "llama3_scaling"
    label: ClassVar[str] = "Llama 3"
    factor: float = real(8.0, "Factor")
    low: float = real(1.0, "Low frequency factor")
    high: float = real(4.0, "High frequency factor")
    original: int = count(8192, "Original positions")

    def frequencies(self, theta: float, width: int) -> tuple[np.ndarray, float]:
        """As transformers works them out, in float32."""
        import numpy as np

        f32 = np.float32
        base = plain(theta, width)
        wave = f32(2 * pi) / base
        slow = np.where(wave > self.original / self.low, base / f32(self.factor), base)
        smooth = (f32(self.original) / wave - f32(self.low)) / f32(self.high - self.low)
        ramp = (1 - smooth) * slow / f32(self.factor) + smooth * slow
        between = (wave >= self.original / self.high) & (wave <= self.original / self.low)
        return np.where(between, ramp, slow).astype(f32), 1.0


class YarnScaling(Scaling):
    """NTK-by-parts interpolation with a temperature (YaRN, Peng et al. 2023)."""

    kind: ClassVar[str] = "yarn_scaling"
    label: ClassVar[str] = "YaRN"
    factor: float = real(4.0, "Factor")
    original: int = count(4096, "Original positions")
    fast: float = real(32.0, "Fast turns")
    slow: float = real(1.0, "Slow turns")
    truncate: bool = flag(True, "Whole bounds")
    mscale: float | None = real(None, "Temperature of cosines")
    mscale_all: float | None = real(None, "Temperature of scores")
    attention: float | None = real(None, "Attention factor")

    def temperature(self, mscale: float = 1.0) -> float:
        """0.1·mscale·ln(factor) + 1 (YaRN, equation 22)."""
        return 0.1 * mscale * log(self.factor) + 1.0 if self.factor > 1 else 1.0

    def frequencies(self, theta: float, width: int) -> tuple[np.ndarray, float]:
        """As transformers works them out, in float32."""
        import numpy as np

        low, high = self._bounds(theta, width)
        places = np.arange(width // 2, dtype=np.float32)
        ramp = np.clip((places - np.float32(low)) / np.float32(high - low or 0.001), 0, 1)
        base, keep = plain(theta, width), 1 - ramp
        mixed = base / np.float32(self.factor) * (1 - keep) + base * keep
        return mixed.astype(np.float32), self._multiplier()

    def _bounds(self, theta: float, width: int) -> tuple[float, float]:
        def place(turns: float) -> float:
            return width * log(self.original / (turns * 2 * pi)) / (2 * log(theta))

        low, high = place(self.fast), place(self.slow)
        if self.truncate:
            low, high = floor(low), ceil(high)
        return max(low, 0), min(high, width - 1)

    def _multiplier(self) -> float:
        if self.attention is not None:
            return self.attention
        if self.mscale and self.mscale_all:
            return self.temperature(self.mscale) / self.temperature(self.mscale_all)
        return self.temperature()


class Rope(Declared):
    """Rotary positions (Su et al. 2021): no parameters, queries and keys are turned by where they stand."""

    kind: ClassVar[str] = "rope"
    label: ClassVar[str] = "RoPE"
    theta: float = real(10000.0, "Base θ", key="rope_theta")
    turned: int | None = optional_count(None, "Turned width", help="Absent: the whole head width turns.")
    interleaved: bool = flag(False, "Interleaved pairs")
    scaling: Scaling | None = value(
        None, "Scaling", ("linear_scaling", "llama3_scaling", "yarn_scaling"), help="For longer contexts."
    )


def plain(theta: float, width: int) -> np.ndarray:
    """theta^(-2i/width) for i below width/2, in float32 bit for bit as transformers computes it."""
    import numpy as np

    exponents = np.arange(0, width, 2, dtype=np.int64).astype(np.float32) / np.float32(width)
    return np.float32(1) / np.power(np.float32(theta), exponents, dtype=np.float32)
