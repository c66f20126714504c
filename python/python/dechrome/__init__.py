"""Strips site chrome (donation pleas, share bars, cookie notices, "Read more" lines) out of scraped text.

>>> import dechrome
>>> cleaner = dechrome.Cleaner()
>>> cleaner.clean("The council met.\\n\\nRead more\\n")
'The council met.\\n'
>>> [removal.kind for removal in cleaner.explain("The council met.\\n\\nRead more\\n")]
['related']

Helpers for engines are modules of their own, which import their engine: ``dechrome.pandas``, ``dechrome.polars``,
``dechrome.duckdb``, ``dechrome.datasets``, ``dechrome.datatrove``, ``dechrome.spark``, ``dechrome.ray``.
"""

from dechrome._errors import PackError, Problem
from dechrome._native import ArrowArray, ArrowStream, Cleaner, Miner, __build__, __version__
from dechrome._removal import Removal

__all__ = [
    "ArrowArray",
    "ArrowStream",
    "Cleaner",
    "Miner",
    "PackError",
    "Problem",
    "Removal",
    "__build__",
    "__version__",
]
