// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// How the execution of one small program ended.
package struct ProbeRun: Hashable, Sendable {
    package enum End: Hashable, Sendable {
        /// What execve(2) said.
        case refused(Errno)
        case exited(UInt8)
        case killed(signal: Int32)
        case timedOut
    }

    package let end: End
    /// The first line that it wrote to its standard error, safe on a terminal.
    package let errorLine: String?
    /// How long it took.
    package let duration: Duration
    /// What ran it, as far as that could be seen.
    package let emulator: Emulator?

    package init(end: End, errorLine: String?, duration: Duration, emulator: Emulator?) {
        self.end = end
        self.errorLine = errorLine
        self.duration = duration
        self.emulator = emulator
    }

    /// Whether the program did what it is made for.
    var isSuccess: Bool { end == .exited(ProbeProgram.exitStatus) || end == .exited(ProbeProgram.pathStatus) }
}

/// The file that a process really runs, whatever is at its path by now.
package struct Emulator: Hashable, Sendable {
    package enum File: Hashable, Sendable {
        /// The one at the path that the entry names.
        case current
        /// Another is there by now, of this version.
        case replaced(by: String?)
        /// Nothing is there.
        case gone
    }

    /// What it says of itself, in short.
    package let version: String?
    package let file: File

    package init(version: String?, file: File) {
        self.version = version
        self.file = file
    }

    /// What the first line says that a program prints when it is asked for its version: "QEMU 7.2.22" for QEMU's.
    package static func version(from output: String) -> String? {
        guard let line = output.split(separator: "\n").first else { return nil }
        let words = line.split(separator: " ")
        if words.count > 2, words[0].hasPrefix("qemu-"), words[1] == "version" { return "QEMU \(words[2])" }
        return line.utf8.contains { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            ? String(line.prefix(32)) : nil
    }
}
