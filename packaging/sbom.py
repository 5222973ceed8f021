#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""sbom.py VERSION EPOCH PACKAGES PUBLISHED PROGRAM... [-- EMULATOR...]

Prints a software bill of materials (SPDX 2.3) of the programs, which are linked statically: a library is in it if one of
its symbols is in a program. Each PROGRAM has its symbols, as `swift build` leaves them; the file of its name in the
directory PUBLISHED is without them, as the packages contain it.

PACKAGES is a file of lines "PACKAGE VERSION", which linked-packages.sh makes: what the programs were linked with. Each
EMULATOR is a file of QEMU's that is published beside the programs; its version comes from PACKAGES, too.
"""

import datetime
import hashlib
import json
import os
import re
import subprocess
import sys
import uuid

SWIFT = "Apache-2.0 WITH Swift-exception"
GCC = "GPL-3.0-or-later WITH GCC-exception-3.1"

# Name, a defined symbol, licence, and the package whose version it has.
LIBRARIES = [
    ("Swift runtime and standard library", r"swift_retain", SWIFT, "swift"),
    ("swift-foundation", r"\$s20FoundationEssentials\w+", SWIFT, "swift"),
    ("swift-corelibs-libdispatch", r"dispatch_\w+", SWIFT, "swift"),
    ("swift-system", r"\$s13SystemPackage\w+", SWIFT, "swift-system"),
    ("swift-argument-parser", r"\$s14ArgumentParser\w+", SWIFT, "swift-argument-parser"),
    ("libsystemd", r"sd_notify", "LGPL-2.1-or-later", "libsystemd-dev"),
    ("glibc", r"__libc_start_main\w*", "LGPL-2.1-or-later", "libc6-dev"),
    ("libstdc++", r"_ZSt9terminatev", GCC, "libstdc++-dev"),
    ("libgcc", r"_Unwind_RaiseException", GCC, "libstdc++-dev"),
]


def symbols(program):
    """The names of the symbols that the program defines."""
    table = subprocess.run(["readelf", "-sW", program], check=True, capture_output=True, text=True).stdout
    rows = [line.split() for line in table.splitlines()]
    found = {row[7] for row in rows if len(row) > 7 and row[6] != "UND"}
    if "main" not in found:
        sys.exit(f"sbom.py: {program} has no symbols")
    return found


def element(name):
    """The identifier of an element, in the letters that SPDX has for it."""
    return "SPDXRef-" + re.sub(r"[^A-Za-z0-9.]+", "-", name)


def package(name, version, declared, comment=None):
    """A package. What is not known is said to be so."""
    value = {
        "SPDXID": element(name), "name": name, "versionInfo": version or "NOASSERTION", "filesAnalyzed": False,
        "downloadLocation": "NOASSERTION", "licenseConcluded": "NOASSERTION", "licenseDeclared": declared,
        "copyrightText": "NOASSERTION",
    }
    if comment:
        value["comment"] = comment
    return value


def file_of(path):
    """A file, under its name alone: each package has its own place for it."""
    with open(path, "rb") as file:
        data = file.read()
    name = os.path.basename(path)
    sums = [{"algorithm": each.upper(), "checksumValue": hashlib.new(each, data).hexdigest()} for each in ("sha1", "sha256")]
    return {
        "SPDXID": element("file-" + name), "fileName": "./" + name, "checksums": sums, "licenseConcluded": "NOASSERTION",
        "copyrightText": "NOASSERTION",
    }


def relation(subject, kind, other):
    return {"spdxElementId": subject, "relationshipType": kind, "relatedSpdxElement": other}


def contain(owner, files):
    """Says that a package consists of the files, whose sums its own is made of (SPDX 2.3, 7.9)."""
    sums = sorted(each["checksums"][0]["checksumValue"] for each in files)
    owner["filesAnalyzed"] = True
    owner["packageVerificationCode"] = {"packageVerificationCodeValue": hashlib.sha1("".join(sums).encode()).hexdigest()}
    return [relation(owner["SPDXID"], "CONTAINS", each["SPDXID"]) for each in files]


def document(version, epoch, versions, published, programs, emulators):
    root = package("binfmtd", version, "Apache-2.0")
    libraries = {}
    relations = [relation("SPDXRef-DOCUMENT", "DESCRIBES", root["SPDXID"])]
    parts = [file_of(os.path.join(published, os.path.basename(path))) for path in programs]
    relations += contain(root, parts)
    for path, part in zip(programs, parts):
        found = symbols(path)
        for name, symbol, declared, source in LIBRARIES:
            if any(re.fullmatch(symbol, each) for each in found):
                library = libraries.setdefault(name, package(name, versions.get(source), declared))
                relations.append(relation(part["SPDXID"], "STATIC_LINK", library["SPDXID"]))
    packages = [root, *libraries.values()]

    files = parts + [file_of(path) for path in emulators]
    if emulators:
        qemu = package("qemu-user", versions.get("qemu-user"), "GPL-2.0-only",
                       "QEMU's emulators as Debian builds them, with the libraries that it links into them.")
        packages.append(qemu)
        relations.append(relation("SPDXRef-DOCUMENT", "DESCRIBES", qemu["SPDXID"]))
        relations += contain(qemu, files[len(parts):])

    # The same files have the same name.
    identity = "".join(each["checksums"][1]["checksumValue"] for each in files)
    return {
        "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": f"binfmtd-{version}",
        "documentNamespace": uuid.uuid5(uuid.NAMESPACE_OID, identity).urn,
        "creationInfo": {
            "created": datetime.datetime.fromtimestamp(int(epoch), datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "creators": ["Tool: binfmtd-sbom.py"],
        },
        "packages": packages, "files": files, "relationships": relations,
    }


def main(version, epoch, packages, published, *paths):
    with open(packages, encoding="utf-8") as file:
        versions = dict(line.split() for line in file)
    split = paths.index("--") if "--" in paths else len(paths)
    value = document(version, epoch, versions, published, list(paths[:split]), list(paths[split + 1:]))
    json.dump(value, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main(*sys.argv[1:])
