"""All rows of a corpus copied from one database to another, and compared afterwards."""

from corpus_app.operations.moving.copying import check_empty
from corpus_app.operations.moving.errors import MoveError
from corpus_app.operations.moving.files import make_file
from corpus_app.operations.moving.servers import fill_server

__all__ = ["MoveError", "check_empty", "fill_server", "make_file"]
