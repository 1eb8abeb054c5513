"""What happens to a fault of the program: it is logged, the design is kept, and the window lives on."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType

from platformdirs import user_log_path, user_state_path

from designer.formats.design_json import save
from designer.symbolic.issue import Refusal
from designer.ui.session import Session
from designer.ui.tr import tr


class LastResort:
    """Takes Python's last hook. `tell` says one sentence to the user."""

    def __init__(self, session: Session, tell: Callable[[str], None]) -> None:
        self._session, self._tell = session, tell
        self._before = sys.excepthook
        self._busy = False

    def stand_by(self) -> None:
        """Be asked from now on."""
        sys.excepthook = self.caught

    def stand_down(self) -> None:
        """Give the hook back."""
        if sys.excepthook == self.caught:
            sys.excepthook = self._before

    def caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log a fault, keep the design, and say where."""
        self._before(kind, error, trace)
        if self._busy or not issubclass(kind, Exception):
            return
        self._busy = True
        try:
            log = _logged(kind, error, trace)
            kept = self._kept()
        finally:
            self._busy = False
        if kept is not None:
            told = "Something went wrong inside the program. The design is kept in {file}; the log is {log}."
            self._tell(tr(told, file=kept, log=log))
        else:
            self._tell(tr("Something went wrong inside the program; the log is {log}.", log=log))

    def _kept(self) -> Path | None:
        if not self._session.edited:
            return None
        path = user_state_path("llm-designer", ensure_exists=True) / "recovered.json"
        try:
            save(self._session.design, path)
        except Refusal:
            return None
        return path


def _logged(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> Path:
    path = user_log_path("llm-designer", ensure_exists=True) / "faults.log"
    with path.open("a", encoding="utf-8") as log:
        log.write(f"\n{datetime.now().isoformat(timespec='seconds')}\n")
        log.writelines(traceback.format_exception(kind, error, trace))
    return path
