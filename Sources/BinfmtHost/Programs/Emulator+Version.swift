// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

extension Emulator {
    /// The version that a program prints with `--version`; nil if it prints none within the limit.
    package static func version(of path: String, _ limit: Duration = .seconds(2)) -> String? {
        let run = try? Spawn(path, ["emulator", "--version"], limit: limit)
        return run.flatMap { $0.end == .exited(0) ? version(from: $0.output.printableLines) : nil }
    }
}

extension [UInt8] {
    /// Its lines, made safe for a terminal.
    fileprivate var printableLines: String {
        split(separator: UInt8(ascii: "\n")).map(\.printable).joined(separator: "\n")
    }
}
