#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""image.py OUT NAME:TAG EPOCH ARCH=SOURCE:PATH,... ...

Writes a container image of one or more architectures to the file OUT, without a container engine. Each ARCH has the files
that its image consists of: SOURCE on this machine and its PATH in the image. The same files give the same bytes.

OUT is a tar file of an OCI image layout, which podman, skopeo, buildah, nerdctl, containerd and Docker 25 load. Its
manifest.json is for older versions of Docker, which load the first architecture.
"""

import datetime
import gzip
import hashlib
import io
import json
import os
import sys
import tarfile

# What the programs need besides their files.
DIRECTORIES = {"dev": 0o755, "etc/binfmtd/entries.d": 0o755, "proc": 0o755, "run": 0o755, "sys": 0o755, "tmp": 0o1777}

MANIFEST = "application/vnd.oci.image.manifest.v1+json"
CONFIG = "application/vnd.oci.image.config.v1+json"
LAYER = "application/vnd.oci.image.layer.v1.tar+gzip"
INDEX = "application/vnd.oci.image.index.v1+json"


def entry(name, epoch, mode, size=None):
    """A member of a tar file: a directory without a size."""
    member = tarfile.TarInfo(name)
    member.mtime = epoch
    member.mode = mode
    if size is None:
        member.type = tarfile.DIRTYPE
    else:
        member.size = size
    return member


def layer(files, epoch):
    """The tar file of an image's only layer."""
    members = {}
    for path, mode in DIRECTORIES.items():
        members[path] = (mode, None)
    for path, source in files.items():
        with open(source, "rb") as file:
            members[path] = (0o755 if os.access(source, os.X_OK) else 0o644, file.read())
    for path in list(members):
        parts = path.split("/")[:-1]
        for end in range(1, len(parts) + 1):
            members.setdefault("/".join(parts[:end]), (0o755, None))
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for path, (mode, data) in sorted(members.items()):
            tar.addfile(entry(path, epoch, mode, None if data is None else len(data)), io.BytesIO(data or b""))
    return buffer.getvalue()


class Layout:
    """An OCI image layout."""

    def __init__(self, epoch):
        self.epoch = epoch
        self.blobs = {}

    def add(self, data):
        digest = hashlib.sha256(data).hexdigest()
        self.blobs["blobs/sha256/" + digest] = data
        return {"digest": "sha256:" + digest, "size": len(data)}

    def add_json(self, value):
        return self.add(json.dumps(value, sort_keys=True).encode())

    def add_image(self, architecture, files, version):
        raw = layer(files, self.epoch)
        created = datetime.datetime.fromtimestamp(self.epoch, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        config = self.add_json({
            "architecture": architecture, "os": "linux", "created": created,
            "config": {
                "Entrypoint": ["/usr/bin/binfmtctl", "container"],
                "Env": ["PATH=/usr/sbin:/usr/bin"],
                "Labels": {
                    "org.opencontainers.image.title": "binfmtd",
                    "org.opencontainers.image.version": version,
                    "org.opencontainers.image.licenses": "Apache-2.0 AND LGPL-2.1-or-later AND GPL-2.0-only",
                },
            },
            "rootfs": {"type": "layers", "diff_ids": ["sha256:" + hashlib.sha256(raw).hexdigest()]},
            "history": [{"created": created, "created_by": "make image"}],
        })
        packed = io.BytesIO()
        with gzip.GzipFile(filename="", fileobj=packed, mode="wb", compresslevel=6, mtime=0) as file:
            file.write(raw)
        layers = [{"mediaType": LAYER, **self.add(packed.getvalue())}]
        manifest = self.add_json({
            "schemaVersion": 2, "mediaType": MANIFEST, "config": {"mediaType": CONFIG, **config}, "layers": layers,
        })
        image = {"mediaType": MANIFEST, **manifest, "platform": {"architecture": architecture, "os": "linux"}}
        return image, {"Config": self.path(config), "Layers": [self.path(blob) for blob in layers]}

    @staticmethod
    def path(blob):
        return "blobs/" + blob["digest"].replace(":", "/")

    def write(self, out):
        with tarfile.open(out, "w", format=tarfile.USTAR_FORMAT) as tar:
            for path in ("blobs", "blobs/sha256"):
                tar.addfile(entry(path, self.epoch, 0o755))
            for path, data in sorted(self.blobs.items()):
                tar.addfile(entry(path, self.epoch, 0o644, len(data)), io.BytesIO(data))


def main(out, name, epoch, *images):
    layout = Layout(int(epoch))
    tag = name.rsplit(":", 1)[1]
    manifests, archives = [], []
    for image in images:
        architecture, files = image.split("=", 1)
        pairs = [pair.split(":", 1) for pair in files.split(",")]
        manifest, archive = layout.add_image(architecture, {path.strip("/"): source for source, path in pairs}, tag)
        manifests.append(manifest)
        archives.append(archive)
    index = layout.add_json({"schemaVersion": 2, "mediaType": INDEX, "manifests": manifests})
    names = {"org.opencontainers.image.ref.name": tag, "io.containerd.image.name": "docker.io/library/" + name}
    layout.blobs["index.json"] = json.dumps({
        "schemaVersion": 2, "mediaType": INDEX,
        "manifests": [{"mediaType": INDEX, **index, "annotations": names}],
    }, sort_keys=True).encode()
    layout.blobs["oci-layout"] = json.dumps({"imageLayoutVersion": "1.0.0"}).encode()
    layout.blobs["manifest.json"] = json.dumps([{**archives[0], "RepoTags": [name]}], sort_keys=True).encode()
    layout.write(out)


if __name__ == "__main__":
    main(*sys.argv[1:])
