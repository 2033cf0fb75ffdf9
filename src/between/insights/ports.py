"""What insights need from the rest of the house, and nothing more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from between.domain import Entry

Clock: TypeAlias = Callable[[], datetime]
Entries: TypeAlias = Callable[[], Sequence[Entry]]
"""All entries of the diary, as they are now."""
Wanted: TypeAlias = Callable[[], None]
"""Asked at every entry; raises when nobody wants the answer any more."""
Vectors: TypeAlias = NDArray[np.float32]
"""One unit row a text."""
