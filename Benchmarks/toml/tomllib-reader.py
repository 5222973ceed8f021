# SPDX-License-Identifier: Apache-2.0
"""tomllib-reader.py VERSION FILE [TIMES]: as toml-located, but with Python's tomllib, and with a word for the result."""

import sys
import time
import tomllib

with open(sys.argv[2], "rb") as file:
    data = file.read()
try:
    for _ in range(int(sys.argv[3]) if len(sys.argv) > 3 else 0):
        text = data.decode()
        start = time.perf_counter()
        tomllib.loads(text)
        print(time.perf_counter() - start)
    if len(sys.argv) == 3:
        tomllib.loads(data.decode())
        print("valid")
except (ValueError, RecursionError) as error:
    print(type(error).__name__, error)
    sys.exit(1)
