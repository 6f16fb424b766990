from kursk_events.changes import diff as diff
from kursk_events.dataset import Dataset as Dataset
from kursk_events.finding import DataError as DataError
from kursk_events.ids import resolve as resolve
from kursk_events.loading import cite as cite
from kursk_events.loading import data_as_of as data_as_of
from kursk_events.loading import describe as describe
from kursk_events.loading import load as load
from kursk_events.loading import load_all as load_all
from kursk_events.loading import path as path

__version__: str
