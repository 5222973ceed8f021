# SPDX-License-Identifier: Apache-2.0
# The life of the manifest of deploy/kubernetes on a node of a real cluster. Its output is docs/kubernetes-transcript.md.
. ./functions.sh
export KUBECONFIG=/etc/kubernetes/admin.conf
results=$PWD
cd /srv || exit

# Shows each line as at a terminal, with what the command prints. A backslash continues a line, and what begins with @ is
# a condition to wait for, which is not shown.
console() {
    local line command=
    echo '```console'
    while IFS= read -r line <&3; do
        command+=$line
        case $command in
        @*) eval "within 120 ${command#@}" ;;
        *\\)
            command+=$'\n'
            continue
            ;;
        *)
            printf '$ %s\n' "$command"
            eval "$command" 2>&1 </dev/null
            ;;
        esac
        command=
    done 3<<<"$1"
    printf '```\n\n'
}

say() { cat && echo; }
heading() { printf '## %s\n\n' "$1"; }

took() { printf 'It took %d s.\n\n' $((SECONDS - started)); }

# pod NAME IMAGE-AND-OPTIONS COMMAND: shows how a pod runs a command to its end.
pod() {
    console "kubectl run $1 --restart=Never --image-pull-policy=Never --image=$2 -- \\
    $3
@has_ended $1
kubectl logs $1
kubectl delete pod $1"
}
has_ended() { kubectl get pod "$1" -o 'jsonpath={.status.phase}' | grep -qx -e Succeeded -e Failed; }
arm64() { pod arm64 docker.io/arm64v8/busybox 'uname -m'; }

has_entries() { [ "$(names | tr ' ' '\n' | sort | paste -s -d ' ')" = "$1" ]; }
has_logged() { kubectl -n kube-system logs ds/binfmtd -c binfmtd | grep -q "$1"; }
# Whether the one pod is of the newest generation, and ready.
is_ready() {
    local format='{.metadata.generation} {.status.observedGeneration} {.status.updatedNumberScheduled} {.status.numberReady}'
    kubectl -n kube-system get daemonset binfmtd -o "jsonpath=$format" | grep -qE '^([0-9]+) \1 1 1$'
}
has_pods() { kubectl -n kube-system get pods -l app.kubernetes.io/name=binfmtd -o name | grep -q .; }
has_no_pods() { ! has_pods; }

say <<'TEXT'
# A node of a real cluster

`make test-kubernetes` compares this page with what the commands print now. It is what an operator types on the only node
of a Kubernetes 1.20: etcd, the API server, the controller manager, the scheduler, the kubelet and containerd run in a
virtual machine of Debian 12 with its kernel, without binfmtd and without an emulator. The machine has no network, so the
images are imported, and `--image-pull-policy=Never` stands for a registry. The manifest and the patch are the shipped
ones. The machine is emulated, at a tenth of a real one's speed.
TEXT

systemctl start containerd
for image in images/*.tar; do
    platform=${image##*/}
    ctr -n k8s.io images import --platform "linux/${platform%%-*}" "$image" >"$results/imported" 2>&1 ||
        fail "$(cat "$results/imported")"
done
systemctl start kube-apiserver || fail "$(journalctl -u kube-apiserver -u etcd -o cat | tail -n 30)"
within 600 kubectl get --raw /readyz
systemctl start kube-controller-manager kube-scheduler kubelet || fail "$(journalctl -u kubelet -o cat | tail -n 30)"
within 600 kubectl wait --for=condition=Ready node/node-1 --timeout=5s
within 120 kubectl get serviceaccount default

heading "Before"
say <<'TEXT'
Nothing has looked at the table yet, so systemd has not mounted it.
TEXT
console 'kubectl get nodes -o wide
findmnt -o TARGET,FSTYPE /proc/sys/fs/binfmt_misc'
arm64

heading "Roll-out"
started=$SECONDS
console 'kubectl apply -f deploy/kubernetes/binfmtd.yaml
kubectl -n kube-system rollout status daemonset/binfmtd --timeout=300s'
took
say <<'TEXT'
The kubelet has looked at the table, and so mounted it. The pod is ready because the table is as declared; the node runs
amd64 itself.
TEXT
console 'kubectl -n kube-system get pods -o wide
findmnt -o TARGET,FSTYPE /proc/sys/fs/binfmt_misc
ls /proc/sys/fs/binfmt_misc
kubectl -n kube-system logs ds/binfmtd
kubectl -n kube-system exec ds/binfmtd -- \
    /usr/bin/binfmtctl status --registry /binfmt_misc --trust-configuration'
