#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# build-kubernetes.sh DIR
# Builds in DIR/usr/bin the programs of a Kubernetes node and its control plane that Debian 12 has in no package, of its
# source package of Kubernetes 1.20, whose dependencies are included, with its Go 1.19. apt verifies what it fetches, and
# nothing is installed. It takes 3 GB while it runs, and 10 minutes of a processor.
set -eu -o pipefail
here=$(dirname "$(realpath "$0")")
dir=$(realpath -m "$1")
new=$dir.new

rm -rf "$dir" "$new"
mkdir -p "$new/usr/bin" "$new/work/path/src/k8s.io"
cd "$new/work"
apt() { "$here/private-apt.sh" "$new/work/apt" bookworm amd64 "$@"; }
apt update
apt download golang-1.19-go golang-1.19-src
for package in *.deb; do dpkg -x "$package" go; done
export TYPE=deb-src
apt update
apt source --download-only kubernetes
tree=$new/work/path/src/k8s.io/kubernetes
dpkg-source --no-check -x kubernetes_*.dsc "$tree" >unpacked.log 2>&1 || { cat unpacked.log && exit 1; }

# As in a GOPATH: this Go would rewrite the source's go.mod.
export GOROOT=$new/work/go/usr/lib/go-1.19 GOPATH=$new/work/path GOCACHE=$new/work/cache
export GO111MODULE=off GOFLAGS='' CGO_ENABLED=0 PATH=$new/work/go/usr/lib/go-1.19/bin:$PATH
cd "$tree"

# The source lacks one generated file, which the API server needs. Its generator names the packages by their paths.
go build -o "$new/work/openapi-gen" ./vendor/k8s.io/kube-openapi/cmd/openapi-gen
packages=$(grep -rl --include='*.go' '+k8s:openapi-gen=' pkg staging/src |
    grep -v -e '_test\.go$' -e testdata -e /examples/ -e sample | xargs -n 1 dirname | sort -u |
    sed 's|^staging/src|k8s.io/kubernetes/vendor|; s|^pkg/|k8s.io/kubernetes/pkg/|' | paste -s -d ,)
"$new/work/openapi-gen" -h hack/boilerplate/boilerplate.generatego.txt -O zz_generated.openapi \
    -p k8s.io/kubernetes/pkg/generated/openapi -i "$packages" -r "$new/work/violations" >generated.log 2>&1 ||
    { cat generated.log && exit 1; }

version=k8s.io/kubernetes/vendor/k8s.io/component-base/version
for program in kubelet kube-apiserver kube-controller-manager kube-scheduler; do
    go build -p "$(nproc)" -trimpath -o "$new/usr/bin/$program" -ldflags \
        "-s -w -X $version.gitVersion=v1.20.2 -X $version.gitMajor=1 -X $version.gitMinor=20 -X $version.gitTreeState=clean" \
        "./cmd/$program"
done
# The first process of each pod.
cc -static -Os -DVERSION=3.4 -o "$new/usr/bin/pause" build/pause/linux/pause.c
rm -rf "$new/work"
mv "$new" "$dir"
