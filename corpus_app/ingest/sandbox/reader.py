"""The process that parses one file from outside and ends."""

from __future__ import annotations

import os
import socket
import traceback
from typing import Final, NoReturn

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.formats.extracted import Handover
from corpus_app.ingest.formats.package import check_memory
from corpus_app.ingest.pipeline import parse_with_signs
from corpus_app.ingest.sandbox.messages import SIZES, Answer, Request, read_record, write_record
from corpus_app.ingest.sandbox.process import OUT_OF_MEMORY
from corpus_app.ingest.sandbox.restraints import bound_process, forbid_calls
from corpus_app.ingest.tables.cells import read_table

FAULT_CHARS: Final = 4000
DEEP: Final = "文件内部结构嵌套过深，无法完整读取；请另存为 .txt 后再上传。"


def read_file(connection: socket.socket) -> NoReturn:
    """Answer the one request on the connection, in bounds, and end the process."""
    try:
        with connection.makefile("rb") as stream:
            record_size, data_size = SIZES.unpack(stream.read(SIZES.size))
            request = read_record(Request, stream.read(record_size))
            data = stream.read(data_size)
        bound_process(request.limits.seconds, request.limits.memory_bytes)
        forbid_calls()
        connection.sendall(write_record(_answer(data, request)))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except BaseException:
        os._exit(1)
    os._exit(0)


def _parse(data: bytes, request: Request) -> Answer:
    if request.heads is not None:
        return Answer(sheets=read_table(data, request.name, request.heads, request.limits))
    measured = parse_with_signs(
        data,
        request.name,
        request.limits,
        rules=request.rules,
        converted=request.converted,
        evidence=request.evidence,
    )
    return Answer(draft=measured.draft, scanned=list(measured.scanned))


def _answer(data: bytes, request: Request) -> Answer:
    try:
        return _parse(data, request)
    except Handover as handover:
        asked = (handover.code, handover.message, handover.outside, handover.format)
        return Answer(handover=asked)
    except RejectedFile as refusal:
        check_memory(refusal)
        return Answer(refused=(refusal.code, refusal.message))
    except RecursionError:
        return Answer(refused=("damaged", DEEP))
    except MemoryError:
        raise
    except Exception:
        return Answer(fault=traceback.format_exc()[-FAULT_CHARS:])
