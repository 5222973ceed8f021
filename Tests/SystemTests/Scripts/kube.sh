# SPDX-License-Identifier: Apache-2.0
# The manifest for a cluster, played by podman, on a host without binfmtd and without any emulator.
. ./functions.sh
volume=/var/lib/containers/storage/volumes/binfmtd/_data

# The manifest is played as it is, but for its resources: a container may have no controller of memory. There is no
# network here, and the daemon needs none.
sed '/^ *resources:$/,/^ *memory: 64Mi$/d' /srv/binfmtd.yaml >pod.yaml
play() { podman kube play --network none "$@" pod.yaml 2>&1 >played; }

# podman ignores a readiness probe, so the script runs it as a kubelet would.
probe=$(sed -n '/readinessProbe:/,/command:/s/.*command: \[\(.*\)\]$/\1/p' pod.yaml)
is_ready() { podman exec binfmtd-pod-binfmtd ${probe//,/}; }
is_not_ready() {
    is_ready
    [ $? = 1 ]
}
has_logged() { podman logs binfmtd-pod-binfmtd 2>&1 | grep -q "$1"; }
runs() { echo "arm64: $(/srv/arm64/bin/uname -m 2>&1 | sed 's/.*: //')"; }

# edit TARGETS: podman copies a ConfigMap once, so the script does what a kubelet does with an edited one. The kubelet's
# directory is world-writable, and shows the files through a link that is replaced.
edits=0
link() { ln -s "$1" "$2_tmp" && mv -T "$2_tmp" "$2"; }
edit() {
    edits=$((edits + 1))
    mkdir $volume/..edit-$edits
    echo "qemu.targets = [$1]" >$volume/..edit-$edits/binfmtd.toml
    chmod 777 $volume
    link ..edit-$edits $volume/..data
    [ -L $volume/binfmtd.toml ] || link ..data/binfmtd.toml $volume/binfmtd.toml
    find $volume -mindepth 1 -maxdepth 1 -type d ! -name ..edit-$edits -exec rm -r {} +
}
has_entries() { [ "$(names)" = "$1" ]; }

systemctl start proc-sys-fs-binfmt_misc.mount
podman load -q -i /srv/image.tar | sed 's/:[0-9.]*$/:VERSION/'
runs

echo "== The pod"
play
within 10 is_ready
names
runs
process=/proc/$(pidof binfmtd)
grep -E '^(CapEff|CapBnd|NoNewPrivs|Seccomp):' "$process/status"
awk '$5 == "/" { print "root: " substr($6, 1, 2) }' "$process/mountinfo"

echo "== An edit"
edit '"arm64", "riscv64"'
within 10 has_entries 'qemu-riscv64 qemu-aarch64'
within 10 is_ready
edit '"arm64", 64'
within 10 is_not_ready
names
edit '"arm64", "riscv64"'
within 10 is_ready

echo "== Another program"
echo -1 >$registry/qemu-aarch64
within 10 has_logged restored
within 10 is_ready
runs
podman logs binfmtd-pod-binfmtd 2>&1

echo "== An update"
# It drops a target, too: without the state of the old daemon, the new one would take that entry for another program's.
sed -i 's/targets = .*/targets = ["arm64", "s390x"]/' pod.yaml
while [ ! -e updated ]; do [ "$(/srv/arm64/bin/uname -m)" = aarch64 ] && echo run || echo failure; done >execs 2>&1 &
within 10 grep -q run execs
play --replace
within 10 has_logged replaced
within 10 is_ready
touch updated
wait $!
sort -u execs
names
podman logs binfmtd-pod-binfmtd 2>&1
edit '"arm64"'
within 10 has_logged unregistered
podman logs binfmtd-pod-binfmtd 2>&1 | tail -n 1
names

echo "== Deletion"
podman kube down pod.yaml >down
podman ps -aq
runs
image=$(sed -n 's|.*image: docker.io/library/||p' pod.yaml)
podman run --rm --network none --privileged "$image" --uninstall 'qemu-*' >removed
echo "exit $?"
names
