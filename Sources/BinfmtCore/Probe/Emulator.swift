// SPDX-License-Identifier: Apache-2.0

/// The interpreter file that a process runs, which may no longer be at its path.
package struct Emulator: Hashable, Sendable {
    package enum File: Hashable, Sendable {
        /// The file at the path that the entry names.
        case current
        /// Another file has replaced it, of this version.
        case replaced(by: String?)
        /// The path no longer exists.
        case gone
    }

    /// The version that it prints, shortened.
    package let version: String?
    package let file: File

    package init(version: String?, file: File) {
        self.version = version
        self.file = file
    }

    /// The version in the first line of the output of `--version`: "QEMU 7.2.22" for QEMU's.
    package static func version(from output: String) -> String? {
        guard let line = output.split(separator: "\n").first else { return nil }
        let words = line.split(separator: " ")
        if words.count > 2, words[0].hasPrefix("qemu-"), words[1] == "version" { return "QEMU \(words[2])" }
        return line.utf8.contains { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            ? String(line.prefix(32)) : nil
    }
}
