// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport

/// The system that a script runs in: systemd, and the kernel below it.
struct Host: CustomStringConvertible {
    let description: String
    /// The script beside this file that boots it.
    let boot: String
    /// The environment of that script.
    let settings: [String]

    /// The system that runs the tests, booted as a container.
    static let here = Host("here", boot: "boot-nspawn.sh", [])
    static let debian13 = Host("debian-13", boot: "boot-nspawn.sh", [root("trixie")])

    /// The scripts whose results could differ between these hosts.
    static let others: [(host: Host, scripts: [String])] = [
        (Host("cgroup-v1", boot: "boot-nspawn.sh", ["CGROUPS=1"]), ["boot", "cgroups", "journal", "sandbox"]),
        (debian13, ["apply", "boot", "journal", "metrics", "package", "sandbox", "shutdown", "sysext", "varlink"]),
        (emulators("12", "bookworm"), ["examples"]),
        (emulators("13", "trixie"), ["examples"]),
        (Host("podman-5", boot: "boot-nspawn.sh", [root("trixie", under: "podman")]), ["kube"]),
        (
            // Report F1: the machine's own table must not show.
            Host("filled-table", boot: "boot-nspawn.sh", ["TABLE=\(SystemTests.directory.path())/filled-table"]),
            ["boot", "docker"]
        ),
    ]

    /// Scripts that do not run on this system.
    static let foreignScripts: Set = [
        "arm64", "bpf", "examples", "kernel", "kube", "kubernetes", "next-kernel", "release", "sysext-image", "varlink",
    ]

    /// Debian 12 and 13 with their kernels.
    static let linux6x1 = Host("linux-6.1", boot: "boot-qemu.sh", [root("bookworm")])
    static let linux6x12 = Host("linux-6.12", boot: "boot-qemu.sh", [root("trixie")])

    /// Debian 13 with the newest kernel that Debian has, which Tests/fetch-kernel.sh fetches.
    static let linuxNext = Host("linux-next", boot: "boot-qemu.sh", [root("trixie", under: "kernels/next")])

    /// Debian 13 with the kernel that Tests/build-bpf-kernel.sh builds.
    static let linuxBPF = Host("linux-bpf", boot: "boot-qemu.sh", [root("trixie", under: "kernels/bpf")])

    /// Debian 12 with its kernel, and a node and the control plane of Kubernetes, which Tests/build-kubernetes.sh builds.
    static let kubernetes = Host(
        "kubernetes-1.20", boot: "boot-qemu.sh",
        ["BOOT_TIMEOUT=1500", "CPUS=2", "MEMORY=6G", root("kubernetes", under: "kubernetes")])

    /// Each release of Debian whose systemd has what the units need: 247, 252 and 257.
    static let releases = [
        Host("debian-11", boot: "boot-nspawn.sh", ["ROOT=\(Fixtures.repository.path())/.build/releases/bullseye"]),
        Host("debian-12", boot: "boot-nspawn.sh", [root("bookworm")]),
        debian13,
    ]

    /// An arm64 host with Debian 13 and its kernel.
    static let arm64 = Host("linux-6.12", boot: "boot-qemu.sh", ["MACHINE=arm64", root("arm64/trixie")])

    /// One with Debian 12 and its kernel, and one whose processor runs no 32-bit programs.
    static let otherArm64 = [
        Host("linux-6.1", boot: "boot-qemu.sh", ["MACHINE=arm64", root("arm64/bookworm")]),
        Host("64-bit", boot: "boot-qemu.sh", ["MACHINE=arm64", root("arm64/trixie"), "CPU=a64fx"]),
    ]

    private static func emulators(_ release: String, _ suite: String) -> Host {
        Host("emulators-\(release)", boot: "boot-nspawn.sh", [root(suite, under: "emulators/\(suite)/amd64")])
    }

    private init(_ description: String, boot: String, _ settings: [String]) {
        self.description = description
        self.boot = boot
        self.settings = settings
    }

    /// The root that Tests/make-root.sh makes, under another layer, if any.
    private static func root(_ suite: String, under layer: String? = nil) -> String {
        let test = Fixtures.repository.appending(path: ".build/test")
        let layers = (layer.map { [$0] } ?? []) + ["roots/\(suite)"]
        return "ROOT=" + layers.map { test.appending(path: $0).path() }.joined(separator: ":")
    }
}
