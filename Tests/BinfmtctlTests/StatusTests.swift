// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import binfmtctl

/// `status` with an entry of each state. The expected texts are in Tests/Fixtures/status; with BINFMTD_UPDATE_FIXTURES
/// set they are rewritten.
@Suite struct StatusTests {
    private func expect(_ text: String, _ fixture: String) throws {
        if ProcessInfo.processInfo.environment["BINFMTD_UPDATE_FIXTURES"] != nil {
            try Data(text.utf8).write(to: Fixtures.directory.appending(path: "status/\(fixture)"))
        }
        #expect(text == (try Fixtures.text("status/\(fixture)")))
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
        for state in ["shadowed", "yielded", "disabled", "masked", "foreign"] {
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
        let file = Fixtures.repository.appending(path: "schema/binfmtctl.schema.json")
        let schema = try JSONSchema(String(contentsOf: file, encoding: .utf8)).strict
        #expect(schema.problems(try JSONValue(parsing: json), as: "status") == [])
        try expect(json.replacing(/user:\[[0-9]+\]/, with: "user:[N]") + "\n", "document.json")
    }

    @Test func reportsUnknownNamesWithTheNearest() throws {
        let status = try HostStatus.sample(names: ["actve", "active"])
        #expect(status.lines.map(\.name) == ["active"])
        #expect(!status.isInSync)
        let text = status.detail(Terminal(width: nil, hasColor: false))
        #expect(text.hasSuffix("\n\nNo such entry: 'actve' (did you mean 'active'?)."))
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
        #expect(status.text(Terminal(width: nil, hasColor: false)) == "no registry")
        #expect(status.verdict == .unavailable && !status.isInSync)
        let document = try JSONValue(parsing: StatusDocument(status).json)
        #expect(document["entries"] == .array([]) && document["daemon"] == .null)
    }
}
