"""A reader of small QR codes, written from the standard's layout alone: version 1 to 5, no error correction needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_MASKS = (
    lambda i, j: (i + j) % 2,
    lambda i, _j: i % 2,
    lambda _i, j: j % 3,
    lambda i, j: (i + j) % 3,
    lambda i, j: (i // 2 + j // 3) % 2,
    lambda i, j: (i * j) % 2 + (i * j) % 3,
    lambda i, j: ((i * j) % 2 + (i * j) % 3) % 2,
    lambda i, j: ((i + j) % 2 + (i * j) % 3) % 2,
)


def read_qr(modules: Sequence[Sequence[bool]]) -> str:
    """The text of a code of one block (version 1 to 4 with medium correction has two blocks from 4 on)."""
    size = len(modules)
    bits = _bits(modules, size)
    mode = bits.take(4)
    if mode == 1:
        return _digits(bits, bits.take(10))
    if mode == 2:
        return _alphanumeric(bits, bits.take(9))
    if mode == 4:
        return bytes(bits.take(8) for _n in range(bits.take(8))).decode()
    raise ValueError(f"mode {mode}")


class _Bits:
    def __init__(self, bits: Iterator[bool]) -> None:
        self._bits = bits

    def take(self, n: int) -> int:
        """The next number of `n` bits."""
        number = 0
        for _bit in range(n):
            number = number * 2 + next(self._bits)
        return number


def _bits(modules: Sequence[Sequence[bool]], size: int) -> _Bits:
    mask = _MASKS[_mask_number(modules)]
    return _Bits(bool(modules[i][j]) != (mask(i, j) == 0) for i, j in _path(size))


def _mask_number(modules: Sequence[Sequence[bool]]) -> int:
    """Format bits 10 to 12, at row 8 beside the upper left eye, under the standard's own mask 101010000010010."""
    number = 0
    for column, flip in zip((2, 3, 4), (1, 0, 1), strict=True):
        number = number * 2 + (bool(modules[8][column]) != bool(flip))
    return number


def _path(size: int) -> Iterator[tuple[int, int]]:
    """Data modules from the lower right corner in columns of two, up and down."""
    up, right = True, size - 1
    while right > 0:
        right -= right == 6
        for row in range(size - 1, -1, -1) if up else range(size):
            yield from ((row, column) for column in (right, right - 1) if not _fixed(row, column, size))
        up, right = not up, right - 2


def _fixed(row: int, column: int, size: int) -> bool:
    eyes = (row < 9 and (column < 9 or column >= size - 8)) or (row >= size - 8 and column < 9)
    small = size > 21 and abs(row - (size - 7)) <= 2 and abs(column - (size - 7)) <= 2
    return eyes or small or 6 in (row, column)


def _alphanumeric(bits: _Bits, n: int) -> str:
    text = ""
    for _pair in range(n // 2):
        first, second = divmod(bits.take(11), 45)
        text += _LETTERS[first] + _LETTERS[second]
    return text + (_LETTERS[bits.take(6)] if n % 2 else "")


def _digits(bits: _Bits, n: int) -> str:
    text = "".join(f"{bits.take(10):03}" for _three in range(n // 3))
    rest = n % 3
    return text + (f"{bits.take(3 * rest + 1):0{rest}}" if rest else "")
