// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import binfmtctl

/// `status` with an entry of each state. The expected texts are in Tests/Fixtures/status.
@Suite struct StatusTests {
    private func expect(_ text: String, _ fixture: String) throws {
        try expectEqual(text, fixture: "Tests/Fixtures/status/\(fixture)")
    }

    @Test func thereIsAnEntryOfEachState() throws {
        let status = try HostStatus.sample()
        #expect(Set(status.lines.map(\.state)) == Set(EntryState.allCases))
        for line in status.lines where line.name != "qemu-arm" && line.name != "box" && line.name != "covering" {
            #expect(line.state.rawValue == line.name)
        }
    }

    @Test(arguments: [nil, 80, 132] as [Int?])
    func listsEachState(_ width: Int?) throws {
        let text = try HostStatus.sample().text(Terminal(width: width, hasColor: false))
        if let width { #expect(text.split(separator: "\n").allSatisfy { $0.count <= width }) }
        try expect(text + "\n", "list-\(width.map { "\($0)-columns" } ?? "pipe").txt")
    }

    @Test func coloursEachState() throws {
        let text = try HostStatus.sample().text(Terminal(width: 80, hasColor: true))
        let plain = try HostStatus.sample().text(Terminal(width: 80, hasColor: false))
        #expect(text.replacing(/\u{1b}\[[0-9]*m/, with: "") == plain)
        for (state, code) in [
            ("active", 32), ("pending", 33), ("stale", 33), ("suspended", 33), ("waiting", 33), ("refused", 31),
            ("failed", 31),
        ] {
            #expect(text.contains("\u{1b}[\(code)m\(state)\u{1b}[0m"), "\(state)")
        }
        for state in ["native", "shadowed", "yielded", "disabled", "masked", "foreign"] {
            #expect(!text.contains("m\(state)\u{1b}"), "\(state)")
        }
    }

    @Test func showsEachStateInDetail() throws {
        let text = try HostStatus.sample().detail(Terminal(width: 80, hasColor: false))
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
        try expect(text + "\n", "detail.txt")
    }

    @Test func eachStateIsAValidDocument() throws {
        let json = try StatusDocument(try HostStatus.sample()).json
        let schema = try JSONSchema(published: "binfmtctl.schema.json").strict
        #expect(schema.problems(try JSONValue(parsing: json), as: "status") == [])
        try expect(json.replacing(/user:\[[0-9]+\]/, with: "user:[N]") + "\n", "document.json")
    }

    @Test func eachStateIsAMetric() throws {
        let text = HostMetrics(try HostStatus.sample(), EmulatorVersions()).text
        try expect(text.replacing("version=\"\(Version.current)\"", with: "version=\"N\""), "metrics.prom")
    }

    /// Only what the kernel holds runs in each container.
    @Test func nodesHaveThePlatformsThatTheKernelHolds() throws {
        let native = PlatformList(own: QemuTarget.named("amd64"), others: [], levels: [])
        let registered = { (flags: String) in
            try HostStatus.sample(
                of: """
                    [kernel]
                    ours :qemu-aarch64:M::\(Self.escaped("arm64")):/nowhere/qemu-aarch64:\(flags)
                    foreign :jar:E::jar::/nowhere/jar:F
                    [declared]
                    [qemu]
                    targets = ["arm64", "s390x"]
                    interpreter = "/nowhere/qemu-{target}"
                    fix-binary = \(flags == "F")
                    """)
        }
        let held = NodeFeatures(try registered("F"), native: native).text
        #expect(held == "binfmt-amd64=true\nbinfmt-arm64=true\n")
        #expect(NodeFeatures(try registered(""), native: native).text == "binfmt-amd64=true\n")
    }

    private static func escaped(_ name: String) -> String {
        guard let pattern = QemuTarget.named(name)?.pattern else { return "" }
        func digits(_ bytes: [UInt8]) -> String { bytes.map { "\\x" + $0.hex }.joined() }
        return digits(pattern.magic) + ":" + digits(pattern.mask)
    }

    @Test func reportsUnknownNamesWithTheNearest() throws {
        let status = try HostStatus.sample(names: ["actve", "active"])
        #expect(status.lines.map(\.name) == ["active"])
        #expect(!status.isInSync)
        #expect(status.unknownNames.map(status.unknown) == ["No such entry: 'actve' (did you mean 'active'?)."])
    }

    /// Report D6: the named entries alone decide, and an unknown name is never in sync.
    @Test(
        arguments: [
            (["active"], .inSync), (["active", "disabled", "masked", "qemu-arm", "native"], .inSync),
            (["foreign", "shadowed"], .inSync), (["refused"], .degraded), (["active", "waiting"], .degraded),
            (["failed"], .degraded), (["suspended"], .degraded), (["pending"], .pending),
            (["stale", "active"], .pending),
            (["pending", "refused"], .degraded), (["nothing"], .degraded), (["active", "nothing"], .degraded),
            ([], .degraded),
        ] as [([String], Report.Verdict)])
    func namedEntriesAloneDecide(_ names: [String], _ verdict: Report.Verdict) throws {
        let status = try HostStatus.sample(names: names)
        #expect(status.verdict == verdict)
        #expect(status.isInSync == (verdict == .inSync))
        #expect(try JSONValue(parsing: StatusDocument(status).json)["verdict"] == .string(verdict.rawValue))
    }

    /// The names of a target stand for its entry.
    @Test func aTargetIsItsEntry() throws {
        for name in ["qemu-arm", "arm", "armhf", "arm/v7"] {
            #expect(try HostStatus.sample(names: [name]).lines.map(\.name) == ["qemu-arm"], "\(name)")
        }
        #expect(try HostStatus.sample(names: ["active", "nothing"]).summary == "Entries: 1 active; 1 name is unknown")
    }

    /// Report C11: dozens of equal reasons after a flush, and the stand-ins among the entries.
    @Test func tellsEqualReasonsOnceAndListsNoStandIn() throws {
        let entry = { (name: String) in
            """
            [entry.\(name)]
            extension = "\(name)"
            interpreter = "/nowhere/\(name == "served" ? "there" : "missing")"
            fix-binary = true

            """
        }
        let status = try HostStatus.sample(
            of: """
                [kernel]
                ours :~binfmtd~served:E::served::/nowhere/there:F
                [declared]
                [qemu]
                targets = []
                \(entry("a"))\(entry("served"))\(entry("b"))
                [missing]
                /nowhere/missing
                """)
        #expect(status.lines.filter { $0.state != .masked }.map(\.name).sorted() == ["a", "b", "served"])
        let text = status.text(Terminal(width: nil, hasColor: false))
        #expect(text.contains("\na, b: /nowhere/missing does not exist"), "\(text)")
        #expect(!text.contains("~binfmtd~"))
    }

    /// Report C1: no advice to install an emulator while any entry runs one, or is about to.
    @Test(arguments: [(true, true), (true, false), (false, false)])
    func advisesToInstallAnEmulatorWhereThereIsNone(_ hasEmulator: Bool, _ isRegistered: Bool) throws {
        let emulator = "[entry.mine]\npreset = \"elf-arm\"\ninterpreter = \"/nowhere/emulator\""
        let pattern = try #require(QemuTarget.named("arm")).pattern
        func spell(_ bytes: [UInt8]) -> String { bytes.map { "\\x" + $0.hex }.joined() }
        let status = try HostStatus.sample(
            of: """
                [kernel]
                \(isRegistered ? "ours :mine:M::\(spell(pattern.magic)):\(spell(pattern.mask)):/nowhere/emulator:" : "")
                [declared]
                [qemu]
                interpreter = "/nowhere/qemu-{target}"
                except = \(QemuTarget.known.map(\.name).filter { $0 != "s390x" })
                \(hasEmulator ? emulator : "")
                [missing]
                /nowhere/qemu-s390x
                """)
        let text = status.text(Terminal(width: nil, hasColor: false))
        let advice = "No QEMU emulator is installed: install QEMU's user-mode emulators"
        #expect(text.contains(advice) != hasEmulator, "\(text)")
    }

    // MARK: - The daemon

    private func note(_ daemon: DaemonStatus?) throws -> String {
        let text = try HostStatus.sample(daemon: daemon).text(Terminal(width: nil, hasColor: false))
        return text.components(separatedBy: "\n\n")[1].split(separator: "\n").dropFirst().joined(separator: "\n")
    }

    @Test func saysWhetherADaemonKeepsTheEntries() throws {
        #expect(try note(nil).hasPrefix("binfmtd is not running, so changes by other programs are not undone."))
        #expect(try note(DaemonStatus(process: 1, verdict: .inSync)) == "")
        #expect(try note(DaemonStatus(process: 1, verdict: .degraded)) == "")
        var standby = DaemonStatus(process: 1, verdict: .standby)
        standby.summary = "Standing by"
        #expect(try note(standby) == "Standing by; the pending changes are made when that one ends")
        #expect(try HostStatus.sample(daemon: standby).verdict == .standby)
        var unavailable = DaemonStatus(process: 1, verdict: .unavailable)
        unavailable.summary = "no registry"
        #expect(try note(unavailable) == "no registry")
    }

    @Test func withoutARegistryOnlyTheReasonIsPrinted() throws {
        let status = HostStatus(HostPaths(root: "/nowhere"), unavailable: "no registry", nil, issues: [])
        #expect(status.summary == "no registry")
        #expect(status.verdict == .unavailable && !status.isInSync)
        let document = try JSONValue(parsing: StatusDocument(status).json)
        #expect(document["entries"] == .array([]) && document["daemon"] == .null)
    }
}
