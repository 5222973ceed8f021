// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport

/// What a script runs in: a systemd, and the kernel below it.
struct Host: CustomStringConvertible {
    let description: String
    /// Which boots it, beside this file.
    let boot: String
    /// What that is told in its environment.
    let settings: [String]

    /// The system that runs the tests, booted as a container.
    static let here = Host("here", boot: "boot-nspawn.sh", [])
    /// The scripts that show what could differ with each of these hosts.
    static let others: [(host: Host, scripts: [String])] = [
        (Host("cgroup-v1", boot: "boot-nspawn.sh", ["CGROUPS=1"]), ["boot", "cgroups", "journal", "sandbox"]),
        (
            Host("debian-13", boot: "boot-nspawn.sh", [root("trixie")]),
            ["apply", "boot", "journal", "package", "readme", "sandbox", "shutdown"]
        ),
        (
            Host("filled-table", boot: "boot-nspawn.sh", ["TABLE=\(SystemTests.directory.path())/filled-table"]),
            ["boot", "docker"]
        ),
        (Host("linux-6.1", boot: "boot-qemu.sh", [root("bookworm")]), ["kernel"]),
        (Host("linux-6.12", boot: "boot-qemu.sh", [root("trixie")]), ["kernel"]),
    ]

    /// What says nothing of the kernel and the systemd that run the tests.
    static let foreignScripts: Set = ["kernel"]

    private init(_ description: String, boot: String, _ settings: [String]) {
        self.description = description
        self.boot = boot
        self.settings = settings
    }

    /// Of those that Tests/make-root.sh makes.
    private static func root(_ suite: String) -> String {
        "ROOT=\(Fixtures.repository.appending(path: ".build/test/roots/\(suite)").path())"
    }
}
