// SPDX-License-Identifier: Apache-2.0
import Foundation
import SystemPackage
import TestSupport

/// The kernel's table as it prints it, read without the code under test.
struct KernelTable {
    struct Line {
        let name: String
        let text: String
        let interpreter: Substring
        private let magic: Substring
        private let isEnabled: Bool

        init(name: String, text: String) {
            self.name = name
            self.text = text
            let lines = text.split(separator: "\n")
            func value(_ key: String) -> Substring { lines.first { $0.hasPrefix(key) }?.dropFirst(key.count) ?? "" }
            interpreter = value("interpreter ")
            magic = value("magic ")
            isEnabled = lines.first == "enabled"
        }

        /// Whether it takes a file that begins with these bytes; for patterns without a mask.
        func takes(_ start: String) -> Bool {
            isEnabled && !magic.isEmpty
                && start.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined().hasPrefix(magic)
        }

        /// Whether both may take the same file.
        func overlaps(_ other: Line) -> Bool {
            isEnabled && other.isEnabled && !text.contains("mask") && !other.text.contains("mask")
                && (magic.hasPrefix(other.magic) || other.magic.hasPrefix(magic))
        }
    }

    /// The entries in matching order, in which the kernel lists them.
    let lines: [Line]
    let isEnabled: Bool

    init() throws {
        var lines: [Line] = []
        guard let directory = opendir(PrivateRegistry.path.string) else { throw Errno(rawValue: errno) }
        defer { closedir(directory) }
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if [".", "..", "register", "status"].contains(name) { continue }
            // It may be gone already.
            if let text = Self.text(name, in: dirfd(directory)) { lines.append(Line(name: name, text: text)) }
        }
        self.lines = lines
        isEnabled = Self.text("status", in: dirfd(directory)) == "enabled\n"
    }

    private static func text(_ name: String, in directory: Int32) -> String? {
        let file = openat(directory, name, O_RDONLY | O_CLOEXEC)
        if file < 0 { return nil }
        defer { close(file) }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = read(file, &buffer, buffer.count)
        return count < 0 ? nil : String(decoding: buffer[..<count], as: UTF8.self)
    }

    /// The entry that takes a file that begins with these bytes.
    func server(of start: String) -> Line? { isEnabled ? lines.first { $0.takes(start) } : nil }
}
