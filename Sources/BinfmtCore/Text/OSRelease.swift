// SPDX-License-Identifier: Apache-2.0

/// The distribution, as os-release(5) names it.
package struct OSRelease: Hashable, Sendable {
    /// Its name for programs: `ID`.
    package let id: String
    /// The distributions that it is made from, the nearest first: `ID_LIKE`.
    package let ancestors: [String]
    /// `VERSION_ID`; nil where it has none, as Debian's unstable.
    package let version: String?

    /// - Parameter text: the content of /etc/os-release.
    package init(_ text: [UInt8]) {
        var values: [Substring: String] = [:]
        for line in String(decoding: text, as: UTF8.self).split(separator: "\n") {
            let parts = line.split(separator: "=", maxSplits: 1)
            if parts.count == 2 { values[parts[0]] = parts[1].filter { $0 != "\"" && $0 != "'" } }
        }
        // The default of os-release(5).
        id = values["ID"] ?? "linux"
        ancestors = (values["ID_LIKE"] ?? "").split(separator: " ").map(String.init)
        version = values["VERSION_ID"]
    }
}