say <<'TEXT'
The process has no privilege. `anon` is the memory of its own that the container uses, in bytes; the limit is 64 MiB.
TEXT
console 'grep -E "^(CapEff|CapBnd|NoNewPrivs|Seccomp):" /proc/$(pidof binfmtd)/status
grep -E "^(anon|file) " /sys/fs/cgroup$(cut -d : -f 3 /proc/$(pidof binfmtd)/cgroup)/memory.stat'

heading "A pod of another architecture"
arm64

heading "An edit of the ConfigMap"
say <<'TEXT'
riscv64 is added, and s390x taken away. Nothing restarts; the kubelet copies the new text in its own time.
TEXT
started=$SECONDS
console "kubectl -n kube-system patch configmap binfmtd --type=merge \\
    -p '{\"data\":{\"binfmtd.toml\":\"[qemu]\\ntargets = [\\\"arm64\\\", \\\"riscv64\\\"]\\n\"}}'"
within 600 has_entries 'qemu-aarch64 qemu-riscv64'
took
console 'ls /proc/sys/fs/binfmt_misc
kubectl -n kube-system logs ds/binfmtd --tail=2'

heading "An update"
say <<'TEXT'
The pod is replaced by one of another image, while arm64 programs are started without a pause on the node.
TEXT
ctr -n k8s.io images tag docker.io/library/binfmtd:0.1.0 docker.io/library/binfmtd:next >>"$results/imported"
console 'until [ -e updated ]; do arm64/busybox/bin/uname -m; done >execs 2>&1 &
@grep -q . execs
kubectl -n kube-system set image daemonset/binfmtd binfmtd=docker.io/library/binfmtd:next
kubectl -n kube-system rollout status daemonset/binfmtd --timeout=300s
@is_ready'
say <<'TEXT'
The new pod knows the entries as its own, and has registered them with its own emulators.
TEXT
console 'kubectl -n kube-system logs ds/binfmtd
touch updated
wait $!
sort execs | uniq -c'

heading "Metrics"
console 'kubectl -n kube-system patch daemonset binfmtd --patch-file deploy/kubernetes/patches/metrics.yaml
kubectl -n kube-system rollout status daemonset/binfmtd --timeout=300s
@is_ready
@grep -qx binfmtd_in_sync.1 /var/lib/node_exporter/textfile_collector/binfmtd.prom
kubectl -n kube-system get pods
grep -v "^#" /var/lib/node_exporter/textfile_collector/binfmtd.prom
cat /etc/kubernetes/node-feature-discovery/features.d/binfmtd'

heading "Another program removes the entries"
say <<'TEXT'
A privileged container does what multiarch/qemu-user-static does for `--reset`.
TEXT
pod reset 'docker.io/library/busybox --privileged' "sh -c 'mount binfmt_misc -t binfmt_misc /proc/sys/fs/binfmt_misc; \\
    find /proc/sys/fs/binfmt_misc -type f -name \"qemu-*\" -exec sh -c \"echo -1 > {}\" \";\"'"
within 60 has_entries 'qemu-aarch64 qemu-riscv64'
within 60 has_logged restored
within 60 grep -q 'repairs.* 1$' /var/lib/node_exporter/textfile_collector/binfmtd.prom
console 'kubectl -n kube-system logs ds/binfmtd -c binfmtd | grep restored
ls /proc/sys/fs/binfmt_misc
grep ^binfmtd_entry_repairs /var/lib/node_exporter/textfile_collector/binfmtd.prom'
arm64

heading "Deletion"
console 'kubectl delete -f deploy/kubernetes/binfmtd.yaml'
within 120 has_no_pods
say <<'TEXT'
The entries stay, so that what runs keeps running. The files of the metrics are gone, so that nothing scrapes old ones.
TEXT
console 'ls /proc/sys/fs/binfmt_misc /run/binfmtd /var/lib/node_exporter/textfile_collector \
    /etc/kubernetes/node-feature-discovery/features.d'
arm64
say <<'TEXT'
The image removes them, too.
TEXT
pod uninstall 'docker.io/library/binfmtd:0.1.0 --privileged' "--uninstall 'qemu-*'"
console 'ls /proc/sys/fs/binfmt_misc'
