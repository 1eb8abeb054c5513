"""Undo as a list of designs and a finger."""

from __future__ import annotations

from dataclasses import field, replace
from typing import Any

from designer.design.tree import Design
from designer.symbolic.frozen import frozen


@frozen
class StepTaken:
    """A design with the name of the step that led to it, and what was selected then."""

    design: Design
    title: str = ""
    gesture: object | None = None
    view: Any = None


@frozen
class History:
    """All steps, and which one is present. A value: every change gives a new history."""

    steps: tuple[StepTaken, ...]
    present: int = 0
    limit: int = field(default=1000, repr=False)

    @staticmethod
    def of(design: Design) -> History:
        """A history that begins with this design."""
        return History((StepTaken(design),))

    @property
    def design(self) -> Design:
        """The present design."""
        return self.steps[self.present].design

    @property
    def view(self) -> Any:
        """What was selected when the present step was left."""
        return self.steps[self.present].view

    def committed(
        self, design: Design, title: str, gesture: object | None = None, view: Any = None
    ) -> History:
        """One step further; a step of the same gesture takes the place of the one before."""
        now = self.steps[self.present]
        step = StepTaken(design, title, gesture, view)
        kept = self.steps[: self.present + 1]
        if gesture is not None and now.gesture == gesture and self.present > 0:
            return replace(self, steps=(*kept[:-1], step))
        steps = (*kept, step)[-self.limit :]
        return replace(self, steps=steps, present=len(steps) - 1)

    def seen(self, view: Any) -> History:
        """The same steps; the present one remembers what is selected."""
        step = replace(self.steps[self.present], view=view)
        return replace(self, steps=(*self.steps[: self.present], step, *self.steps[self.present + 1 :]))

    @property
    def undoes(self) -> str | None:
        """The title of the step that undo takes back; None where there is none."""
        return self.steps[self.present].title if self.present > 0 else None

    @property
    def redoes(self) -> str | None:
        """The title of the step that redo takes again; None where there is none."""
        return self.steps[self.present + 1].title if self.present + 1 < len(self.steps) else None

    def undone(self) -> History:
        """One step back; the same history at the beginning."""
        return replace(self, present=max(self.present - 1, 0))

    def redone(self) -> History:
        """One step forth; the same history at the end."""
        return replace(self, present=min(self.present + 1, len(self.steps) - 1))
