from kursk_events.dataset import Dataset as Dataset
from kursk_events.finding import DataError as DataError
from kursk_events.ids import resolve as resolve
from kursk_events.load import cite as cite
from kursk_events.load import data_as_of as data_as_of
from kursk_events.load import describe as describe
from kursk_events.load import load as load
from kursk_events.load import load_all as load_all
from kursk_events.load import path as path

__version__: str
