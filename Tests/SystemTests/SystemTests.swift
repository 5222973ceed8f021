// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// Each script of Scripts runs in a booted systemd. Its output must equal the file NAME.expected beside it, or
/// NAME.HOST.expected if there is one for that host. NAME.prepare.sh, if there is one, prepares the system instead of
/// prepare.sh, and NAME.options has options of systemd-nspawn, one a line. NAME.rebooted.sh runs after the system has
/// rebooted, and NAME.after.sh after it is down, beside its journal.
@Suite(.serialized)
struct SystemTests {
    static let directory = Fixtures.repository.appending(path: "Tests/SystemTests")
    static let scripts = directory.appending(path: "Scripts")

    static let names =
        (try? FileManager.default.contentsOfDirectory(atPath: scripts.path()))?
        .filter { $0.hasSuffix(".sh") && $0.count { $0 == "." } == 1 }.map { String($0.dropLast(3)) }.sorted() ?? []

    static let all =
        names.filter { !Host.foreignScripts.contains($0) }.map { ScriptRun(name: $0, host: .here) }
        + Host.others.flatMap { host, names in names.map { ScriptRun(name: $0, host: host) } }

    @Test func thereAreScripts() {
        let others = Arm64Tests.all + BPFKernelTests.all + KubernetesTests.all + MachineTests.all + ReleaseTests.all
        let runs = Set((Self.all + others).map(\.name))
        #expect(!runs.isEmpty && runs == Set(Self.names), "\(Self.scripts.path()) has others")
    }

    @Test(arguments: all)
    func runs(_ run: ScriptRun) throws { try run.check() }
}
