# SPDX-License-Identifier: Apache-2.0
"""compare.py TOML-TEST: compares readers of TOML, and prints a page of tables.

TOML-TEST is a checkout of https://github.com/toml-lang/toml-test."""

import json
import os
import pathlib
import re
import resource
import signal
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
BUILD = HERE / ".build/release"
READERS = {
    "LocatedTOML": [BUILD / "toml-located"],
    "TOMLKit 0.6.0": [BUILD / "toml-tomlkit"],
    f"Python {sys.version.split()[0]}'s tomllib": [sys.executable, HERE / "tomllib-reader.py"],
}
LIMIT = 20  # seconds of CPU time
MEMORY = 1 << 30  # bytes of address space


def run(reader, *arguments):
    """The outcome of a reader: its status (None at the limit of time), its output, its peak memory in kB as it
    reports itself, its seconds of CPU time."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        command = [str(word) for word in [*READERS[reader], *arguments]]
        environment = dict(os.environ, SWIFT_BACKTRACE="enable=no")
        process = subprocess.Popen(command, stdout=output, stderr=errors, env=environment)
        resource.prlimit(process.pid, resource.RLIMIT_CPU, (LIMIT, LIMIT))
        resource.prlimit(process.pid, resource.RLIMIT_AS, (MEMORY, MEMORY))
        _, status, usage = os.wait4(process.pid, 0)
        code = os.waitstatus_to_exitcode(status)
        process.returncode = code
        output.seek(0)
        errors.seek(0)
        found = re.search(rb"VmHWM:\s+(\d+)", errors.read())
        seconds = usage.ru_utime + usage.ru_stime
        # A process at its limit of CPU time is killed.
        code = None if code in (-signal.SIGKILL, -signal.SIGXCPU) else code
        return code, output.read().decode(errors="replace"), found and int(found[1]), seconds


def table(heading, rows):
    print("| " + " | ".join(heading) + " |")
    print("|" + " --- |" * len(heading))
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |")
    print()


def normal(value):
    """A document of toml-test, or of toml-located, in one notation."""
    if isinstance(value, list):
        return [normal(item) for item in value]
    if set(value) != {"type", "value"} or not isinstance(value["value"], str):
        return {key: normal(item) for key, item in value.items()}
    kind, text = value["type"], value["value"]
    if kind == "float":
        number = float(text.replace("_", ""))
        return (kind, "nan" if number != number else repr(number))
    if kind == "integer":
        return (kind, int(text))
    if "date" in kind or "time" in kind:
        text = text.upper().replace(" ", "T").replace("Z", "+00:00")
        found = re.match(r"^(.*?:\d\d)(:\d\d)?(\.\d+)?([+-]\d\d:\d\d)?$", text)
        if found:
            fraction = ((found[3] or ".")[1:] + "0" * 9)[:9]
            text = found[1] + (found[2] or (":00" if found[1].count(":") == 1 else "")) + "." + fraction + (found[4] or "")
    return (kind, text)


def conformance(tests):
    print("## Conformance\n")
    print("The files of toml-test for each version: valid ones that a reader refuses, invalid ones that it accepts, and those")
    print("that end it. Of LocatedTOML the values are compared, too; of the others, only whether they accept a file.\n")
    rows = []
    for version in ["1.1", "1.0"]:
        names = (tests / f"files-toml-{version}.0").read_text().split()
        names = [name for name in names if name.endswith(".toml")]
        valid = sum(name.startswith("valid") for name in names)
        for reader in READERS:
            refused = accepted = wrong = ended = 0
            for name in names:
                status, output, _, _ = run(reader, version, tests / name)
                is_valid = name.startswith("valid")
                if status not in (0, 1):
                    ended += 1
                elif is_valid and status == 1:
                    refused += 1
                elif not is_valid and status == 0:
                    accepted += 1
                elif is_valid and reader == "LocatedTOML":
                    expected = json.loads((tests / name).with_suffix(".json").read_text())
                    wrong += normal(json.loads(output)) != normal(expected)
            values = wrong if reader == "LocatedTOML" else ""
            rows.append([version, reader, f"{refused} of {valid}", f"{accepted} of {len(names) - valid}", values, ended])
    table(["version", "reader", "valid, refused", "invalid, accepted", "wrong values", "ended"], rows)


def speed(directory):
    print("## Speed and memory\n")
    print("The CPU time of a reading, in ms, as the mean of 100 in one process; the peak memory of a process that reads the")
    print("file once, and of one that reads it 100 times, in kB.\n")
    files = {
        "10,000 keys, strings": "".join(f'key{n} = "value {n}"\n' for n in range(10000)),
        "10,000 keys, integers": "".join(f"key{n} = {n}\n" for n in range(10000)),
        "2,500 tables of 4 keys": "".join(
            f"[entry.e{n}]\nmagic = '\\x7fELF\\x02'\ninterpreter = \"/usr/bin/e{n}\"\nfix-binary = true\npriority = {n}\n"
            for n in range(2500)
        ),
        "an array of 30,000 integers": "a = [\n" + "".join(f"  {n},\n" for n in range(30000)) + "]\n",
        "2,000 inline tables": "a = [" + ", ".join(f"{{x = {n}, y = 'z', t = 1979-05-27}}" for n in range(2000)) + "]\n",
        "the annotated configuration": (HERE.parent.parent / "config/binfmtd.toml").read_text(),
    }
    rows = []
    for name, text in files.items():
        path = directory / "file.toml"
        path.write_text(text)
        for reader in READERS:
            status, output, many, _ = run(reader, "1.0", path, 100)
            time = f"{float(output) * 1000:.2f}" if status == 0 else "refused"
            _, _, once, _ = run(reader, "1.0", path, 1)
            rows.append([name, reader, time, f"{once:,}", f"{many:,}"])
    table(["file", "reader", "ms", "kB, once", "kB, 100 times"], rows)


def hostile(directory):
    print("## Hostile input\n")
    print(f"What becomes of a process that reads the file once, with at most {LIMIT} s of CPU time and 1 GiB of address space:")
    print("its CPU time in s, and its peak memory in kB if it lived to tell it.\n")
    unit = 1 << 16
    files = {
        "the one byte `[`": b"[",
        "`[` and a line end": b"[\n",
        "65,536 times `[`": b"a = " + b"[" * unit,
        "65,536 times `{a=`": b"a = " + b"{a=" * unit,
        "a key of 65,536 parts": b"a." * unit + b"a = 1\n",
        "a header of 65,536 parts": b"[" + b"a." * unit + b"a]\n",
        "32,768 headers with one prefix": b"".join(b"[a.b.c%d]\n" % n for n in range(unit // 2)),
        "32,768 elements": b"[[a]]\n" * (unit // 2),
        "32,768 dotted keys": b"".join(b"a.b.c.d.e%d = 1\n" % n for n in range(unit // 2)),
        "a string of 1 MB of `\\`": b'a = "' + b"\\\\" * (unit * 8 - 8) + b'"\n',
        "an open string of 1 MB": b'a = """' + b"x\n" * (unit * 7),
        "no UTF-8": b"a = '\xff'\n",
        "a NUL": b"a = 1\n\0",
        "4,096 equivalent spellings of a key": "".join(
            "'" + "".join("é" if number >> bit & 1 else "e\u0301" for bit in range(12)) + "' = 1\n" for number in range(4096)
        ).encode(),
        "an integer of 65,536 digits": b"a = " + b"9" * unit + b"\n",
        "a float of 65,536 digits": b"a = 0." + b"9" * unit + b"\n",
    }
    rows = []
    for name, content in files.items():
        path = directory / "file.toml"
        path.write_bytes(content)
        row = [name]
        for reader in READERS:
            status, _, memory, seconds = run(reader, "1.1", path)
            if status is None:
                outcome = f"**stopped after {LIMIT} s**"
            elif status == 3:
                outcome = "**out of memory**"
            elif status < 0:
                outcome = f"**{signal.Signals(-status).name}**"
            else:
                outcome = "accepted" if status == 0 else "refused"
            row.append(f"{outcome}; {seconds:.2f}" + (f"; {memory:,}" if memory else ""))
        rows.append(row)
    table(["file", *READERS], rows)


def main():
    tests = pathlib.Path(sys.argv[1]).resolve() / "tests"
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with open("/proc/cpuinfo") as info:
        processor = next(line.split(":")[1].strip() for line in info if line.startswith("model name"))
    swift = subprocess.run(["swift", "--version"], capture_output=True, text=True).stdout.split("\n")[0]
    print("<!-- SPDX-License-Identifier: Apache-2.0 -->")
    print("# Readers of TOML\n")
    print(f"By `make bench-toml` on Linux {os.uname().release}, {processor}, {os.cpu_count()} processors, {swift}, release")
    print("builds. [TOMLKit](https://github.com/LebJe/TOMLKit) wraps toml++.\n")
    with tempfile.TemporaryDirectory() as directory:
        directory = pathlib.Path(directory)
        conformance(tests)
        speed(directory)
        hostile(directory)


if __name__ == "__main__":
    main()
