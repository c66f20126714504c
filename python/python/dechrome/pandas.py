"""dechrome for pandas: functions on a Series and a DataFrame.

>>> import dechrome.pandas
>>> frame["text"] = dechrome.pandas.clean(frame["text"], frame["url"])
"""

from __future__ import annotations

import pandas as pd

from dechrome import Cleaner

__all__ = ["clean"]


def clean(texts: pd.Series, urls: pd.Series | None = None, *, cleaner: Cleaner | None = None) -> pd.Series:
    """Takes the chrome out of a Series of texts, on all cores.

    Args:
        texts: Of str or a string type; missing values stay missing.
        urls: Addresses, in the same order; their index is not looked at.
        cleaner: The built-in packs, if not given.

    Returns:
        A Series of the same index, name and dtype.

    Raises:
        TypeError: A value is no text.
        ValueError: There are more or fewer urls than texts.
    """
    cleaner = cleaner or Cleaner()
    cleaned = cleaner.clean_batch(_values(texts), None if urls is None else _values(urls))
    return pd.Series(cleaned, index=texts.index, name=texts.name, dtype=texts.dtype)


def _values(series: pd.Series) -> list:
    """Its values, with None for what is missing, however pandas says so."""
    return [None if missing else value for value, missing in zip(series, series.isna())]
