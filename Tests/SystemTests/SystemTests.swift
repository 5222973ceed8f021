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

    /// A script with the host that it runs on.
    struct Run: CustomTestStringConvertible {
        let name: String
        let host: Host

        var testDescription: String { "\(name), \(host)" }

        static let all =
            names.filter { !Host.foreignScripts.contains($0) }.map { Run(name: $0, host: .here) }
            + Host.others.flatMap { host, names in names.map { Run(name: $0, host: host) } }
    }

    @Test func thereAreScripts() {
        let runs = Set(Run.all.map(\.name))
        #expect(!runs.isEmpty && runs == Set(Self.names), "\(Self.scripts.path()) has others")
    }

    @Test(arguments: Run.all)
    func runs(_ run: Run) throws {
        let (name, host) = (run.name, run.host)
        let temporary = TemporaryDirectory()
        defer { withExtendedLifetime(temporary) {} }
        let results = URL(filePath: temporary.path.string)
        func copy(_ file: URL, as name: String) throws {
            try FileManager.default.copyItem(at: file, to: results.appending(path: name))
        }
        try copy(Self.directory.appending(path: "functions.sh"), as: "functions.sh")
        try copy(Self.scripts.appending(path: "\(name).sh"), as: "script.sh")
        let rebooted = Self.scripts.appending(path: "\(name).rebooted.sh")
        if FileManager.default.fileExists(atPath: rebooted.path()) { try copy(rebooted, as: "rebooted.sh") }

        let boot = Self.directory.appending(path: host.boot).path()
        func exists(_ file: String) -> Bool {
            FileManager.default.fileExists(atPath: Self.scripts.appending(path: file).path())
        }
        let prepare = Self.scripts.appending(
            path: exists("\(name).prepare.sh") ? "\(name).prepare.sh" : "../prepare.sh"
        ).path()
        let options = try? String(contentsOf: Self.scripts.appending(path: "\(name).options"), encoding: .utf8)
            .split(separator: "\n").map(String.init)
        // It is killed with this thread, which waits for it, so that an interrupted test leaves no system running.
        let booted = try Program.run(
            "setpriv",
            ["--pdeathsig", "KILL", "env"] + host.settings + [boot, results.path(), prepare] + (options ?? []))
        let console = try? String(contentsOf: results.appending(path: "console"), encoding: .utf8)
        try #require(booted.status == 0, "\(booted.output)\(booted.errors)\(console ?? "")")

        var printed = try String(contentsOf: results.appending(path: "output"), encoding: .utf8)
        if exists("\(name).after.sh") {
            let after = Self.scripts.appending(path: "\(name).after.sh").path()
            let ended = try Program.run("env", ["-C", results.path(), "bash", after])
            printed += ended.output + ended.errors
        }
        let own = "\(name).\(host).expected"
        try expectEqual(
            printed, fixture: "Tests/SystemTests/Scripts/\(exists(own) ? own : "\(name).expected")")
    }
}
