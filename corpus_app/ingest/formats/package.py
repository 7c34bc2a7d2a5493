"""Documents that are zip packages (.docx, .odt, .epub), opened only once their sizes are known."""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.formats.detection import ENCRYPTED
from corpus_app.ingest.limits import Limits, describe_bytes

CHUNK = 1 << 16


def check_package(data: bytes, limits: Limits, label: str) -> None:
    """Refuse a package that is damaged, encrypted, or unpacks to more than the limits allow.

    Every member is unpacked in small pieces and counted: the sizes in the directory may lie.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            members = package.infolist()
            if len(members) > limits.members:
                raise RejectedFile("too_large", f"{label}内部有 {len(members)} 个部件，数量异常。")
            if any(member.flag_bits & ENCRYPTED for member in members):
                raise RejectedFile("unsupported", f"{label}设有密码，请解除密码后再上传。")
            budget = limits.unpacked_bytes
            for member in members:
                budget -= _measure(package, member, budget, limits, label)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise RejectedFile("damaged", f"{label}已损坏：压缩数据读不出来。") from error
    except (RuntimeError, NotImplementedError) as error:
        raise RejectedFile("damaged", f"{label}的压缩方式特殊，无法打开。") from error


def _measure(
    package: zipfile.ZipFile, member: zipfile.ZipInfo, budget: int, limits: Limits, label: str
) -> int:
    total = 0
    with package.open(member) as stream:
        while piece := stream.read(CHUNK):
            total += len(piece)
            if total > budget:
                limit = describe_bytes(limits.unpacked_bytes)
                raise RejectedFile(
                    "too_large", f"{label}解压后超过 {limit}，疑似压缩炸弹，已拒绝。"
                )
    return total


def read_member(package: zipfile.ZipFile, name: str) -> bytes | None:
    """Return a member's bytes, None where there is no such member."""
    try:
        return package.read(name)
    except KeyError:
        return None


def parse_part(data: bytes, label: str) -> etree._Element:
    """Return the root of an XML part; entities stay unresolved, nothing is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        check_memory(error)
        raise RejectedFile("damaged", f"{label}已损坏：内部结构不完整，无法打开。") from error


def check_memory(error: BaseException | None) -> None:
    """Raise MemoryError where the error, or what led to it, was want of memory.

    libxml2 says so by an error of syntax, which is not to be taken for damage.
    """
    while error is not None:
        lacking = getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY
        if lacking or isinstance(error, MemoryError):
            raise MemoryError from error
        error = error.__cause__ or error.__context__
