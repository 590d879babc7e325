"""Put coactor's verbs on pandas' objects at once: ``import coactor.pandas``.

>>> import pandas as pd
>>> import coactor.pandas
>>> pd.Series(["Kabul fell."]).coactor.tokens().tolist()
[['Kabul', 'fell', '.']]
"""

from ._accessors import DataFrameAccessor, SeriesAccessor, register

__all__ = ["DataFrameAccessor", "SeriesAccessor"]

register()
