// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// A script of Scripts with the host that it runs on.
struct ScriptRun: CustomTestStringConvertible {
    let name: String
    let host: Host

    var testDescription: String { "\(name), \(host)" }

    /// Runs it, and compares its output with the expected one.
    ///
    /// - Parameters:
    ///   - fixture: the file that has the expected output, if none of Scripts has it.
    ///   - comparable: removes from both texts the parts that differ between runs.
    func check(against fixture: String? = nil, as comparable: (String) -> String = { $0 }) throws {
        let temporary = TemporaryDirectory()
        defer { withExtendedLifetime(temporary) {} }
        let results = URL(filePath: temporary.path.string)
        func copy(_ file: URL, as name: String) throws {
            try FileManager.default.copyItem(at: file, to: results.appending(path: name))
        }
        try copy(SystemTests.directory.appending(path: "functions.sh"), as: "functions.sh")
        try copy(SystemTests.scripts.appending(path: "\(name).sh"), as: "script.sh")
        let rebooted = SystemTests.scripts.appending(path: "\(name).rebooted.sh")
        if FileManager.default.fileExists(atPath: rebooted.path()) { try copy(rebooted, as: "rebooted.sh") }

        let boot = SystemTests.directory.appending(path: host.boot).path()
        func exists(_ file: String) -> Bool {
            FileManager.default.fileExists(atPath: SystemTests.scripts.appending(path: file).path())
        }
        let prepare = SystemTests.scripts.appending(
            path: exists("\(name).prepare.sh") ? "\(name).prepare.sh" : "../prepare.sh"
        ).path()
        let options = try? String(contentsOf: SystemTests.scripts.appending(path: "\(name).options"), encoding: .utf8)
            .split(separator: "\n").map(String.init)
        // It is killed with this thread, which waits for it, so that an interrupted test leaves no system running.
        let booted = try Program.run(
            "setpriv",
            ["--pdeathsig", "KILL", "env"] + host.settings + [boot, results.path(), prepare] + (options ?? []))
        let console = try? String(contentsOf: results.appending(path: "console"), encoding: .utf8)
        try #require(booted.status == 0, "\(booted.output)\(booted.errors)\(console ?? "")")

        var printed = try String(contentsOf: results.appending(path: "output"), encoding: .utf8)
        if exists("\(name).after.sh") {
            let after = SystemTests.scripts.appending(path: "\(name).after.sh").path()
            let ended = try Program.run("env", ["-C", results.path(), "bash", after])
            printed += ended.output + ended.errors
        }
        let own = "\(name).\(host).expected"
        let expected = fixture ?? "Tests/SystemTests/Scripts/\(exists(own) ? own : "\(name).expected")"
        try expectEqual(printed, fixture: expected, as: comparable)
    }
}
