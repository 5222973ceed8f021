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
    /// The scripts whose results could differ between these hosts.
    static let others: [(host: Host, scripts: [String])] = [
        (Host("cgroup-v1", boot: "boot-nspawn.sh", ["CGROUPS=1"]), ["boot", "cgroups", "journal", "sandbox"]),
        (
            Host("debian-13", boot: "boot-nspawn.sh", [root("trixie")]),
            ["apply", "boot", "journal", "package", "sandbox", "shutdown"]
        ),
        (Host("emulators-12", boot: "boot-nspawn.sh", [root("bookworm", with: "emulators")]), ["examples"]),
        (Host("emulators-13", boot: "boot-nspawn.sh", [root("trixie", with: "emulators")]), ["examples"]),
        (
            // Report F1: the machine's own table must not show.
            Host("filled-table", boot: "boot-nspawn.sh", ["TABLE=\(SystemTests.directory.path())/filled-table"]),
            ["boot", "docker"]
        ),
        (Host("linux-6.1", boot: "boot-qemu.sh", [root("bookworm")]), ["kernel"]),
        (Host("linux-6.12", boot: "boot-qemu.sh", [root("trixie")]), ["kernel"]),
    ]

    /// Scripts that do not run on this system.
    static let foreignScripts: Set = ["arm64", "bpf", "examples", "kernel", "next-kernel"]

    /// Debian 13 with the newest kernel that Debian has, which Tests/fetch-kernel.sh fetches.
    static var next: Host { Host("linux-next", boot: "boot-qemu.sh", [kernel("next")]) }

    /// Debian 13 with the kernel that Tests/build-bpf-kernel.sh builds.
    static var bpf: Host { Host("linux-bpf", boot: "boot-qemu.sh", [kernel("bpf")]) }

    private static func kernel(_ name: String) -> String {
        let directory = Fixtures.repository.appending(path: ".build/test")
        return "ROOT="
            + ["kernels/\(name)", "roots/trixie"].map { directory.appending(path: $0).path() }.joined(separator: ":")
    }

    /// Virtual machines with the kernels of Debian 12 and 13, and one whose processor runs no 32-bit programs.
    static let arm64 = [
        Host("linux-6.1", boot: "boot-qemu.sh", ["MACHINE=arm64", root("arm64/bookworm")]),
        Host("linux-6.12", boot: "boot-qemu.sh", ["MACHINE=arm64", root("arm64/trixie")]),
        Host("64-bit", boot: "boot-qemu.sh", ["MACHINE=arm64", root("arm64/trixie"), "CPU=a64fx"]),
    ]

    private init(_ description: String, boot: String, _ settings: [String]) {
        self.description = description
        self.boot = boot
        self.settings = settings
    }

    /// The root that Tests/make-root.sh makes, under the files of a release's packages, if any.
    private static func root(_ suite: String, with packages: String? = nil) -> String {
        let test = Fixtures.repository.appending(path: ".build/test")
        let layers = (packages.map { ["\($0)/\(suite)/amd64"] } ?? []) + ["roots/\(suite)"]
        return "ROOT=" + layers.map { test.appending(path: $0).path() }.joined(separator: ":")
    }
}
