// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Foundation
import SystemPackage
import TestSupport
import Testing

@testable import BinfmtHost

@Suite struct StatusFileTests {
    private let directory = TemporaryDirectory()
    private var path: FilePath { directory.path.appending("status.toml") }

    /// Runs a program that is called as the daemon is, until the test ends.
    private func withAnotherDaemon(_ body: (Int32) throws -> Void) throws {
        let program = directory.path.appending("binfmtd").string
        try FileManager.default.copyItem(atPath: "/bin/cat", toPath: program)
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.standardInput = Pipe()
        try process.run()
        defer {
            // A program inherits the signals that the thread which starts it blocks, and SIGTERM may be one.
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        // The parent of a vfork(2) goes on before the new program's command line can be read.
        let commandLine = FilePath("/proc/\(process.processIdentifier)/cmdline")
        try eventually { try Files.read(commandLine).starts(with: program.utf8) }
        try body(process.processIdentifier)
    }

    @Test func aDaemonThatStandsByLeavesTheOthersStatus() throws {
        try withAnotherDaemon { other in
            var theirs = StatusFile(path: path)
            try theirs.write(DaemonStatus(process: other, verdict: .inSync))
            var ours = StatusFile(path: path)
            try ours.write(DaemonStatus(process: getpid(), verdict: .standby))
            #expect(ours.read()?.process == other)
            ours.remove()
            #expect(ours.read()?.process == other)
            // Once it has the registry, the status is its own.
            try ours.write(DaemonStatus(process: getpid(), verdict: .inSync))
            #expect(DaemonStatus(parsing: try Files.read(path))?.process == getpid())
        }
        // What a daemon that is gone last said is not how things stand.
        try Files.replace(path, with: DaemonStatus(process: 1, verdict: .inSync).text)
        #expect(StatusFile(path: path).read() == nil)
    }
}
