# SPDX-License-Identifier: Apache-2.0
"""tomllib-reader.py VERSION FILE [TIMES]: as toml-located, but with Python's tomllib, and with a word for the result."""

import sys
import time
import tomllib

with open(sys.argv[2], "rb") as file:
    data = file.read()
status = 0
try:
    if len(sys.argv) > 3:
        text = data.decode()
        times = int(sys.argv[3])
        start = time.process_time()
        for _ in range(times):
            tomllib.loads(text)
        print((time.process_time() - start) / times)
    if len(sys.argv) == 3:
        tomllib.loads(data.decode())
        print("valid")
except (ValueError, RecursionError) as error:
    print(type(error).__name__, error)
    status = 1
except MemoryError:
    status = 3
with open("/proc/self/status") as file:
    sys.stderr.writelines(line for line in file if line.startswith("VmHWM"))
sys.exit(status)
