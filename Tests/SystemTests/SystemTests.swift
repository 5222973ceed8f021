// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// Each script of Scripts runs in a booted systemd; what it prints is what the file beside it, NAME.expected, says.
/// NAME.prepare.sh, where there is one, prepares the system in place of prepare.sh, and NAME.options has options of
/// systemd-nspawn, one a line. NAME.rebooted.sh has its turn when the system has rebooted, and NAME.after.sh when it is
/// down, on the host, where the journal is left.
@Suite(.serialized)
struct SystemTests {
    static let directory = Fixtures.repository.appending(path: "Tests/SystemTests")
    static let scripts = directory.appending(path: "Scripts")

    static let names = try? FileManager.default.contentsOfDirectory(atPath: scripts.path())
        .filter { $0.hasSuffix(".sh") && $0.count { $0 == "." } == 1 }.map { String($0.dropLast(3)) }.sorted()

    @Test func thereAreScripts() { #expect(Self.names?.isEmpty == false, "\(Self.scripts.path()) has none") }

    @Test(arguments: names ?? [])
    func runs(_ name: String) throws {
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

        let boot = Self.directory.appending(path: "boot-nspawn.sh").path()
        let own = Self.scripts.appending(path: "\(name).prepare.sh").path()
        let prepare =
            FileManager.default.fileExists(atPath: own) ? own : Self.directory.appending(path: "prepare.sh").path()
        let options = try? String(contentsOf: Self.scripts.appending(path: "\(name).options"), encoding: .utf8)
            .split(separator: "\n").map(String.init)
        // It dies with this thread, which waits for it, so that an interrupted test leaves no system running.
        let booted = try Program.run(
            "setpriv", ["--pdeathsig", "KILL", boot, results.path(), prepare] + (options ?? []))
        let console = try? String(contentsOf: results.appending(path: "console"), encoding: .utf8)
        try #require(booted.status == 0, "\(booted.output)\(booted.errors)\(console ?? "")")

        var printed = try String(contentsOf: results.appending(path: "output"), encoding: .utf8)
        let after = Self.scripts.appending(path: "\(name).after.sh").path()
        if FileManager.default.fileExists(atPath: after) {
            let ended = try Program.run("env", ["-C", results.path(), "bash", after])
            printed += ended.output + ended.errors
        }
        let output = results.appending(path: "printed")
        try Data(printed.utf8).write(to: output)
        // A patch, to be applied with patch -p1 where the new text is right.
        let file = "Tests/SystemTests/Scripts/\(name).expected"
        let difference = try Program.run(
            "diff",
            [
                "-u", "--label", "a/\(file)", "--label", "b/\(file)",
                Fixtures.repository.appending(path: file).path(), output.path(),
            ])
        #expect(difference.status == 0, "\(difference.output)\(difference.errors)")
    }
}
