// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

@testable import BinfmtCore

/// Entries of other programs that make root of others are announced.
@Suite struct RiskTests {
    @Test(arguments: [
        (
            "foreign :a:E::x::/bin/a:C", nil as Hazard?,
            ["it has the flag C, so that /bin/a runs as root for set-uid programs"]
        ),
        ("foreign :a:E::x::/bin/a:F", .owned("/bin/a", by: 1000), ["others than root can decide what it runs"]),
        ("foreign :a:E::x::/bin/a:F", nil, []), ("ours :a:E::x::/bin/a:C", .owned("/bin/a", by: 1000), []),
    ])
    func areAnnounced(_ line: String, _ hazard: Hazard?, _ reasons: [String]) throws {
        let scene = PlanCase("risk", text: "[kernel]\n\(line)\n[declared]\n[qemu]\ntargets = []\n[plan]\n")
        let registry = ModelRegistry()
        let ownership = try scene.prepare(registry) { try registry.disable($0) }
        let file = FileIdentity(device: 1, inode: 1, size: 1, modified: FileTime(seconds: 0, nanoseconds: 0))
        let found = hazard.map { InterpreterFile.unsafe($0, exists: true) } ?? .present(file)
        var circumstances = Plan.Circumstances()
        circumstances.isFileMissing = true
        let plan = Plan(scene.desired, try registry.observe(), ownership, circumstances)
        let report = Report(.registry, scene.configuration, after: plan, foreign: [HashedPath("/bin/a"): found])
        let risks = report.standing.filter { $0.kind == .foreignRisk }
        #expect(risks.count == reasons.count)
        for (message, reason) in zip(risks, reasons) { #expect(message.text.contains(reason)) }
    }

    /// Report B8: what a flush took is restored only as it was.
    @Test func aLostEntryWithAnotherFileIsNotRestored() throws {
        func file(_ inode: UInt64) -> FileIdentity {
            FileIdentity(device: 1, inode: inode, size: 1, modified: FileTime(seconds: 0, nanoseconds: 0))
        }
        func hasChanged(_ flags: EntryFlags, _ before: InterpreterFile, _ now: InterpreterFile) throws -> Bool {
            let entry = Entry(
                name: try EntryName(declaring: "a"), recognition: .magic(try MagicPattern(magic: [1])),
                interpreter: "/bin/a", flags: flags)
            let path = HashedPath("/bin/a")
            return LostEntry(entry, [path: before]).compared(with: [path: now]).hasChanged
        }
        let hazard = Hazard.owned("/bin/a", by: 1000)
        #expect(try !hasChanged(.fixBinary, .present(file(1)), .present(file(1))))
        #expect(try hasChanged(.fixBinary, .present(file(1)), .present(file(2))))
        #expect(try !hasChanged([], .present(file(1)), .present(file(2))))
        #expect(try hasChanged([], .present(file(1)), .unsafe(hazard, exists: true)))
        #expect(try !hasChanged([], .missing(.noSuchFileOrDirectory), .missing(.noSuchFileOrDirectory)))
    }
}
