// SPDX-License-Identifier: Apache-2.0
import SystemPackage

// What people read for each reason; nothing else in this module puts a reason into words.

extension Hazard: CustomStringConvertible {
    package var description: String {
        switch self {
        case .owned(let path, let user): "\(path) belongs to user \(user), not to root; chown root \(path)"
        case .worldWritable(let path, let mode):
            "\(path) is writable by everyone (\(Self.octal(mode))); chmod go-w \(path)"
        case .groupWritable(let path, let group, let mode):
            "\(path) is writable by group \(group) (\(Self.octal(mode))); chmod g-w \(path)"
        }
    }

    private static func octal(_ mode: UInt32) -> String { "0" + String(mode, radix: 8) }
}
