# SPDX-License-Identifier: Apache-2.0
# binfmtd's purpose: a container of another architecture runs as soon as binfmtd is enabled.
. ./functions.sh

tar -C /srv/arm64 -c . | docker import --platform linux/arm64 -c 'CMD ["sh"]' - arm64v8/ubuntu >imported
tar -C /srv/amd64 -c . | docker import - busybox >>imported

echo "== Before binfmtd"
systemctl is-active binfmtd
machine_in arm64v8/ubuntu

echo "== systemctl enable --now binfmtd"
systemctl enable --now --quiet binfmtd
machine_in arm64v8/ubuntu
