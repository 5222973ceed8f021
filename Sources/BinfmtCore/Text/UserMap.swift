// SPDX-License-Identifier: Apache-2.0

/// The user mapping of a user namespace. /proc/PID/uid_map lists ranges: first ID inside, first ID outside, count
/// (user_namespaces(7)).
package struct UserMap {
    private let ranges: [(first: UInt64, count: UInt64)]

    /// - Parameter text: the content of that file; a malformed line is ignored.
    package init(_ text: [UInt8]) {
        ranges = text.split(separator: UInt8(ascii: "\n")).compactMap { line in
            let numbers = line.split(separator: UInt8(ascii: " ")).compactMap {
                UInt64(String(decoding: $0, as: UTF8.self))
            }
            return numbers.count == 3 ? (numbers[0], numbers[2]) : nil
        }
    }

    /// Whether a user ID inside is mapped to one outside.
    package func maps(_ user: UInt32) -> Bool {
        ranges.contains { $0.first <= user && UInt64(user) - $0.first < $0.count }
    }
}
