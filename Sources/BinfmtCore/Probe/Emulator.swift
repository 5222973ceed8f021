// SPDX-License-Identifier: Apache-2.0

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
