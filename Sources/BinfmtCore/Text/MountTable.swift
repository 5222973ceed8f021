// SPDX-License-Identifier: Apache-2.0

/// Parses /proc's files about mounts (proc(5)).
package enum MountTable {
    /// The ID of the mount that an open file is on.
    ///
    /// - Parameter text: the content of the file's /proc/PID/fdinfo/FD.
    package static func number(inFileInfo text: [UInt8]) -> Substring? {
        let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
        return lines.first { $0.hasPrefix("mnt_id:") }?.split(whereSeparator: \.isWhitespace).last
    }

    /// The line of a mount in /proc/PID/mountinfo: `36 35 98:0 / /mnt rw,noatime master:1 - ext3 /dev/root
    /// ro,errors=continue`.
    package struct Line: Equatable {
        /// The options of the file system, which are the same for all its mounts.
        private let options: [Substring]

        fileprivate init(_ text: Substring) {
            options = text.split(separator: " ").last?.split(separator: ",") ?? []
        }

        /// Whether the file system is read-only for every process. A read-only mount does not suffice: in the sandbox of
        /// systemd's `ProtectSystem=strict` nearly all mounts are, but only for that process.
        package var isFileSystemReadOnly: Bool { options.first == "ro" }

        /// The user whose FUSE file system it is (mount.fuse(8)).
        package var user: UInt32? {
            options.lazy.compactMap { option in
                let parts = option.split(separator: "=")
                return parts.count == 2 && parts[0] == "user_id" ? UInt32(parts[1]) : nil
            }.first
        }
    }

    /// - Parameter text: the content of /proc/PID/mountinfo.
    package static func line(of number: Substring, inMountInfo text: [UInt8]) -> Line? {
        String(decoding: text, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("\(number) ") }.map(Line.init)
    }
}
