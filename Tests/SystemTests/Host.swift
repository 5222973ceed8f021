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
            ["apply", "boot", "journal", "package", "readme", "sandbox", "shutdown"]
        ),
        (
            Host("filled-table", boot: "boot-nspawn.sh", ["TABLE=\(SystemTests.directory.path())/filled-table"]),
            ["boot", "docker"]
        ),
        (Host("linux-6.1", boot: "boot-qemu.sh", [root("bookworm")]), ["kernel"]),
        (Host("linux-6.12", boot: "boot-qemu.sh", [root("trixie")]), ["kernel"]),
    ]

    /// Scripts that do not depend on the kernel and the systemd.
    static let foreignScripts: Set = ["kernel"]

    private init(_ description: String, boot: String, _ settings: [String]) {
        self.description = description
        self.boot = boot
        self.settings = settings
    }

    /// The root that Tests/make-root.sh makes.
    private static func root(_ suite: String) -> String {
        "ROOT=\(Fixtures.repository.appending(path: ".build/test/roots/\(suite)").path())"
    }
}
